/** Brings a part of the page into sight, as slowly as an eye follows. @example scrollTo('#result') */
export function scrollTo(selector: string): void {
  void wx.pageScrollTo({ selector, duration: 250 });
}
