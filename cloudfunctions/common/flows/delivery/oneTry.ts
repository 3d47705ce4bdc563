import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import { DEFAULT_POLICY } from '../../../../miniprogram/domain/outreach/contactPolicy';
import {
  HELD_BACK_WORDS,
  MAX_TRIES,
  mayDeliver,
  nextTryAt,
} from '../../../../miniprogram/domain/outreach/delivery';
import type { DeliveryVerdict } from '../../../../miniprogram/domain/outreach/delivery';
import type { Channel, Sending } from '../../channels/channel';
import { CHANNELS } from '../../channels/channels';
import type { MemberDoc, OutboxDoc } from '../../store/documents';
import { moveMessage } from '../../store/outbox';
import { againWhenRaced } from '../../store/raced';
import { table } from '../../store/table';
import { forgetTouch, ledgerOf, reserveTouch } from '../../store/touches';
import { end, holdBack, move } from './endings';
import type { Ending } from './endings';
import { recipientOf } from './recipients';
import { isCounted, noteTouch, touchIdOf } from './touch';

/** Longer than any try takes; who still holds a message after it was cut off. */
const LEASE_MS = 60_000;

function verdictOn(message: OutboxDoc, member: MemberDoc, now: Ms): DeliveryVerdict {
  const { _id: id, purpose, channel, notAfter, createdAt, askedAt } = message;
  const { optOut, holds = [], value } = member;
  return mayDeliver(
    {
      message: { id, purpose, channel, notAfter, askedAt: askedAt ?? createdAt },
      member: {
        touches: ledgerOf(member, []),
        holds,
        optOut: optOut && { at: optOut.at, scope: optOut.scope ?? 'all' },
        value,
      },
      now,
    },
    DEFAULT_POLICY,
  );
}

/**
 * Makes the contact count before anything leaves: the ledger of the member is written on condition that nothing the decision
 * rests on has changed, so a clerk and a timer never both take her last contact. One call when nobody comes between.
 *
 * @returns the verdict that stands; null when others kept writing
 */
function takeContact(message: OutboxDoc, read: MemberDoc, now: Ms): Promise<DeliveryVerdict | null> {
  if (!isCounted(message)) return Promise.resolve({ go: true });
  let known: MemberDoc | null = read;
  return againWhenRaced(async () => {
    const member: MemberDoc | null = known ?? (await table('members').find(read._id));
    known = null;
    if (!member) return { go: false, again: null, why: 'too-late' };
    const verdict = verdictOn(message, member, now);
    if (!verdict.go) return verdict;
    const { purpose } = message;
    const touch = { id: touchIdOf(message), at: now, purpose, answered: false };
    return (await reserveTouch(member, touch)) ? verdict : null;
  });
}

/** What a try has made of the message. */
async function conclude(held: OutboxDoc, member: MemberDoc, sending: Sending, now: Ms): Promise<Ending> {
  if (sending.as === 'sent') {
    await noteTouch(held, member, now);
    return end(held, 'sent', null, now);
  }
  if (sending.as === 'unknown') {
    // The state first: a row without it would say that the message is known to have been sent.
    const ending = await end(held, 'dead', sending.reason, now);
    if (ending !== null) await noteTouch(held, member, now);
    return ending;
  }
  if (isCounted(held)) await forgetTouch(member._id, touchIdOf(held));
  const { reason } = sending;
  if (sending.as === 'refused') return end(held, 'dropped', reason, now);
  if (held.tries >= (held.maxTries ?? MAX_TRIES)) return end(held, 'dead', reason, now);
  const dueAt = nextTryAt(held.tries, now);
  return dueAt > held.notAfter
    ? end(held, 'dropped', `${HELD_BACK_WORDS['too-late']}：${reason}`, now)
    : move(held, { status: 'waiting', dueAt, leaseUntil: 0, reason }, 'later');
}

/**
 * One try of one message. Before anything leaves the message is marked as on its way, and the contact is counted; whoever
 * is cut off after that leaves a message that `healStuck` finds. Five database calls for what counts as a contact.
 */
export async function deliver(message: OutboxDoc, member: MemberDoc | undefined, now: Ms): Promise<Ending> {
  if (now > message.notAfter) return end(message, 'dropped', HELD_BACK_WORDS['too-late'], now);
  if (!member) return end(message, 'dropped', '会员已不在名单里', now);
  const channel: Channel | undefined = CHANNELS[message.channel];
  const to = recipientOf(member);
  const objection = channel ? channel.objection(message, to) : '没有这种发送方式';
  if (!channel || objection !== null) return end(message, 'dropped', objection, now);
  const first = verdictOn(message, member, now);
  if (!first.go) return holdBack(message, first, now);

  const held: OutboxDoc = {
    ...message,
    status: 'sending',
    tries: message.tries + 1,
    leaseUntil: now + LEASE_MS,
    triedAt: now,
  };
  const { status, tries, leaseUntil, triedAt } = held;
  if (!(await moveMessage(message, { status, tries, leaseUntil, triedAt }))) return null;
  const verdict = await takeContact(held, member, now);
  if (!verdict) return move(held, { status: 'waiting', dueAt: nextTryAt(1, now), leaseUntil: 0 }, 'later');
  if (!verdict.go) return holdBack(held, verdict, now);
  return conclude(held, member, await channel.send(held, to, now), now);
}
