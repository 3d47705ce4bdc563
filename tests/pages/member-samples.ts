/** One member as the cloud replies her to the pages of headquarters and clerks. */
import type { MemberTimeline, Replayed } from '../../miniprogram/contract/history';
import type { MemberExplained } from '../../miniprogram/contract/members';
import type { MergeVerdict } from '../../miniprogram/contract/people';
import { day } from '../../miniprogram/domain/kernel/day';
import { MEMBER } from './hq-samples';

export function anExplained(over: Partial<MemberExplained> = {}): MemberExplained {
  return {
    ...MEMBER,
    placement: {
      lifecycle: 'dormant',
      quiet: 'dormant',
      value: 'mid',
      changesOn: day('2025-08-31'),
      rulesVersion: 3,
    },
    sentence: '沉睡：最后一次消费是2024年8月31日，距今已满6个月（规则：6个月未消费）。',
    paidOrders: 12,
    paidFen: 256_800,
    aovFen: 21_400,
    rulesVersion: 3,
    lapsed: 'many',
    rhythm: { gapDays: 30, from: 'own', expectedNextPurchaseOn: day('2024-09-30'), overdueRatio: 6.2 },
    refills: [
      { category: '奶粉', cycleDays: 30, from: 'rules', dueOn: day('2024-09-30'), overdueDays: 156 },
      { category: '面霜', cycleDays: 190, from: 'own', dueOn: day('2025-03-09'), overdueDays: -4 },
    ],
    tags: [{ kind: 'category', word: '爱买奶粉', why: '8单里6单买了奶粉' }],
    visits: 3,
    formerNos: [],
    optedOut: false,
    ...over,
  };
}

export function aTimeline(over: Partial<MemberTimeline> = {}): MemberTimeline {
  return {
    memberId: 'M1',
    name: '王芳',
    phoneTail: '1234',
    lifecycle: 'dormant',
    value: 'mid',
    sentence: '沉睡：最后一次消费是2024年8月31日，距今已满6个月。',
    rulesVersion: 3,
    entries: [
      {
        on: day('2025-02-28'),
        kind: 'tier',
        text: '满6个月未消费，转为沉睡',
        tier: { lifecycle: 'dormant', value: 'mid' },
      },
      {
        on: day('2024-08-31'),
        kind: 'tier',
        text: '有了新消费，转为活跃',
        tier: { lifecycle: 'active', value: 'mid' },
      },
      { on: day('2024-08-31'), kind: 'paid', text: '消费¥320.50（徐汇店）', fen: 32_050 },
      { on: day('2024-08-02'), kind: 'visit', text: '到店' },
    ],
    next: null,
    ...over,
  };
}

export function aReplayed(over: Partial<Replayed> = {}): Replayed {
  return {
    on: day('2024-12-01'),
    lifecycle: 'drowsy',
    value: 'mid',
    quiet: 'drowsy',
    sentence: '预沉睡：最后一次消费是2024年8月31日，距今已满3个月。',
    rulesVersion: 2,
    paidOrders: 11,
    paidFen: 240_000,
    ...over,
  };
}

export function aMerge(over: Partial<MergeVerdict> = {}): MergeVerdict {
  return {
    kept: MEMBER,
    gone: { ...MEMBER, memberId: 'M9', name: '王小芳' },
    orders: 3,
    tasks: 1,
    touches: 0,
    coupons: 0,
    optedOut: false,
    sentence: '活跃：最后一次消费是2025年3月1日。',
    ...over,
  };
}
