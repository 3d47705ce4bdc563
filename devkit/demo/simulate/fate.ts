import type { FollowUpOutcome, LapseReason } from '../../../miniprogram/domain/outreach/types';
import { answerChance, diceFor } from './truth';
import type { Contact, Truth } from './truth';

/** What comes of one contact. */
export interface Fate {
  opens: boolean;
  claims: boolean;
  /** days after the claim, 0 = the same day; null = she does not buy */
  buysInDays: number | null;
  basketFen: number;
  refundsInDays: number | null;
  optsOut: boolean;
  /** what she tells her clerk */
  outcome: FollowUpOutcome;
  lapseReason: LapseReason | null;
}

const REASONS: readonly (readonly [LapseReason, number])[] = [
  ['needChanged', 5],
  ['price', 4],
  ['moved', 2],
  ['competitor', 3],
  ['badExperience', 1],
];

/** A coupon lasts 48 hours: whoever comes does so today, tomorrow, or not with it. */
const COMES: readonly (readonly [number, number])[] = [
  [0, 5],
  [1, 5],
];

/**
 * What comes of a contact with somebody: the dice are hers and the contact's, so the order in which clerks work does not
 * matter.
 */
export function fateOf(
  truth: Truth,
  about: { memberId: string; contact: string; aovFen: number },
  contact: Contact,
): Fate {
  const dice = diceFor(truth.seed, 'fate', about.contact);
  const [answers, opensOnly] = [dice.chance(answerChance(truth, contact)), dice.chance(truth.opensOnly)];
  const claims = dice.chance(truth.claims) && answers;
  const buys = dice.chance(truth.buysAfterClaim) && claims;
  const days = dice.weighted(COMES);
  const basketFen = Math.max(1_500, Math.round(dice.around(about.aovFen * 1.15, 0.35) / 10) * 10);
  const refunds = dice.chance(truth.refunds) && buys;
  const refundsInDays = dice.whole(1, 4);
  const optsOut = dice.chance(truth.optsOut) && !answers;
  const saysWhy = dice.chance(0.3);
  const leaves = dice.chance(0.15);
  const lapseReason = dice.weighted(REASONS);
  return {
    opens: answers || opensOnly,
    claims,
    buysInDays: buys ? days : null,
    basketFen,
    refundsInDays: refunds ? refundsInDays : null,
    optsOut,
    outcome: answers ? 'willCome' : !saysWhy ? 'noReply' : leaves ? 'lostForGood' : 'notNow',
    lapseReason: answers || !saysWhy ? null : lapseReason,
  };
}
