import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import { HELD_BACK_WORDS, MAX_TRIES, nextTryAt } from '../../../../miniprogram/domain/outreach/delivery';
import type { DeliveryVerdict } from '../../../../miniprogram/domain/outreach/delivery';
import type { OutboxDoc } from '../../store/documents';
import { moveMessage } from '../../store/outbox';

/** What one run did. */
export interface Delivered {
  sent: number;
  /** again later, because contact is not allowed now or the try failed */
  later: number;
  dead: number;
  dropped: number;
}

/** null = somebody else has the message */
export type Ending = keyof Delivered | null;

/** Ends a message or puts it off. One call; null when somebody else has it. */
export async function move(read: OutboxDoc, change: Partial<OutboxDoc>, ending: Ending): Promise<Ending> {
  return (await moveMessage(read, change)) ? ending : null;
}

export const end = (read: OutboxDoc, status: 'sent' | 'dead' | 'dropped', reason: string | null, now: Ms) =>
  move(read, { status, reason, endedAt: now, leaseUntil: 0 }, status);

export function holdBack(
  read: OutboxDoc,
  verdict: DeliveryVerdict & { go: false },
  now: Ms,
): Promise<Ending> {
  const reason = HELD_BACK_WORDS[verdict.why];
  if (verdict.again === null) return end(read, 'dropped', reason, now);
  return move(read, { status: 'waiting', dueAt: verdict.again, leaseUntil: 0, reason }, 'later');
}

/**
 * An act on a message threw: a mistake of ours or a database that did not answer. One that had not begun is put off like a
 * failed try, so that it never stands in the way of those behind it; one that had is left to its lease. One call.
 */
export function stumble(read: OutboxDoc, now: Ms): Promise<Ending> {
  if (read.status !== 'waiting') return move(read, { leaseUntil: nextTryAt(1, now) }, null);
  const tries = read.tries + 1;
  const reason = '系统出错，没有发出';
  if (tries >= (read.maxTries ?? MAX_TRIES))
    return move(read, { status: 'dead', tries, reason, endedAt: now }, 'dead');
  return move(read, { tries, reason, dueAt: nextTryAt(tries, now) }, 'later');
}
