import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { OutboxDoc } from '../store/documents';

/** Whom a message goes to, as far as a channel may need it. */
export interface Recipient {
  memberId: string;
  openid: string | null;
  /** her whole number; null where nobody told us one or no key opens it. Asked only when it is needed */
  phone(): string | null;
}

export type Message = Pick<OutboxDoc, '_id' | 'kind' | 'purpose' | 'words' | 'page' | 'maxTries'>;

/** A message's name for a gateway that sends one name once; what HQ sends anew has a new one. */
export const outwardIdOf = ({ _id, maxTries }: Message): string =>
  maxTries === undefined ? _id : `${_id}:again${maxTries}`;

/**
 * What became of one try.
 *
 * - `failed`: it did not leave; later it may.
 * - `refused`: it will never reach her this way.
 * - `unknown`: it may have left. Nobody tries again by himself, for a second message is worse than none.
 */
export type Sending =
  | { as: 'sent' }
  | { as: 'failed'; reason: string }
  | { as: 'refused'; reason: string }
  | { as: 'unknown'; reason: string };

/** One way of sending (触达渠道). Adapters never throw for what a service or a recipient may do. */
export interface Channel {
  /** why nothing can be sent to her this way at all, in Chinese; null = it can be tried. No call */
  objection(message: Message, to: Recipient): string | null;
  send(message: Message, to: Recipient, now: Ms): Promise<Sending>;
}
