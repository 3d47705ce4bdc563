import { day } from '../../../miniprogram/domain/kernel/day';
import type { MemberDoc, MergeDoc, TaskDoc } from '../store/documents';
import { command, PAGE_LIMIT, table } from '../store/table';

/** What stands under a number and would move. Four calls, at the same time. */
export async function countRows(memberId: string): Promise<MergeDoc['counts']> {
  const [orders, tasks, touches, coupons] = await Promise.all([
    table('orders').count({ memberId }),
    table('tasks').count({ memberId }),
    table('touches').count({ memberId }),
    table('coupons').count({ memberId }),
  ]);
  return { orders, tasks, touches, coupons };
}

const isInHand = ({ status }: TaskDoc): boolean => status === 'open' || status === 'contacted';

/**
 * Moves the tasks of a number. A card that was sent keeps its promise, so its task moves; where the kept member has a
 * task of the same campaign the moved one is closed, for nobody should be written to twice. A held-out twin of such a
 * task stays behind under the old number: it has no card, and would be woken by a purchase that the other task earned.
 * A care task moves too, and ends where the kept member has one in hand: she has one at a time.
 */
async function moveTasks(goneId: string, keep: MemberDoc): Promise<void> {
  const tasks = table('tasks');
  const moving = await tasks.all({ memberId: goneId }, PAGE_LIMIT);
  if (moving.length === 0) return;
  const own = await tasks.all({ memberId: keep._id }, PAGE_LIMIT, ['campaignId', 'kind', 'status']);
  const campaigns = new Set(own.map((task) => task.campaignId));
  const isCareInHand = (task: TaskDoc): boolean => task.kind === 'care' && isInHand(task);
  let hasCare = own.some(isCareInHand);
  for (const task of moving) {
    const isTwin = campaigns.has(task.campaignId) || (hasCare && isCareInHand(task));
    hasCare ||= isCareInHand(task);
    if (isTwin && task.arm === 'heldOut') continue;
    await tasks.changeIf(
      { _id: task._id, memberId: goneId, status: task.status },
      {
        memberId: keep._id,
        'member.name': keep.name,
        'member.phoneTail': keep.phoneTail,
        ...(isTwin && isInHand(task) ? { status: 'closed' } : {}),
      },
    );
    campaigns.add(task.campaignId);
  }
}

/** Earlier than any day: the next pulse reads her ledgers again. */
const AT_ONCE = day('1970-01-01');

/**
 * Moves the ledgers of points and levels, and the invitations she sent. A friend who turns out to have been a member
 * before does not become a new one by it: the invitation she came by stays with the number that is gone. Five calls.
 */
async function moveLoyalty(goneId: string, memberId: string): Promise<void> {
  await table('points').changeAll({ memberId: goneId }, { memberId });
  await table('levels').changeAll({ memberId: goneId }, { memberId });
  await table('surveys').changeAll({ memberId: goneId }, { memberId });
  await table('referrals').changeAll({ inviterId: goneId }, { inviterId: memberId });
  await table('members').changeIf({ _id: memberId }, { loyaltyChangesOn: AT_ONCE });
}

/**
 * Moves all rows of a number to the member it lives on as. Repeating it moves what came since; an order that is being
 * changed is moved all the same, and its writer finds that it lost. Eleven calls, and one for each task.
 */
export async function moveRows(goneId: string, keep: MemberDoc): Promise<void> {
  const memberId = keep._id;
  await table('orders').changeAll({ memberId: goneId }, { memberId, revision: command().inc(1) });
  await moveTasks(goneId, keep);
  await table('touches').changeAll({ memberId: goneId }, { memberId });
  await table('coupons').changeAll(
    { memberId: goneId },
    { memberId, memberName: keep.name, phoneTail: keep.phoneTail },
  );
  await moveLoyalty(goneId, memberId);
}
