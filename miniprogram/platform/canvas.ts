/** What a canvas must know of the phone: its theme, and how many real pixels one CSS pixel has. */
export type Theme = 'light' | 'dark';

export function currentTheme(): Theme {
  return wx.getAppBaseInfo().theme === 'dark' ? 'dark' : 'light';
}

/** Tells of every change of theme until the answered function is called. */
export function onTheme(changed: (theme: Theme) => void): () => void {
  const listener = (change: { theme: Theme }): void => changed(change.theme);
  wx.onThemeChange(listener);
  return () => wx.offThemeChange(listener);
}

export function pixelRatio(): number {
  return wx.getWindowInfo().pixelRatio;
}
