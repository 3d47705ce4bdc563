import { omit } from 'lodash-es';
import type { QuietStage } from '../membership/types';
import type { GiftOffer, LadderStep, MemberOffer } from './types';

/** Retail's usual ladder (阶梯): 8折, 7折, 6折 by how long the member has been away; no minimum, at most ¥100 off. */
export const RETAIL_LADDER: LadderStep[] = [
  { stage: 'drowsy', rule: { kind: 'percent', pay: 80, minFen: 0, capFen: 10_000 } },
  { stage: 'dormant', rule: { kind: 'percent', pay: 70, minFen: 0, capFen: 10_000 } },
  { stage: 'lost', rule: { kind: 'percent', pay: 60, minFen: 0, capFen: 10_000 } },
];

const COLDNESS: Record<QuietStage, number> = { awake: 0, drowsy: 1, dormant: 2, lost: 3 };

/**
 * What this campaign gives a member who was this cold at entry: the coldest step she has reached, whatever order the
 * steps are written in. A ladder that ends at `dormant` gives the lost the dormant step. Answers null when she has
 * reached no step, and for those who never paid: a return offer needs something to return to.
 *
 * @example offerFor({ title: '回归礼包', ladder: RETAIL_LADDER, validHours: 48, trial: null }, 'lost')?.rule // → pay: 60
 */
export function offerFor(offer: GiftOffer, quiet: QuietStage | null): MemberOffer | null {
  if (quiet === null) return null;
  let best: LadderStep | null = null;
  for (const step of offer.ladder) {
    if (COLDNESS[step.stage] > COLDNESS[quiet]) continue;
    if (best === null || COLDNESS[step.stage] > COLDNESS[best.stage]) best = step;
  }
  if (best === null) return null;
  return { ...omit(offer, 'ladder'), rule: best.rule };
}
