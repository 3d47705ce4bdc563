/** The three callbacks every asynchronous wx call may carry. */
export interface Callbacks {
  success?: (result: Record<string, unknown>) => void;
  fail?: (failure: WxFailure) => void;
  complete?: (result: unknown) => void;
}

/** A failure in WeChat's form. */
export interface WxFailure extends Error {
  errMsg: string;
  errCode?: number;
}

/** One family of `wx.…`: its functions by name. */
export type WxFamily = Record<string, unknown>;

/** An error with WeChat's number; `api` puts the call's name in front of the reason. */
export function refuse(reason: string, errCode?: number): Error {
  return Object.assign(new Error(reason), errCode === undefined ? {} : { errCode });
}

function asFailure(name: string, cause: unknown): WxFailure {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const errMsg = error.message.startsWith(`${name}:`) ? error.message : `${name}:fail ${error.message}`;
  error.message = errMsg;
  return Object.assign(error, { errMsg });
}

/**
 * An asynchronous wx call: answers by callbacks when it was given any, else by a promise.
 *
 * @param name as it appears in `errMsg`, e.g. `showModal`
 */
export function api<Options extends object>(
  name: string,
  run: (options: Options) => unknown,
): (options?: Options & Callbacks) => Promise<Record<string, unknown>> | undefined {
  return (options) => {
    const given = options ?? ({} as Options & Callbacks);
    const answer = (async () => run(given))().then(
      (result) => ({ errMsg: `${name}:ok`, ...(result as object | undefined) }) as Record<string, unknown>,
      (cause: unknown) => {
        throw asFailure(name, cause);
      },
    );
    if (!given.success && !given.fail && !given.complete) return answer;
    answer.then(
      (result) => {
        given.success?.(result);
        given.complete?.(result);
      },
      (failure: WxFailure) => {
        given.fail?.(failure);
        given.complete?.(failure);
      },
    );
    return undefined;
  };
}

/** Asynchronous calls that succeed and do nothing a browser could show. */
export function silent(...names: string[]): WxFamily {
  return Object.fromEntries(names.map((name) => [name, api(name, () => undefined)]));
}
