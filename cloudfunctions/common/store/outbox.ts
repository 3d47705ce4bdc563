import type { OutboxDoc } from './documents';
import { table } from './table';

/** A message as whoever wants it sent says it. */
export type NewMessage = Pick<
  OutboxDoc,
  '_id' | 'kind' | 'purpose' | 'channel' | 'memberId' | 'words' | 'page' | 'dueAt' | 'notAfter' | 'createdAt'
>;

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
