/** What the phone keeps between two visits of its owner, under a name of ours. Nothing here is a secret. */

/** @returns what was kept, as whatever it is; undefined when nothing was */
export function kept(name: string): unknown {
  const value: unknown = wx.getStorageSync(name);
  return value === '' ? undefined : value;
}

/** Keeps a value that JSON can say, in place of the former one; undefined forgets it. */
export function keep(name: string, value: unknown): void {
  if (value === undefined) wx.removeStorageSync(name);
  else wx.setStorageSync(name, value);
}
