import { CloudError } from '../failures';
import type { Caller } from '../options';

/** The event as text may not be larger: the platform's own limit. */
const LARGEST_EVENT = 100 * 1024;

/** A call from the mini program carries who calls, and what the event claims about that is overwritten. */
export function eventText(event: unknown, caller: Caller): string {
  const isObject = typeof event === 'object' && event !== null && !Array.isArray(event);
  const full =
    caller.openid !== undefined && isObject
      ? {
          ...event,
          userInfo: { openId: caller.openid, ...(caller.appid !== undefined && { appId: caller.appid }) },
        }
      : (event ?? {});
  let text: string;
  try {
    text = JSON.stringify(full);
  } catch (cause) {
    throw new CloudError('INVALID_PARAM', `the event cannot be written as JSON: ${(cause as Error).message}`);
  }
  const size = Buffer.byteLength(text);
  if (size > LARGEST_EVENT) {
    throw new CloudError(
      'EXCEED_MAX_PAYLOAD_SIZE',
      `the event has ${size} bytes, a function takes at most ${LARGEST_EVENT} bytes of text: send less, or a file through storage`,
    );
  }
  return text;
}

/**
 * The action an event names, by the habit of many functions; `undefined` when it names none.
 *
 * @example actionOf({ action: 'gift.claim', ask: {} }); // → 'gift.claim'
 * @example actionOf({ Type: 'Timer', TriggerName: 'nightly' }); // → undefined
 */
export function actionOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('action' in event)) return undefined;
  return typeof event.action === 'string' ? event.action : undefined;
}
