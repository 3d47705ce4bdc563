import { keyBy, uniq } from 'lodash-es';
import type { Recipient } from '../../channels/channel';
import { mayKeepPhones, openPhone } from '../../people/phones';
import type { MemberDoc, OutboxDoc } from '../../store/documents';
import { mergesOf } from '../../store/people';
import { table } from '../../store/table';

/** A member as far as a channel may need her; her number is opened only when a channel asks. */
export function recipientOf(member: MemberDoc): Recipient {
  const { _id: memberId, openid, phone } = member;
  return { memberId, openid, phone: () => (phone && mayKeepPhones() ? openPhone(phone) : null) };
}

/** The members of these messages, also under numbers that were merged. One call, three when some are. */
export async function recipients(
  messages: readonly OutboxDoc[],
): Promise<(id: string) => MemberDoc | undefined> {
  const ids = uniq(messages.map(({ memberId }) => memberId));
  const members = keyBy(await table('members').findMany(ids), '_id');
  const missing = ids.filter((id) => !members[id]);
  if (missing.length === 0) return (id) => members[id];
  const merged = await mergesOf(missing);
  const kept = keyBy(await table('members').findMany([...new Set(merged.values())]), '_id');
  return (id) => members[id] ?? kept[merged.get(id) ?? ''];
}
