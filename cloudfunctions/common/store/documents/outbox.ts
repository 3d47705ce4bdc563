import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Purpose } from '../../../../miniprogram/domain/outreach/types';

/** What a message of ours is about; each has a template on its channel. */
export type MessageKind = 'couponEnding' | 'pointsEnding' | 'levelEnding' | 'careReminder';

/**
 * A message that the system itself sends. `_id` = what it is about and of whom, e.g. `couponEnding:task:0`: whoever asks
 * for it again asks for the same one. Clerks' own messages never come here: nobody but her can send them.
 */
export interface OutboxDoc {
  _id: string;
  kind: MessageKind;
  /** `service` = she asked for it; the contact ledger is asked for the others */
  purpose: Purpose | 'service';
  channel: 'subscribe' | 'sms' | 'wecom';
  memberId: string;
  /** what the template's blanks mean, by the blank's name */
  words: Record<string, string>;
  /** the page that it opens, with its query */
  page: string | null;
  status: 'waiting' | 'sent' | 'dead' | 'dropped';
  /** not before, and not after: a late one is dropped, never sent at the wrong time */
  dueAt: Ms;
  notAfter: Ms;
  tries: number;
  /** whoever sends it holds it until then */
  leaseUntil: Ms;
  /** why the last try failed, or why it was dropped */
  reason: string | null;
  createdAt: Ms;
  endedAt: Ms | null;
}
