import { currentTheme } from './canvas';

/** What a page says to WeChat about the screen: where to go, what to show for a moment. */

export function goTo(url: string): void {
  void wx.navigateTo({ url });
}

/** Replaces every page: used when a role's home is entered. */
export function startAt(url: string): void {
  void wx.reLaunch({ url });
}

/** Goes there in place of the page that stands: going back skips it. */
export function replaceBy(url: string): void {
  void wx.redirectTo({ url });
}

export function goBack(): void {
  void wx.navigateBack();
}

export function say(title: string): void {
  void wx.showToast({ title, icon: 'none', duration: 2200 });
}

/** --accent-strong of styles/tokens.wxss: WeChat draws the dialog itself and reads no CSS variable. */
function confirmColor(): string {
  return currentTheme() === 'dark' ? '#FF8F69' : '#B83C1B';
}

/** Asks yes or no. @returns true when confirmed */
export async function ask(title: string, content: string, confirmText = '确定'): Promise<boolean> {
  const answer = await wx.showModal({ title, content, confirmText, confirmColor: confirmColor() });
  return answer.confirm;
}

/** Says something that deserves to be read in full, such as why an act was refused. */
export async function tell(content: string, title = ''): Promise<void> {
  await wx.showModal({
    title,
    content,
    showCancel: false,
    confirmText: '知道了',
    confirmColor: confirmColor(),
  });
}

/** Lets one of a few be chosen. @returns its index, or null when cancelled */
export async function choose(itemList: string[]): Promise<number | null> {
  try {
    return (await wx.showActionSheet({ itemList })).tapIndex;
  } catch {
    return null;
  }
}

/** Back to the top of the page, at once. */
export function toTop(): void {
  void wx.pageScrollTo({ scrollTop: 0, duration: 0 });
}

export function stopPullDown(): void {
  void wx.stopPullDownRefresh();
}

/** A short tick under the thumb when something was done. */
export function tick(): void {
  void wx.vibrateShort({ type: 'light' }).catch(() => undefined);
}

/** Takes forwarding out of the page's menu: a gift is meant for one person. */
export function noShareMenu(): void {
  void wx.hideShareMenu({});
}
