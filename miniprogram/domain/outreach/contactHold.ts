import type { Ms } from '../kernel/day';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import { mayContact } from './contactPolicy';
import type { ContactAsk } from './contactPolicy';
import type { Channel, ContactPolicy, ContactRefusal, Purpose } from './types';

/** Long enough to paste a text and come back; short enough that a clerk who changed her mind keeps nobody waiting. */
export const HOLD_MS = 10 * 60_000;

/** A contact that was allowed and has begun, while nobody has said yet that it happened. */
export interface ContactHold {
  /** `task:requestKey` of the act that began it */
  id: string;
  taskId: string;
  staffId: string;
  channel: Channel;
  purpose: Purpose;
  at: Ms;
  until: Ms;
}

/** Another contact has begun and would be one too many together with this. */
export interface HeldRefusal {
  code: 'contact-held';
  nextAllowedAt: Ms;
}

/** Who wants to reach her how. */
export type HoldWish = Pick<ContactHold, 'id' | 'taskId' | 'staffId' | 'channel'>;

const isSame = (hold: ContactHold, wish: HoldWish): boolean =>
  hold.taskId === wish.taskId && hold.staffId === wish.staffId && hold.channel === wish.channel;

const refusedWith = (ask: ContactAsk, holds: readonly ContactHold[], policy: ContactPolicy) => {
  const begun = holds.map(({ at, purpose }) => ({ at, purpose, answered: false }));
  const answer = mayContact({ ...ask, touches: [...ask.touches, ...begun] }, policy);
  return answer.ok ? null : answer.failure;
};

/** When enough of the holds have run out, provided none of them is confirmed. */
function freeAt(ask: ContactAsk, holds: readonly ContactHold[], policy: ContactPolicy): Ms {
  const ends = holds.map(({ until }) => until).sort((a, b) => a - b);
  for (const now of ends) {
    const left = holds.filter(({ until }) => until > now);
    const refusal = refusedWith({ ...ask, now }, left, policy);
    if (!refusal) return now;
    // Only the night is left in the way; by its end the others have run out as well.
    if (refusal.code === 'quiet-hours') return refusal.nextAllowedAt;
  }
  return ends[ends.length - 1] ?? ask.now;
}

/**
 * May this contact begin, and what is held from then on? A contact that somebody has begun counts like one that happened,
 * until she says so or it runs out: of two who want the last one only the first gets it.
 *
 * - Whoever begins the same again (same task, same channel, same person: she edits and copies anew) renews her own hold.
 * - The same act again finds its hold and changes nothing.
 *
 * @returns all holds as they stand after it, the ones that ran out left out (null = as they are), and until when hers lasts
 * @example holdContact({ touches: [], optOut: null, value: 'mid', purpose: 'promo', now }, [], wish, DEFAULT_POLICY)
 * // → done({ holds: [{ ...wish, purpose: 'promo', at: now, until: now + HOLD_MS }], until: now + HOLD_MS })
 */
export function holdContact(
  ask: ContactAsk,
  standing: readonly ContactHold[],
  wish: HoldWish,
  policy: ContactPolicy,
): Result<{ holds: readonly ContactHold[] | null; until: Ms }, ContactRefusal | HeldRefusal> {
  const { now, purpose } = ask;
  const live = standing.filter(({ until }) => until > now);
  const same = live.find((hold) => hold.id === wish.id && isSame(hold, wish));
  if (same) return done({ holds: null, until: same.until });

  const alone = mayContact(ask, policy);
  if (!alone.ok) return alone;
  const others = live.filter((hold) => !isSame(hold, wish));
  if (refusedWith(ask, others, policy)) {
    return refuse({ code: 'contact-held', nextAllowedAt: freeAt(ask, others, policy) });
  }
  const until = now + HOLD_MS;
  return done({ holds: [...others, { ...wish, purpose, at: now, until }], until });
}
