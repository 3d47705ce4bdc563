import { exactCount } from '../../components/stat-tile/count';
import type { MemberBrief, MemberExplained } from '../../contract/members';
import { spokenDay } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';
import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';
import type { Lifecycle, Value } from '../../domain/membership/types';

/** Which members are listed; '' = all. */
export interface Cell {
  lifecycle: Lifecycle | '';
  value: Value | '';
}

/** Reads the cell from a page's query; anything unknown means all. @example cellOf({ lifecycle: 'lost' }) // → { lifecycle: 'lost', value: '' } */
export function cellOf(query: Record<string, string | undefined>): Cell {
  return {
    lifecycle: LIFECYCLES.find((stage) => stage === query.lifecycle) ?? '',
    value: VALUES.find((value) => value === query.value) ?? '',
  };
}

export interface Chip {
  id: string;
  word: string;
  on: boolean;
}

export interface ChipsShown {
  lifecycles: Chip[];
  values: Chip[];
  /** the chip that is scrolled into sight */
  lifecycleView: string;
}

/** The two rows of filters above the list. */
export function chipsShown(cell: Cell): ChipsShown {
  return {
    lifecycleView: `stage-${cell.lifecycle}`,
    lifecycles: [
      { id: '', word: '全部分层', on: cell.lifecycle === '' },
      ...LIFECYCLES.map((id) => ({ id, word: LIFECYCLE_WORDS[id], on: cell.lifecycle === id })),
    ],
    values: [
      { id: '', word: '全部价值', on: cell.value === '' },
      ...VALUES.map((id) => ({ id, word: VALUE_WORDS[id], on: cell.value === id })),
    ],
  };
}

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

export interface ExplainedShown extends MemberShown {
  sentence: string;
  facts: { label: string; text: string }[];
}

/** One member with the sentence that says why she stands there. */
export function explainedShown(reply: MemberExplained): ExplainedShown {
  const average = reply.paidOrders > 0 ? money(Math.round(reply.paidFen / reply.paidOrders)) : '—';
  return {
    ...memberShown(reply),
    sentence: reply.sentence,
    facts: [
      { label: '会员号', text: reply.memberId },
      { label: '门店', text: reply.branchName || '—' },
      { label: '最近消费', text: reply.lastPaidOn ? spokenDay(reply.lastPaidOn) : '还没有' },
      { label: '消费次数', text: `${exactCount(reply.paidOrders)} 次` },
      { label: '累计消费', text: money(reply.paidFen) },
      { label: '客单价', text: average },
      {
        label: '下次变化',
        text: reply.placement.changesOn
          ? `${spokenDay(reply.placement.changesOn)}（若一直没有消费）`
          : '没有新消费就不再变化',
      },
    ],
  };
}

/** What an empty list says. @example emptyText('王', cell) // → '没有找到“王”，换个姓名或尾号试试。' */
export function emptyText(search: string, cell: Cell): string {
  if (search) return `没有找到“${search}”，换个姓名、会员号或手机尾号试试。`;
  if (cell.lifecycle === '' && cell.value === '') return '还没有会员，请先到总览导入订单。';
  return '这一格里没有会员，换个分层看看。';
}
