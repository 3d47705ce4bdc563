import type { Ms } from '../kernel/day';
import type { Value } from '../membership/types';
import { holdContact } from './contactHold';
import type { ContactHold, HeldRefusal } from './contactHold';
import { mayContact } from './contactPolicy';
import type { ContactPolicy, ContactRefusal, OptOutScope, Purpose, SystemChannel, TouchFact } from './types';

/** What a message of the system is for; `service` = she asked for it herself. */
export type MessagePurpose = Purpose | 'service';

/** So often one message is tried; then somebody has to look at it (死信). */
export const MAX_TRIES = 6;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/**
 * When a message that failed is tried again: a minute after the first try, four times as long after each further one, six
 * hours at most. No dice: a run takes messages one after another anyway, so nothing comes back all at once.
 *
 * @param tries how often it was tried by now, 1 or more
 * @example nextTryAt(2, 0) // → 240_000
 */
export function nextTryAt(tries: number, now: Ms): Ms {
  return now + Math.min(FIRST_WAIT_MS * 4 ** (Math.max(1, tries) - 1), LONGEST_WAIT_MS);
}

export interface DeliveryAsk {
  message: {
    id: string;
    purpose: MessagePurpose;
    channel: SystemChannel;
    notAfter: Ms;
    /** when she asked for it; only looked at for `service` */
    askedAt: Ms;
  };
  member: {
    touches: readonly TouchFact[];
    holds: readonly ContactHold[];
    optOut: { at: Ms; scope: OptOutScope } | null;
    value: Value;
  };
  now: Ms;
}

/** Why a message waits or is dropped; each has a sentence in `HELD_BACK_WORDS`. */
export type HeldBack = ContactRefusal['code'] | HeldRefusal['code'] | 'too-late';

export const HELD_BACK_WORDS: Record<HeldBack, string> = {
  'opted-out': '她已退订',
  'worn-out': '多次没有回应，先不打扰',
  'quiet-hours': '免打扰时间',
  'contact-cap': '近期联系已满',
  resting: '她几次没有回应，在休息期',
  'contact-held': '有同事正在联系她',
  'too-late': '过了有效时间，不再发送',
};

export type DeliveryVerdict =
  { go: true } | { go: false; again: Ms; why: HeldBack } | { go: false; again: null; why: HeldBack };

function whatRefuses({ message, member, now }: DeliveryAsk, policy: ContactPolicy) {
  const { id, purpose, channel, askedAt } = message;
  const { touches, holds, optOut, value } = member;
  if (purpose !== 'service') {
    const ask = { touches, optOut: optOut?.scope ?? null, value, purpose, now };
    const answer = holdContact(ask, holds, { id, taskId: id, staffId: '', channel }, policy);
    return answer.ok ? null : answer.failure;
  }
  // What she asked for after she had opted out is what she wants; what she asked for before is over.
  if (optOut?.scope === 'all' && askedAt <= optOut.at)
    return { code: 'opted-out' as const, nextAllowedAt: null };
  const nobodyElse = { touches: [], optOut: null, value, purpose: 'care' as const, now };
  const night = mayContact(nobodyElse, policy);
  return night.ok ? null : night.failure;
}

/**
 * May this message of the system go out now? Everything but what she asked for herself is held to the contact policy,
 * clerks who have just begun a contact included. What she asked for counts for no cap; it keeps out of the night, unless it
 * would be too late in the morning. A message that may go only after `notAfter` never goes.
 *
 * @returns `again` = when to ask anew; null = never
 * @example mayDeliver({ message, member: { ...member, optOut: { at, scope: 'all' } }, now }, DEFAULT_POLICY)
 * // → { go: false, again: null, why: 'opted-out' }
 */
export function mayDeliver(ask: DeliveryAsk, policy: ContactPolicy): DeliveryVerdict {
  const { message, now } = ask;
  if (now > message.notAfter) return { go: false, again: null, why: 'too-late' };
  const refused = whatRefuses(ask, policy);
  if (!refused) return { go: true };
  const { code, nextAllowedAt } = refused;
  if (nextAllowedAt === null) return { go: false, again: null, why: code };
  if (nextAllowedAt <= message.notAfter) return { go: false, again: nextAllowedAt, why: code };
  return message.purpose === 'service' ? { go: true } : { go: false, again: null, why: code };
}
