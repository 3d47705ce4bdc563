import type { Call, Outcome } from '../contract/outcome';

/** Connects to the chain's CloudBase environment: the one the mini program is bound to. */
export function startCloud(): void {
  wx.cloud.init({ traceUser: true });
}

/**
 * Calls one cloud function. A lost network or a platform error becomes a named failure, so pages handle one shape only.
 *
 * @param name the cloud function, e.g. `outreach`
 */
export async function callFunction(name: string, data: Call): Promise<Outcome<unknown>> {
  try {
    const answer = await wx.cloud.callFunction({ name, data });
    return answer.result as Outcome<unknown>;
  } catch (error) {
    return { ok: false, failure: { code: isNetworkError(error) ? 'network-lost' : 'server-error' } };
  }
}

function isNetworkError(error: unknown): boolean {
  const message = String((error as { errMsg?: string }).errMsg ?? error);
  return /request:fail|timeout|network|ERR_/i.test(message);
}
