import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { Outcome } from '../../../miniprogram/contract/outcome';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import { platformIdentity } from '../store/cloudbase';
import type { Action, Actions } from './action';
import { beginMeter, logBug, logCall } from './log';
import { countCall, waitOf } from './pace';
import { scopeOf } from './scope';
import { drawUsage } from './usage';

const REQUEST_KEY = z
  .string()
  .min(4)
  .max(64)
  .regex(/^[\w-]+$/);
const CALL = z.object({
  action: z.string().max(64),
  ask: z.unknown().optional(),
  requestKey: z.unknown().optional(),
});

type AnyAction = Action<unknown, unknown, unknown>;

/** Letters and digits that are not mistaken for each other when read aloud or typed. */
const TOKEN_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
function newToken(length: number): string {
  return Array.from(randomBytes(length), (byte) => TOKEN_LETTERS[byte % TOKEN_LETTERS.length]).join('');
}

/**
 * The door for calls from phones: reads the envelope, finds who is calling, parses the ask, runs the action once.
 *
 * @returns what `exports.main` of a cloud function must be
 * @example export const main = phoneEntry<GiftsContract>({ 'gift.open': openGift, … });
 */
export function phoneEntry<Contract>(actions: Actions<Contract, unknown>) {
  const byName = new Map(Object.entries(actions) as [string, AnyAction][]);
  return async (event: unknown, context: object): Promise<Outcome<unknown>> => {
    const started = Date.now();
    const meter = beginMeter();
    const { openid, requestId } = platformIdentity(context);
    const call = CALL.safeParse(event);
    const name = call.success ? call.data.action : '(none)';
    let outcome: Outcome<unknown>;
    try {
      outcome = call.success
        ? await answer(byName.get(name), call.data.ask, call.data.requestKey, openid, started)
        : refused({ code: 'bad-ask', field: 'action' });
    } catch (error) {
      logBug(requestId, byName.has(name) ? name : '(unknown)', error);
      outcome = refused({ code: 'server-error', requestId });
    }
    if (call.success && byName.has(name)) {
      const isFailed = !outcome.ok && outcome.failure.code === 'server-error';
      await drawUsage({ requestId, started, since: meter, isFailed });
    }
    const ended = outcome.ok ? 'ok' : outcome.failure.code;
    // What nobody of ours wrote is not said again: a stranger's action may be anything.
    const action = byName.has(name) ? name : '(unknown)';
    logCall({ requestId, action, ms: Date.now() - started, outcome: ended }, meter);
    return outcome;
  };
}

const refused = (failure: Failure): Outcome<never> => ({ ok: false, failure });

/** The parser's own words are English and for programmers; only the sentences that our asks bring along reach people. */
const ourWords = (message = ''): string => (/\p{Script=Han}/u.test(message) ? message : '');

async function answer(
  action: AnyAction | undefined,
  ask: unknown,
  key: unknown,
  openid: string | null,
  now: number,
): Promise<Outcome<unknown>> {
  if (!action) return refused({ code: 'unknown-action' });
  if (!openid) return refused({ code: 'not-signed-in' });
  const wait = waitOf(openid, performance.now());
  if (wait > 0) return refused({ code: 'too-often', nextAllowedAt: now + wait });
  const parsed = action.ask.safeParse(ask);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused({ code: 'bad-ask', field: issue?.path.join('.') ?? '', detail: ourWords(issue?.message) });
  }
  const requestKey = REQUEST_KEY.safeParse(key);
  if (action.writes && !requestKey.success) return refused({ code: 'request-key-missing' });
  const ahead = action.ahead?.(parsed.data);
  // Should the caller be refused, nobody is waiting for it any more.
  ahead?.catch(() => undefined);
  const scope = await scopeOf(openid);
  if (scope.role === 'person') countCall(openid, performance.now());
  if (!action.who.includes(scope.role)) {
    return refused({ code: scope.role === 'person' ? 'not-staff' : 'not-allowed' });
  }
  const result = await action.run(
    { scope, now, today: dayOf(now), requestKey: requestKey.success ? requestKey.data : '', newToken },
    parsed.data,
    await ahead,
  );
  return result.ok ? { ok: true, reply: result.value } : refused(result.failure);
}
