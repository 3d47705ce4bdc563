import { wakeOfTally } from '../rollup/cell';
import type { TierArms, WakeKind } from '../rollup/cell';
import { sampleLacking } from '../statistics/enough';
import { sampleRatio } from '../statistics/mismatch';
import { newcombe } from '../statistics/proportion';
import type { Estimate, Share } from '../statistics/proportion';
import { liftOf } from '../statistics/stratified';

/** Both arms of a campaign, over all strata. */
export interface Arms {
  treated: Share;
  heldOut: Share;
}

/** What a campaign brought beyond what would have come by itself. */
export interface Lift extends Arms {
  /** over tier × branch; null when no stratum has both arms */
  estimate: Estimate | null;
  /** the two arms taken whole, for comparison */
  plain: Estimate | null;
  /** p of the sample-ratio test, and whether it failed; null = nothing to test */
  ratio: { p: number; isMismatch: boolean; planned: number } | null;
  /** how sure one may be: the sentence says no more than this */
  verdict: 'noHoldout' | 'mismatch' | 'tooFew' | 'unclear' | 'up' | 'down';
  sentence: string;
}

/** Both arms of one tier under one way of counting. @example armsOf(tier, 'netPaid', 28).treated // → { hits: 3, of: 40 } */
export function armsOf(tier: TierArms, kind: WakeKind, days: 28 | 7): Arms {
  return {
    treated: { hits: wakeOfTally(tier.treatedWakes, kind, days), of: tier.treated },
    heldOut: { hits: wakeOfTally(tier.heldOutWakes, kind, days), of: tier.heldOut },
  };
}

const points = (share: number): string => `${(share * 100).toFixed(1)} 个百分点`;
const rateText = ({ hits, of }: Share): string =>
  of > 0 ? `${hits}/${of} = ${((hits * 100) / of).toFixed(1)}%` : '没有人';

function sentenceFor(lift: Omit<Lift, 'sentence'>): string {
  const { treated, heldOut, estimate, ratio } = lift;
  const both = `触达组 ${rateText(treated)}，对照组 ${rateText(heldOut)}。`;
  switch (lift.verdict) {
    case 'noHoldout':
      return treated.of === 0
        ? '还没有下发任务，谈不上增量。'
        : `这个活动没有可比的对照组，只知道 ${rateText(treated)} 的人回来了，不知道有多少人本来就会回来。`;
    case 'mismatch':
      return `${both}但对照组人数与设定的比例对不上（p = ${(ratio?.p ?? 0).toExponential(1)}），分组可能出了问题，增量不可信。`;
    case 'tooFew': {
      const lacking = sampleLacking(treated, heldOut)?.members;
      return `${both}人数还太少，不下结论${lacking ? `；较小的一组大约还差 ${lacking} 位` : ''}。`;
    }
    default: {
      const { value, low, high } = estimate ?? { value: 0, low: 0, high: 0 };
      const range = `95% 区间 ${(low * 100).toFixed(1)} 到 ${points(high)}`;
      if (lift.verdict === 'up')
        return `${both}增量 ${points(value)}，${range}：活动带回了本来不会回来的人。`;
      if (lift.verdict === 'down')
        return `${both}差 ${points(value)}，${range}：触达组反而更少，请先查原因。`;
      return `${both}差 ${points(value)}，${range}，包含 0：还不能说是活动带来的。`;
    }
  }
}

/**
 * The incremental wake rate (增量唤醒率): treated minus held out, compared within tier × branch and then put together. It
 * refuses to name a winner without a holdout, with a sample-ratio mismatch, below the minimum sample, and while the
 * interval holds 0.
 *
 * @param strata one for each tier of each branch
 * @param planned the share that was to be held out
 * @example liftFor([], 0.1).verdict // → 'noHoldout'
 */
export function liftFor(
  strata: readonly TierArms[],
  planned: number,
  kind: WakeKind = 'netPaid',
  days: 28 | 7 = 28,
): Lift {
  const arms = strata.map((tier) => armsOf(tier, kind, days));
  const whole = (side: keyof Arms): Share =>
    arms.reduce((sum, one) => ({ hits: sum.hits + one[side].hits, of: sum.of + one[side].of }), {
      hits: 0,
      of: 0,
    });
  const [treated, heldOut] = [whole('treated'), whole('heldOut')];
  const hasBoth = treated.of > 0 && heldOut.of > 0;
  const estimate = liftOf(arms);
  const ratio =
    planned > 0 && planned < 1 && treated.of + heldOut.of > 0
      ? { ...sampleRatio({ treated: treated.of, heldOut: heldOut.of }, planned), planned }
      : null;
  const verdict = ((): Lift['verdict'] => {
    if (!hasBoth) return ratio?.isMismatch ? 'mismatch' : 'noHoldout';
    if (ratio?.isMismatch) return 'mismatch';
    if (estimate === null || sampleLacking(treated, heldOut)) return 'tooFew';
    if (estimate.low > 0) return 'up';
    return estimate.high < 0 ? 'down' : 'unclear';
  })();
  const lift = { treated, heldOut, estimate, plain: newcombe(treated, heldOut), ratio, verdict };
  return { ...lift, sentence: sentenceFor(lift) };
}
