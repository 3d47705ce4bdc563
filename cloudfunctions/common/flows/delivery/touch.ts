import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import { MESSAGE_KIND_WORDS } from '../../../../miniprogram/domain/outreach/messages';
import type { Purpose } from '../../../../miniprogram/domain/outreach/types';
import type { MemberDoc, OutboxDoc } from '../../store/documents';
import { table } from '../../store/table';

/** Does it count in the contact ledger? What she asked for herself does not. */
export function isCounted<M extends Pick<OutboxDoc, 'purpose'>>(
  message: M,
): message is M & { purpose: Purpose } {
  return message.purpose !== 'service';
}

/** One try of one message is one touch at most. */
export const touchIdOf = ({ _id, tries }: Pick<OutboxDoc, '_id' | 'tries'>): string =>
  `outbox:${_id}:${tries}`;

/** Writes the ledger's row of a message that left, or may have; once. One call, none for what does not count. */
export async function noteTouch(message: OutboxDoc, member: MemberDoc, at: Ms): Promise<void> {
  if (!isCounted(message)) return;
  const { _id, channel, purpose, kind } = message;
  await table('touches').addNew({
    _id: touchIdOf(message),
    taskId: `outbox:${_id}`,
    memberId: member._id,
    clerkId: '',
    clerkName: '系统',
    branchId: member.homeBranchId,
    channel,
    purpose,
    scriptId: null,
    scenario: MESSAGE_KIND_WORDS[kind],
    text: null,
    at,
  });
}
