/** Tells of errors that no page caught, in WeChat's own words. */
export function onTrouble(tell: (kind: 'error' | 'rejection', text: string) => void): void {
  if (typeof wx.onError === 'function') wx.onError((error: unknown) => tell('error', wordsOf(error)));
  if (typeof wx.onUnhandledRejection === 'function')
    wx.onUnhandledRejection(({ reason }: { reason: unknown }) => tell('rejection', wordsOf(reason)));
}

function wordsOf(reason: unknown): string {
  const { stack, errMsg, message } = Object(reason) as { stack?: string; errMsg?: string; message?: string };
  return String(stack ?? errMsg ?? message ?? reason);
}

/** The page in sight, e.g. `clerk/list/list`; '' before there is one. */
export function routeInSight(): string {
  return getCurrentPages().at(-1)?.route ?? '';
}

/** A number in [0, 1), for what is reported of much. */
export const dice = (): number => Math.random();
