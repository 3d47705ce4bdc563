import type { CampaignPlan, MarginPreview } from '../../miniprogram/contract/campaigns';
import { sentenceOf } from '../../miniprogram/contract/failures';
import type { Failure } from '../../miniprogram/contract/failures';
import { judgedOffers, launchGuard, upliftWords } from '../../miniprogram/domain/offers/launchGuard';
import type { JudgedRung } from '../../miniprogram/domain/offers/launchGuard';
import { marginRatesOf } from '../../miniprogram/domain/offers/settings';
import type { ChainDoc } from '../common/store/documents';
import { offersOf } from '../common/store/offerSettings';

/** Every coupon of the plan judged by the chain's margins and its median basket; null where nobody told the margins. */
function judged(plan: CampaignPlan, chain: ChainDoc): JudgedRung[] | null {
  const { margin } = offersOf(chain);
  return margin && judgedOffers(plan, marginRatesOf(margin), chain.aovCut?.medianFen ?? null);
}

/** Why the plan may not go out at these margins; null when it may. */
export function marginFault(plan: CampaignPlan, chain: ChainDoc): Failure | null {
  const guarded = launchGuard(judged(plan, chain) ?? []);
  return guarded.ok ? null : guarded.failure;
}

/** What headquarters reads of it before the launch. */
export function marginShown(plan: CampaignPlan, chain: ChainDoc): MarginPreview | null {
  const rungs = judged(plan, chain);
  if (!rungs) return null;
  const guarded = launchGuard(rungs);
  const losing = rungs.some(({ uplift }) => uplift === null);
  return {
    rungs,
    uplift: losing ? null : Math.max(1, ...rungs.map(({ uplift }) => uplift ?? 1)),
    upliftWords: upliftWords(rungs),
    refusal: guarded.ok ? null : sentenceOf(guarded.failure),
  };
}
