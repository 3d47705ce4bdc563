import type { DefinedRate, DefinitionId } from '../definitions';
import { definedRate } from '../definitions';
import { addInto, emptyTally, stepOf, wakeOfTally, WAKE_KINDS } from '../rollup/cell';
import type { Purse, Step, Tally, TierArms } from '../rollup/cell';
import { wilson } from '../statistics/proportion';
import type { Estimate } from '../statistics/proportion';

/** One step of the funnel (漏斗), of what was issued. */
export interface FunnelStep {
  step: Step;
  word: string;
  rate: DefinedRate | null;
  count: number;
}

const FUNNEL: readonly { step: Step; word: string; definition: DefinitionId | null }[] = [
  { step: 'assigned', word: '下发', definition: null },
  { step: 'contacted', word: '已联系', definition: 'step.contacted' },
  { step: 'opened', word: '已打开', definition: 'step.opened' },
  { step: 'claimed', word: '已领取', definition: 'step.claimed' },
  { step: 'redeemed', word: '已核销', definition: 'step.redeemed' },
  { step: 'woken', word: '净付款', definition: 'wake.netPaid.28' },
  { step: 'optedOut', word: '退订', definition: 'step.optedOut' },
];

/** @example funnelOf(tally)[1] // → { step: 'contacted', word: '已联系', count: 30, rate: 30/40 } */
export function funnelOf(n: Tally): FunnelStep[] {
  const assigned = stepOf(n, 'assigned');
  return FUNNEL.map(({ step, word, definition }) => ({
    step,
    word,
    count: stepOf(n, step),
    rate: definition && definedRate(definition, stepOf(n, step), assigned),
  }));
}

/** Every way of counting a wake, of both arms. The held-out are given nothing to claim or redeem: null. */
export interface WakeReading {
  definition: DefinitionId;
  treated: DefinedRate;
  heldOut: DefinedRate | null;
}

/** @example wakeReadings(tiers)[0]?.definition // → 'wake.claimed.28' */
export function wakeReadings(tiers: readonly TierArms[]): WakeReading[] {
  const sum = (pick: (tier: TierArms) => number): number => tiers.reduce((all, tier) => all + pick(tier), 0);
  const treated = sum((tier) => tier.treated);
  const heldOut = sum((tier) => tier.heldOut);
  return WAKE_KINDS.flatMap((kind) =>
    ([28, 7] as const).map((days): WakeReading => {
      const definition: DefinitionId = `wake.${kind}.${days}`;
      return {
        definition,
        treated: definedRate(
          definition,
          sum((tier) => wakeOfTally(tier.treatedWakes, kind, days)),
          treated,
        ),
        heldOut:
          kind === 'claimed' || kind === 'redeemed'
            ? null
            : definedRate(
                definition,
                sum((tier) => wakeOfTally(tier.heldOutWakes, kind, days)),
                heldOut,
              ),
      };
    }),
  );
}

/** A row of a breakdown: so many of so many woke, with its own interval. */
export interface Slice {
  key: string;
  n: Tally;
  interval: Estimate | null;
}

/** @example slicesOf([{ key: '7折', n }])[0]?.interval // → { value: 0.1, low: 0.05, high: 0.19 } */
export function slicesOf(rows: readonly { key: string; n: Tally }[]): Slice[] {
  return rows
    .map(({ key, n }) => ({
      key,
      n,
      interval: roundedEstimate(wilson({ hits: stepOf(n, 'woken'), of: stepOf(n, 'assigned') })),
    }))
    .sort((a, b) => stepOf(b.n, 'assigned') - stepOf(a.n, 'assigned') || (a.key < b.key ? -1 : 1));
}

/** The rest of a breakdown under one key. */
export const REST = '…';

/**
 * A breakdown's largest rows, and all others together where there are more than one: a tail of rows with three members each
 * tells nothing but chance.
 *
 * @example largestOf([a, b, c, d], 2).map(({ key }) => key) // → ['a', 'b', '…']
 */
