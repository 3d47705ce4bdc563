import type { Rate } from './types';

/** Everything that the boards count, by name. */
export type DefinitionId =
  | 'step.contacted'
  | 'step.opened'
  | 'step.claimed'
  | 'step.redeemed'
  | 'step.optedOut'
  | 'wake.claimed.28'
  | 'wake.claimed.7'
  | 'wake.visited.28'
  | 'wake.visited.7'
  | 'wake.redeemed.28'
  | 'wake.redeemed.7'
  | 'wake.netPaid.28'
  | 'wake.netPaid.7'
  | 'wake.inPeriod'
  | 'execution'
  | 'completion'
  | 'repurchase'
  | 'aov'
  | 'lift'
  | 'fairScore';

/** One way of counting, said once and shown wherever its number is shown. */
export interface Definition {
  id: DefinitionId;
  word: string;
  /** what stands above and below the line */
  numerator: string;
  denominator: string;
  /** over which time */
  window: string;
  /** what else a reader has to know */
  note: string;
}

const ENTERED = '下发的任务（对照组除外）';
const WITHIN = (days: number): string => `进入活动后 ${days} 天`;
const STATED = '微信不告诉任何人消息是否送达，“已联系”是导购自己登记的。';
const NET = '付款后没有全额退款才算；之后全额退款会收回。同一笔购买只算给最近的一次活动。';

const step = (id: DefinitionId, word: string, numerator: string, note = ''): Definition => ({
  id,
  word,
  numerator,
  denominator: ENTERED,
  window: '从进入活动到现在',
  note,
});
const wake = (
  kind: 'claimed' | 'visited' | 'redeemed' | 'netPaid',
  days: 28 | 7,
  what: string,
  note = '',
): Definition => ({
  id: `wake.${kind}.${days}`,
  word: days === 7 ? `唤醒率·${what}（早期）` : `唤醒率·${what}`,
  numerator: `${WITHIN(days)}内${what}的会员`,
  denominator: ENTERED,
  window: WITHIN(days),
  note: days === 7 ? `${note}早期读数，只作参考，以 28 天为准。` : note,
});

const ALL: readonly Definition[] = [
  step('step.contacted', '已联系', '导购登记联系过的任务', STATED),
  step('step.opened', '已打开', '本人打开过礼包页的任务', '只算绑定的本人，转给朋友打开的不算。'),
  step('step.claimed', '已领取', '本人领了券的任务'),
  step('step.redeemed', '已核销', '券在店里用掉的任务'),
  step('step.optedOut', '退订', '进入活动之后退订的会员'),
  wake('claimed', 28, '领取', '领取不等于回来，只说明她有兴趣。'),
  wake('claimed', 7, '领取'),
  wake('visited', 28, '到店', '店员登记到店或扫码到店才算。'),
  wake('visited', 7, '到店'),
  wake('redeemed', 28, '核销'),
  wake('redeemed', 7, '核销'),
  wake('netPaid', 28, '净付款', NET),
  wake('netPaid', 7, '净付款', NET),
  {
    id: 'wake.inPeriod',
    word: '本期唤醒率',
    numerator: '本期内有净付款的会员',
    denominator: '本期在手的任务：28 天窗口与本期有重叠，且期初还没有唤醒',
    window: '自然周（周一到周日）或自然月，北京时间',
    note: NET,
  },
  {
    id: 'execution',
    word: '执行率',
    numerator: '已联系的任务',
    denominator: '已联系的，加上到今天该联系还没联系的',
    window: '到今天',
    note: `执行率说的是该做的做了没有，不等于完成率。${STATED}`,
  },
  {
    id: 'completion',
    word: '完成率',
    numerator: '有了结果的任务：已唤醒，或跟进后明确结束',
    denominator: ENTERED,
    window: '从进入活动到现在',
    note: '联系过但没有结果的不算完成。',
  },
  {
    id: 'repurchase',
    word: '复购率',
    numerator: `${WITHIN(28)}内买了两次或更多的会员`,
    denominator: `${WITHIN(28)}内买过的会员`,
    window: '28 天；上一期是同一批人沉睡前最后一个有消费的 28 天',
    note: '退款后净额为零的订单不算。',
  },
  {
    id: 'aov',
    word: '客单价',
    numerator: '净付款金额',
    denominator: '订单数',
    window: '28 天；上一期是同一批人沉睡前最后一个有消费的 28 天',
    note: '只算被唤醒的会员，前后是同一批人。',
  },
  {
    id: 'lift',
    word: '增量唤醒率',
    numerator: '触达组唤醒率',
    denominator: '减去对照组唤醒率，按分层×门店逐格比较后合并',
    window: WITHIN(28),
    note: '对照组没有任务、没有礼包，她们自己回来的比例就是不做活动也会有的。区间是 95%：同样的活动做 100 次，约 95 次的区间会包含真实值。',
  },
  {
    id: 'fairScore',
    word: '公平分',
    numerator: '实际唤醒人数',
    denominator: '按同样分层组合、全连锁平均应唤醒的人数',
    window: '与榜单同期',
    note: '1.00 是和全连锁一样。人数越少，分数越向平均靠拢，运气不会把小店推到最前或最后。',
  },
];

const BY_ID = new Map(ALL.map((one) => [one.id, one]));

/** @throws Error for an id that is none, which the types prevent */
export function definitionOf(id: DefinitionId): Definition {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`no definition ${String(id)}`);
  return found;
}

/** All definitions, in the order in which a report shows them. */
export function allDefinitions(): readonly Definition[] {
  return ALL;
}

/** A rate that carries how it was counted. */
export interface DefinedRate extends Rate {
  definition: DefinitionId;
}

/** @example definedRate('execution', 7, 20) // → { numerator: 7, denominator: 20, definition: 'execution' } */
export function definedRate(definition: DefinitionId, numerator: number, denominator: number): DefinedRate {
  return { numerator, denominator, definition };
}

/**
 * A rate in one sentence, never a number without what it was made of; of nothing, it says so.
 *
 * @example rateSentence(definedRate('execution', 0, 0)) // → '执行率：还没有可以算的任务'
 */
export function rateSentence(rate: DefinedRate): string {
  const { word } = definitionOf(rate.definition);
  if (rate.denominator <= 0) return `${word}：还没有可以算的任务`;
  const percent = (Math.round((rate.numerator * 1000) / rate.denominator) / 10).toFixed(1);
  return `${word}：${rate.numerator}/${rate.denominator} = ${percent}%`;
}
