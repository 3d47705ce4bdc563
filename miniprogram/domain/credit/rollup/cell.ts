import type { Day, Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import type { Lifecycle, Value } from '../../membership/types';
import type { MemberOffer } from '../../offers/types';
import type { FollowUpOutcome, LapseReason, TaskStatus } from '../../outreach/types';
import type { WakeOrder } from '../wake';
import type { Period } from './periods';

/** What a row of a board counts, in this order. `concluded` = woken, or ended by a follow-up. */
export const STEPS = [
  'assigned',
  'contacted',
  'opened',
  'claimed',
  'redeemed',
  'woken',
  'optedOut',
  'concluded',
] as const;
export type Step = (typeof STEPS)[number];
/** One number for each of `STEPS`. */
export type Tally = number[];

/** The ways of counting a wake, each with its 28 days and its early read at 7, in this order. */
export const WAKE_KINDS = ['claimed', 'visited', 'redeemed', 'netPaid'] as const;
export type WakeKind = (typeof WAKE_KINDS)[number];
/** claimed 28, claimed 7, visited 28, … netPaid 7 */
export type WakeTally = number[];

/** Lifecycle and value as of entry, e.g. `dormant.high`: the stratum of every comparison. */
export type Tier = `${Lifecycle}.${Value}`;

/** A task with all that is kept elsewhere and counts for it. */
export interface CountedTask {
  arm: 'treated' | 'heldOut';
  clerkId: string | null;
  lifecycle: Lifecycle;
  value: Value;
  status: TaskStatus;
  offer: MemberOffer;
  enteredAt: Ms;
  dueOn: Day;
  contactedAt: Ms | null;
  openedAt: Ms | null;
  claimedAt: Ms | null;
  redeemedAt: Ms | null;
  wokenAt: Ms | null;
  wakeFen: Fen | null;
  followUp: { outcome: FollowUpOutcome; lapseReason: LapseReason | null; at: Ms } | null;
  /** the member's own, whenever it was */
  optedOutAt: Ms | null;
  visitDays: readonly Day[];
  /** of the first touch that stands; null = her own words; missing = no touch */
  scriptId?: string | null;
  /** what her coupons of this task took off */
  offFen: Fen;
  /** all orders of the member, where she was woken; else empty */
  orders: readonly WakeOrder[];
}

/** Purchases of the woken: members who bought, of those twice or more, orders and net money. */
export interface Purse {
  members: number;
  repeat: number;
  orders: number;
  fen: Fen;
}

/** What the wakes of one arm brought: in the 28 days after entry, and in the last 28 days in which they bought before. */
export interface ArmMoney {
  wakes: number;
  /** net money of the purchases that woke, and the sum of its squares in yuan², for its spread */
  wakeFen: Fen;
  wakeYuan2: number;
  now: Purse;
  before: Purse;
}

/** One tier of a branch: both arms, with every way of counting a wake. */
export interface TierArms {
  tier: Tier;
  treated: number;
  treatedWakes: WakeTally;
  heldOut: number;
  heldOutWakes: WakeTally;
}

/**
 * All that the boards know of one branch in one campaign. It is counted from the rows, whole, each time; sums of cells are
 * the chain's figures. Lists are sorted, so that the same rows always make the same cell.
 */
export interface Cell {
  /** per period: clerk × tier, treated only */
  by: Partial<Record<Period, { clerkId: string | null; tier: Tier; n: Tally }[]>>;
  tiers: TierArms[];
  offers: { key: string; n: Tally }[];
  /** by the script of the first touch; '' = the clerk's own words */
  scripts: { key: string; n: Tally }[];
  reasons: { key: LapseReason; n: number }[];
  outcomes: { key: FollowUpOutcome; n: number }[];
  /** tasks not yet contacted that are worked on, by clerk and due day */
  undone: { clerkId: string | null; dueOn: Day; n: number }[];
  /** what happened on each day, treated; `heldWoken` of the held-out */
  days: {
    on: Day;
    entered: number;
    contacted: number;
    claimed: number;
    redeemed: number;
    woken: number;
    heldWoken: number;
  }[];
  money: { treated: ArmMoney; heldOut: ArmMoney; coupons: number; offFen: Fen };
}

/** @example emptyTally() // → [0, 0, 0, 0, 0, 0, 0, 0] */
export function emptyTally(): Tally {
  return STEPS.map(() => 0);
}

/** One number of a tally. @example stepOf([9, 4, 0, 0, 0, 1, 0, 0], 'woken') // → 1 */
export function stepOf(tally: Tally, step: Step): number {
  return tally[STEPS.indexOf(step)] ?? 0;
}

/** One number of a wake tally. @example wakeOfTally(tally, 'netPaid', 28) */
export function wakeOfTally(tally: WakeTally, kind: WakeKind, days: 28 | 7): number {
  return tally[WAKE_KINDS.indexOf(kind) * 2 + (days === 7 ? 1 : 0)] ?? 0;
}

/** Adds the second into the first. */
export function addInto(into: number[], other: readonly number[]): void {
  for (let i = 0; i < other.length; i++) into[i] = (into[i] ?? 0) + (other[i] ?? 0);
}
