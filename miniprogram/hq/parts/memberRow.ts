import type { MemberBrief } from '../../contract/members';
import { spokenDay } from '../../domain/kernel/day';
import type { Lifecycle, Value } from '../../domain/membership/types';

/** A member as one line of a list. */
export interface MemberShown {
  memberId: string;
  name: string;
  line: string;
  lifecycle: Lifecycle;
  value: Value;
}

/** @example memberShown(brief).line // → '尾号 1234 · 徐汇店 · 最近消费 2024年8月31日' */
export function memberShown(brief: MemberBrief): MemberShown {
  const parts = [
    brief.phoneTail ? `尾号 ${brief.phoneTail}` : '',
    brief.branchName,
    brief.lastPaidOn ? `最近消费 ${spokenDay(brief.lastPaidOn)}` : '还没有消费',
  ];
  return {
    memberId: brief.memberId,
    name: brief.name || `会员 ${brief.memberId}`,
    line: parts.filter((part) => part !== '').join(' · '),
    lifecycle: brief.lifecycle,
    value: brief.value,
  };
}
