import { stableHash } from '../../../miniprogram/domain/kernel/stableHash';
import type { Tone } from '../../../miniprogram/domain/outreach/types';
import { diceOf } from '../dice';
import type { Dice } from '../dice';

/**
 * What is true in a simulated chain, and what its boards should find out. Effects add up as log-odds, so each can be told
 * from the others. All of it follows from the seed.
 */
export interface Truth {
  seed: number;
  /** by clerk id: 0 = as good as anybody, 0.7 = twice the odds */
  clerkSkill: Readonly<Record<string, number>>;
  /** share of her list that she gets through in a day */
  diligence: Readonly<Record<string, number>>;
  toneEffect: Readonly<Record<Tone, number>>;
  /** for each tenth off: 7折 is three of them */
  tenthEffect: number;
  /** log-odds that a quiet member answers an average contact, by lifecycle */
  answers: Readonly<Record<string, number>>;
  /** share of the quiet who come back by themselves within 28 days, asked or not, by lifecycle */
  comesAnyhow: Readonly<Record<string, number>>;
  /** of those who answer */
  claims: number;
  buysAfterClaim: number;
  /** of those who do not answer */
  opensOnly: number;
  optsOut: number;
  refunds: number;
}

/** Dice for one question about one person or day: whatever else happens, in whatever order, its throws stay the same. */
export const diceFor = (seed: number, ...about: (string | number)[]): Dice =>
  diceOf(stableHash(`${seed} ${about.join(' ')}`));

/** A draw of a bell curve around 0. */
const bell = (dice: Dice, spread: number): number => Math.log(dice.around(1, spread));

/**
 * The truth of a seed.
 *
 * @example truthOf(1, ['c01']).clerkSkill['c01'] === truthOf(1, ['c01', 'c02']).clerkSkill['c01'] // → true
 */
export function truthOf(seed: number, clerkIds: readonly string[]): Truth {
  const each = (what: string, of: (dice: Dice) => number) =>
    Object.fromEntries(clerkIds.map((id) => [id, of(diceFor(seed, what, id))]));
  const tone = (name: Tone) => bell(diceFor(seed, 'tone', name), 0.35);
  return {
    seed,
    clerkSkill: each('skill', (dice) => bell(dice, 0.6)),
    diligence: each('diligence', (dice) => 0.6 + 0.4 * dice.share()),
    toneEffect: { thanks: tone('thanks'), care: tone('care'), remind: tone('remind') },
    tenthEffect: 0.12 + 0.1 * diceFor(seed, 'offer').share(),
    answers: { drowsy: -1.1, oneOrderOnly: -1.3, dormant: -1.6, lost: -2.3 },
    comesAnyhow: { drowsy: 0.09, oneOrderOnly: 0.06, dormant: 0.05, lost: 0.02 },
    claims: 0.85,
    buysAfterClaim: 0.8,
    opensOnly: 0.25,
    optsOut: 0.012,
    refunds: 0.04,
  };
}

/** One contact, as far as its effect goes. */
export interface Contact {
  clerkId: string;
  lifecycle: string;
  /** null = a call or a card without words */
  tone: Tone | null;
  /** tenths off, 3 for 7折 */
  tenthsOff: number;
}

/** The probability that she answers. @example answerChance(truth, contact) // → 0.21 */
export function answerChance(truth: Truth, { clerkId, lifecycle, tone, tenthsOff }: Contact): number {
  const odds =
    (truth.answers[lifecycle] ?? -2) +
    (truth.clerkSkill[clerkId] ?? 0) +
    (tone === null ? 0 : truth.toneEffect[tone]) +
    truth.tenthEffect * (tenthsOff - 3);
  return 1 / (1 + Math.exp(-odds));
}
