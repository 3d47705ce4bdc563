import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { MemberDoc, OutboxDoc } from '../../store/documents';
import { table } from '../../store/table';
import { end, move } from './endings';
import type { Ending } from './endings';
import { isCounted, noteTouch, touchIdOf } from './touch';

const UNKNOWN = '发送途中中断，不知道对方收到没有；为了不重复打扰，不会自动再发';

/**
 * A message whose sender was cut off. One that had not even counted its contact had certainly not left: it waits again. Of
 * one whose touch was written it is known that it was sent. Of the others nobody knows: they count as a contact and become
 * dead letters, for at most once is the promise, and HQ may decide otherwise. Three calls at most.
 */
export async function heal(message: OutboxDoc, member: MemberDoc | undefined, now: Ms): Promise<Ending> {
  if (!member || !isCounted(message)) return end(message, 'dead', UNKNOWN, now);
  const touchId = touchIdOf(message);
  const isReserved = member.touches.some(({ id }) => id === touchId);
  if (!isReserved) return move(message, { status: 'waiting', dueAt: now, leaseUntil: 0 }, 'later');
  if (await table('touches').find(touchId)) return end(message, 'sent', null, now);
  // The state first: a row without it would say that the message is known to have been sent.
  const ending = await end(message, 'dead', UNKNOWN, now);
  if (ending !== null) await noteTouch(message, member, message.triedAt ?? now);
  return ending;
}
