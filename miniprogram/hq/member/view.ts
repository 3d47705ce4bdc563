import { exactCount } from '../../components/stat-tile/count';
import type { MemberExplained } from '../../contract/members';
import { spokenDay } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';
import { refillSentence, rhythmSentence, subTierWord } from '../../domain/membership/rhythmWords';
import type { Tag } from '../../domain/membership/tags';
import { memberShown } from '../parts/memberRow';
import type { MemberShown } from '../parts/memberRow';

export interface MemberPageShown extends MemberShown {
  sentence: string;
  /** empty = nobody knows her rhythm yet */
  rhythm: string;
  refills: { text: string; isDue: boolean }[];
  tags: Tag[];
  optedOut: boolean;
  facts: { label: string; text: string }[];
}

/** One member as headquarters sees her: why she stands there, when she is expected, and the numbers behind it. */
export function memberPageShown(reply: MemberExplained): MemberPageShown {
  const { placement } = reply;
  const facts: [label: string, text: string][] = [
    ['会员号', reply.memberId],
    ...(reply.formerNos.length > 0
      ? ([['曾用会员号', reply.formerNos.join('、')]] satisfies [string, string][])
      : []),
    ['消费次数', `${exactCount(reply.paidOrders)} 次`],
    // A purchase somebody remembers has no amount: ¥0 would say that she paid nothing.
    ['累计消费', reply.paidOrders > 0 && reply.paidFen === 0 ? '没有金额记录' : money(reply.paidFen)],
    ['客单价', reply.aovFen === null ? '—' : money(reply.aovFen)],
    ...(reply.visits > 0
      ? ([['到店登记', `${exactCount(reply.visits)} 次`]] satisfies [string, string][])
      : []),
    ...(reply.lapsed ? ([['沉睡之前', subTierWord(reply.lapsed)]] satisfies [string, string][]) : []),
    [
      '下次变化',
      placement.changesOn ? `${spokenDay(placement.changesOn)}（若一直没有消费）` : '没有新消费就不再变化',
    ],
    ['分层规则', `第${reply.rulesVersion}版`],
  ];
  return {
    ...memberShown(reply),
    sentence: reply.sentence,
    rhythm: reply.rhythm ? rhythmSentence(reply.rhythm, reply) : '',
    refills: reply.refills.map((refill) => ({
      text: refillSentence(refill),
      isDue: refill.overdueDays >= 0,
    })),
    tags: reply.tags,
    optedOut: reply.optedOut,
    facts: facts.map(([label, text]) => ({ label, text })),
  };
}
