import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { OutboxDoc, OutboxState } from './documents';
import { OUTBOX_STATES } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** A message as whoever wants it sent says it. */
export type NewMessage = Pick<
  OutboxDoc,
  '_id' | 'kind' | 'purpose' | 'channel' | 'memberId' | 'words' | 'page' | 'dueAt' | 'notAfter' | 'createdAt'
> &
  Partial<Pick<OutboxDoc, 'askedAt'>>;

/** Puts messages into the outbox; one that stands there already stays as it is, sent or not. One call when none does. */
export function putInOutbox(messages: readonly NewMessage[]): Promise<void> {
  return table('outbox').addMissing(
    messages.map((message) => ({
      ...message,
      status: 'waiting',
      tries: 0,
      leaseUntil: 0,
      reason: null,
      endedAt: null,
    })),
  );
}

/** Messages whose time has come, the earliest due first. One call. */
export function dueMessages(now: Ms, limit: number): Promise<OutboxDoc[]> {
  return table('outbox').page({
    where: { status: 'waiting', dueAt: command().lte(now) },
    orderBy: [['dueAt', 'asc']],
    limit,
  });
}

/** Messages that somebody was sending when she was cut off. One call. */
export function stuckMessages(now: Ms, limit: number): Promise<OutboxDoc[]> {
  return table('outbox').page({
    where: { status: 'sending', leaseUntil: command().lt(now) },
    orderBy: [['leaseUntil', 'asc']],
    limit,
  });
}

/**
 * Changes a message if it still stands as it was read: the same state, the same try and the same hour. One call.
 *
 * @returns false when somebody else has it
 */
export function moveMessage(
  read: Pick<OutboxDoc, '_id' | 'status' | 'tries' | 'dueAt' | 'leaseUntil'>,
  change: Partial<OutboxDoc>,
): Promise<boolean> {
  const { _id, status, tries, dueAt, leaseUntil } = read;
  return table('outbox').changeIf({ _id, status, tries, dueAt, leaseUntil }, change);
}

/** How many messages stand in each state. One call. */
export async function countMessages(): Promise<Record<OutboxState, number>> {
  const $ = command().aggregate;
  const rows = await table('outbox').aggregate<{ _id: OutboxState; messages: number }>((from) =>
    from.group({ _id: '$status', messages: $.sum(1) }).limit(PAGE_LIMIT),
  );
  const counted = new Map(rows.map(({ _id, messages }) => [_id, messages]));
  return Object.fromEntries(OUTBOX_STATES.map((state) => [state, counted.get(state) ?? 0])) as Record<
    OutboxState,
    number
  >;
}

/** Dead letters, the newest first. One call. */
export function deadLetters(limit: number): Promise<OutboxDoc[]> {
  return table('outbox').page({ where: { status: 'dead' }, orderBy: [['endedAt', 'desc']], limit });
}
