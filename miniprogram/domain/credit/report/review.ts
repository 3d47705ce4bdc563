import { LAPSE_REASON_WORDS } from '../../outreach/types';
import type { LapseReason } from '../../outreach/types';
import { stepOf } from '../rollup/cell';
import type { Tally, Tier } from '../rollup/cell';
import type { Yardstick } from '../ranking';
import { LEAST_MEMBERS } from '../statistics/enough';
import { wilson } from '../statistics/proportion';

/** One bar of the Pareto of lapse reasons (流失原因). */
export interface ReasonBar {
  reason: LapseReason;
  word: string;
  count: number;
  /** of all reasons told */
  of: number;
  /** of the reasons up to and with this one, 0 to 1 */
  upTo: number;
  /** together with those before it makes up 80 % */
  isVital: boolean;
}

/**
 * Lapse reasons by how often they were told, the most frequent first; those that make up the first 80 % are the few that
 * matter: Juran, "Quality Control Handbook" (1951), the Pareto principle.
 *
 * @example paretoOf([{ key: 'price', n: 8 }, { key: 'moved', n: 2 }])[0] // → price, 8 of 10, vital
 */
export function paretoOf(reasons: readonly { key: LapseReason; n: number }[]): ReasonBar[] {
  const of = reasons.reduce((sum, { n }) => sum + n, 0);
  const sorted = reasons.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
  let before = 0;
  return sorted.map(({ key, n }) => {
    const isVital = before < 0.8 * of;
    before += n;
    return { reason: key, word: LAPSE_REASON_WORDS[key], count: n, of, upTo: before / of, isVital };
  });
}

/** What can be done about a reason; the first thing to try. */
export const FIRST_STEP: Record<LapseReason, string> = {
  needChanged: '先换品类：按她现在的需要推新品，不再推她以前买的。',
  badExperience: '先修体验：店长亲自回访，把差评里的事改掉再联系。',
  competitor: '先讲不同：话术里说清本店有而别家没有的，不拼折扣。',
  moved: '先问新住处：转给近的门店，或者改成邮寄。',
  price: '先看优惠：试小包装或试用装，不急着加深折扣。',
  other: '先问清楚：跟进时把“其他”写成一句话，下周再看。',
};

/** A tier that wakes less than elsewhere, with what to change first. */
export interface LowTier {
  tier: Tier;
  woken: number;
  assigned: number;
  /** the chain's rate for the tier */
  chainRate: number;
  suggestion: string;
}

/** Which step of the funnel loses the most against the chain, and what to change there. */
const STEP_ADVICE: readonly {
  from: 'assigned' | 'contacted' | 'opened' | 'claimed' | 'redeemed';
  to: 'contacted' | 'opened' | 'claimed' | 'redeemed' | 'woken';
  advice: string;
}[] = [
  { from: 'assigned', to: 'contacted', advice: '先补联系：很多人还没联系到，先把逾期的做完' },
  { from: 'contacted', to: 'opened', advice: '先换话术：联系了但没人打开，换开头一句和语气' },
  { from: 'opened', to: 'claimed', advice: '先看礼包：打开了不领，优惠对这一层可能不够或不对' },
  { from: 'claimed', to: 'redeemed', advice: '先提醒到店：领了没来，到期前提醒，帮她约时间' },
  { from: 'redeemed', to: 'woken', advice: '先核收银：核销了没有净付款，看看退款和订单回传' },
];

/**
 * The tiers of a branch that wake clearly less than in the chain: the upper end of their interval lies below the chain's
 * rate. Tiers with fewer than 30 members are not judged. The suggestion names the step at which this branch loses most
 * against the chain.
 *
 * @param chain tallies by tier of the whole chain
 */
export function lowTiersOf(
  own: readonly { tier: Tier; n: Tally }[],
  chain: readonly { tier: Tier; n: Tally }[],
): LowTier[] {
  return own.flatMap(({ tier, n }): LowTier[] => {
    const all = chain.find((one) => one.tier === tier)?.n;
    const [assigned, woken] = [stepOf(n, 'assigned'), stepOf(n, 'woken')];
    if (!all || assigned < LEAST_MEMBERS) return [];
    const chainRate = stepOf(all, 'woken') / stepOf(all, 'assigned');
    const interval = wilson({ hits: woken, of: assigned });
    if (!interval || interval.high >= chainRate) return [];
    return [{ tier, woken, assigned, chainRate, suggestion: adviceFor(n, all) }];
  });
}

function adviceFor(own: Tally, chain: Tally): string {
  const passing = (n: Tally, { from, to }: (typeof STEP_ADVICE)[number]): number =>
    stepOf(n, from) > 0 ? stepOf(n, to) / stepOf(n, from) : 1;
  let worst = STEP_ADVICE[0];
  let least = Infinity;
  for (const step of STEP_ADVICE) {
    const there = passing(chain, step);
    const ratio = there > 0 ? passing(own, step) / there : 1;
    if (ratio < least) [worst, least] = [step, ratio];
  }
  return `${worst?.advice ?? ''}。`;
}

/** @example rateIn(yardstick.rates, 'dormant.high') // → 0.12 */
export function rateIn(rates: Yardstick['rates'], tier: Tier): number | null {
  const rate = rates[tier];
  return rate && rate.assigned > 0 ? rate.woken / rate.assigned : null;
}

/** Did something agreed on in a review (复盘) help? Before and after, of the same thing. */
export function remeasured(
  before: { hits: number; of: number },
  after: { hits: number; of: number },
): string {
  const share = ({ hits, of }: { hits: number; of: number }) =>
    of > 0 ? `${hits}/${of} = ${((hits * 100) / of).toFixed(1)}%` : '还没有';
  const told = `定的时候 ${share(before)}，之后 ${share(after)}`;
  if (after.of === 0) return `${told}：还没有新的数，过几天再看。`;
  if (before.of < LEAST_MEMBERS || after.of < LEAST_MEMBERS) return `${told}：人数少，只作参考。`;
  const [was, is] = [wilson(before), wilson(after)];
  if (was && is && is.low > was.high) return `${told}：明显上升。`;
  if (was && is && is.high < was.low) return `${told}：明显下降。`;
  return `${told}：变化还在偶然之内。`;
}
