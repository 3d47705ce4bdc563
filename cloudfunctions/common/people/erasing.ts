import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { MemberDoc } from '../store/documents';
import { command, table } from '../store/table';

const GONE = '已注销会员';

/**
 * Erases a person: her name, phone, birthdays, place and binding, the words written to and about her, her unused coupons.
 * What the books and the figures need stays under a number that nobody can tie to her: orders, amounts, days, ledgers.
 * She is not written to again, whatever file her number comes back in.
 *
 * Her own document is written last, so that whoever was cut off can ask again and finishes. About ten calls.
 */
export async function erasePerson(member: MemberDoc, now: Ms): Promise<void> {
  const _ = command();
  const memberId = member._id;
  await table('coupons').changeAll({ memberId, status: 'unused' }, { status: 'revoked', lock: null });
  await table('coupons').changeAll({ memberId, heldDue: _.gt(now) }, { heldDue: now });
  await table('coupons').changeAll(
    { memberId },
    { memberName: GONE, phoneTail: '', openid: '', device: _.remove() },
  );
  await table('tasks').changeAll({ memberId }, { 'member.name': GONE, 'member.phoneTail': '' });
  await table('tasks').changeAll({ memberId, status: _.in(['open', 'contacted']) }, { status: 'closed' });
  await table('tasks').changeAll({ memberId, followUp: _.neq(null) }, { 'followUp.note': '' });
  await table('touches').changeAll({ memberId }, { text: null });
  await table('surveys').changeAll({ memberId }, { note: '' });
  await table('outbox').changeAll(
    { memberId, status: 'waiting' },
    { status: 'dropped', reason: '会员已注销', endedAt: now },
  );
  const nobody = {
    name: GONE,
    phoneTail: '',
    phone: null,
    openid: null,
    birthday: null,
    childBirthday: null,
    place: null,
    campaignId: null,
  };
  await table('merges').changeAll(
    { into: memberId },
    Object.fromEntries(Object.entries(nobody).map(([field, value]) => [`member.${field}`, value])),
  );
  await table('audit').addNew({
    _id: `erase:${memberId}:${now}`,
    at: now,
    what: 'erase',
    staffId: null,
    memberId,
    detail: '本人注销',
  });
  await table('members').changeIf(
    { _id: memberId, openid: member.openid },
    { ...nobody, optOut: { at: now, source: 'member' }, erasedAt: now, touchRevision: _.inc(1) },
  );
}