export function largestOf(
  rows: readonly { key: string; n: Tally }[],
  shown: number,
): { rows: { key: string; n: Tally }[]; others: number } {
  const sorted = [...rows].sort(
    (a, b) => stepOf(b.n, 'assigned') - stepOf(a.n, 'assigned') || (a.key < b.key ? -1 : 1),
  );
  if (sorted.length <= shown + 1) return { rows: sorted, others: 0 };
  const n = emptyTally();
  for (const other of sorted.slice(shown)) addInto(n, other.n);
  return { rows: [...sorted.slice(0, shown), { key: REST, n }], others: sorted.length - shown };
}

const to4 = (value: number): number => Number(value.toFixed(4));
/** To four digits, for the wire. @example roundedEstimate({ value: 1 / 3, low: 0, high: 1 }) // → { value: 0.3333, low: 0, high: 1 } */
export function roundedEstimate(estimate: Estimate | null): Estimate | null {
  return estimate && { value: to4(estimate.value), low: to4(estimate.low), high: to4(estimate.high) };
}

/** How the woken buy now and bought before; the sentences refuse where one of the two periods is empty. */
export interface Habits {
  aov: { now: DefinedRate; before: DefinedRate; sentence: string };
  repurchase: { now: DefinedRate; before: DefinedRate; sentence: string };
}

const yuanOf = (fen: number, orders: number): string => `¥${(fen / orders / 100).toFixed(2)}`;

/** @example habitsOf({ now: { members: 0, … }, before }).aov.sentence // → '这批人还没有净付款的订单，客单价暂时没有。' */
export function habitsOf({ now, before }: { now: Purse; before: Purse }): Habits {
  const repurchase = {
    now: definedRate('repurchase', now.repeat, now.members),
    before: definedRate('repurchase', before.repeat, before.members),
  };
  const rate = ({ repeat, members }: Purse): string =>
    `${repeat}/${members} = ${((repeat * 100) / members).toFixed(1)}%`;
  return {
    aov: {
      now: definedRate('aov', now.fen, now.orders),
      before: definedRate('aov', before.fen, before.orders),
      sentence: aovSentence(now, before),
    },
    repurchase: {
      ...repurchase,
      sentence:
        now.members === 0
          ? '还没有人被唤醒，复购率暂时没有。'
          : before.members === 0
            ? `复购率 ${rate(now)}；她们以前没有订单，比不出变化。`
            : `复购率 ${rate(now)}，沉睡前最后一个有消费的 28 天是 ${rate(before)}。`,
    },
  };
}

function aovSentence(now: Purse, before: Purse): string {
  if (now.orders === 0) return '这批人还没有净付款的订单，客单价暂时没有。';
  const is = `客单价 ${yuanOf(now.fen, now.orders)}（${now.orders} 单）`;
  if (before.orders === 0) return `${is}；她们以前没有订单，比不出变化。`;
  const [one, other] = [now.fen / now.orders, before.fen / before.orders];
  if (other === 0) return `${is}；她们以前的订单没有金额，比不出变化。`;
  const change = ((one - other) / other) * 100;
  const few = now.orders < 20 ? '单数少，只作参考。' : '';
  return `${is}，同一批人沉睡前是 ${yuanOf(before.fen, before.orders)}（${before.orders} 单），${change >= 0 ? '高' : '低'} ${Math.abs(change).toFixed(1)}%。${few}`;
}

/** Cumulative wakes by day, both arms, for the trend. */
export interface TrendPoint {
  on: string;
  treated: Estimate | null;
  heldOut: Estimate | null;
}

/**
 * How the wake rates of both arms grew, with Wilson's interval around each. The denominators are all that entered, so the
 * line only rises, and ends at the report's own figure.
 */
export function trendOf(
  days: readonly { on: string; woken: number; heldWoken: number }[],
  treated: number,
  heldOut: number,
): TrendPoint[] {
  let [woken, heldWoken] = [0, 0];
  return days.map((one) => {
    woken += one.woken;
    heldWoken += one.heldWoken;
    return {
      on: one.on,
      treated: roundedEstimate(wilson({ hits: woken, of: treated })),
      heldOut: roundedEstimate(wilson({ hits: heldWoken, of: heldOut })),
    };
  });
}
