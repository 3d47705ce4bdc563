import type { Ms } from '../../miniprogram/domain/kernel/day';
import type { MemberDoc } from '../common/store/documents';
import { command, table } from '../common/store/table';

/**
 * Binds a gift's member to the person who opened her card first.
 *
 * A person is one member: somebody who is another member already stays that one, and of two cards opened by one person
 * in the same instant the member with the smaller number keeps her.
 *
 * @returns whether the caller is that member now
 */
export async function bindHolder(
  member: Pick<MemberDoc, '_id' | 'openid'>,
  openid: string,
  now: Ms,
): Promise<boolean> {
  if (member.openid !== null) return member.openid === openid;
  const members = table('members');
  const already = await members.findOne({ openid });
  if (already) return already._id === member._id;

  const isFirst = await members.changeIf(
    { _id: member._id, openid: null },
    { openid, answeredAt: command().max(now) },
  );
  if (!isFirst) return (await members.find(member._id))?.openid === openid;

  const bound = await members.page({ where: { openid }, limit: 10, fields: ['openid'] });
  if (bound.every(({ _id }) => _id >= member._id)) return true;
  await members.changeIf({ _id: member._id, openid }, { openid: null });
  return false;
}
