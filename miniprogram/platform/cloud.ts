import type { FailureCode } from '../contract/failures';
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
    return { ok: false, failure: { code: codeOf(error, data) } };
  }
}

/** What WeChat and CloudBase say in their own words, and the refusal a person understands. */
function codeOf(error: unknown, data: Call): FailureCode {
  const message = String((error as { errMsg?: string }).errMsg ?? error);
  if (/exceed.*(size|payload)|takes at most|too large/i.test(message)) return 'too-large';
  return /request:fail|timeout|network|ERR_/i.test(message) ? lostCode(data) : 'server-error';
}

/** Only an act carries a request key; after a mere question there is nothing that could be done twice. */
function lostCode(data: Call): FailureCode {
  return data.requestKey === undefined ? 'network-lost-reading' : 'network-lost';
}
