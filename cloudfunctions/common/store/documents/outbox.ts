import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { MessagePurpose } from '../../../../miniprogram/domain/outreach/delivery';
import type { MessageKind } from '../../../../miniprogram/domain/outreach/messages';
import type { SystemChannel } from '../../../../miniprogram/domain/outreach/types';

export type { MessageKind } from '../../../../miniprogram/domain/outreach/messages';

/**
 * waiting → sending → sent, or back to waiting after a try that failed. `dead` (死信): tried in vain, or cut off while it
 * was on its way so that nobody knows; HQ decides. `dropped`: it must or need not be sent any more.
 */
export const OUTBOX_STATES = ['waiting', 'sending', 'sent', 'dead', 'dropped'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/**
 * A message that the system itself sends. `_id` = what it is about and of whom, e.g. `couponEnding:task:0`: whoever asks
 * for it again asks for the same one. Clerks' own messages never come here: nobody but her can send them.
 */
export interface OutboxDoc {
  _id: string;
  kind: MessageKind;
  /** `service` = she asked for it; the contact ledger is asked for the others */
  purpose: MessagePurpose;
  channel: SystemChannel;
  memberId: string;
  /** what the template's blanks mean, by the blank's name (domain/outreach/messages.ts names those of each kind) */
  words: Record<string, string>;
  /** the page that it opens, with its query */
  page: string | null;
  status: OutboxState;
  /** not before, and not after: a late one is dropped, never sent at the wrong time. A later try moves `dueAt` */
  dueAt: Ms;
  notAfter: Ms;
  /** how often it was begun; with the id it names the touch of that try */
  tries: number;
  /** after so many tries it is dead; more once HQ has said so. Missing = MAX_TRIES */
  maxTries?: number;
  /** whoever sends it holds it until then; after that nobody knows what became of it */
  leaseUntil: Ms;
  /** when the last try began */
  triedAt?: Ms | null;
  /** why the last try failed, why it waits, or why it was dropped */
  reason: string | null;
  createdAt: Ms;
  /** when she asked for it, where that was not when it was put in */
  askedAt?: Ms;
  endedAt: Ms | null;
}
