import type { Day, Ms } from '../kernel/day';
import type { Fen } from '../kernel/fen';

/** Where a member stands with the shop (分层), coldest last. See `LIFECYCLE_WORDS` for the Chinese. */
export type Lifecycle =
  'orderUnpaid' | 'prospect' | 'visitedNoOrder' | 'active' | 'oneOrderOnly' | 'drowsy' | 'dormant' | 'lost';

/** How long a paying member has been quiet, whatever else is true of her. */
export type QuietStage = 'awake' | 'drowsy' | 'dormant' | 'lost';

export type Value = 'high' | 'mid' | 'low';

export const LIFECYCLES: readonly Lifecycle[] = [
  'orderUnpaid',
  'prospect',
  'visitedNoOrder',
  'active',
  'oneOrderOnly',
  'drowsy',
  'dormant',
  'lost',
];
export const VALUES: readonly Value[] = ['high', 'mid', 'low'];

export const LIFECYCLE_WORDS: Record<Lifecycle, string> = {
  orderUnpaid: '下单未支付',
  prospect: '潜客',
  visitedNoOrder: '进店未下单',
  active: '活跃',
  oneOrderOnly: '一单未复购',
  drowsy: '预沉睡',
  dormant: '沉睡',
  lost: '流失',
};
export const VALUE_WORDS: Record<Value, string> = { high: '高价值', mid: '中价值', low: '普通' };

/** What tiering needs to know of one order, however it came in. */
export interface OrderFact {
  status: 'unpaid' | 'paid' | 'refunded' | 'cancelled';
  createdAt: Ms;
  paidAt: Ms | null;
  paidFen: Fen;
  /** refunded so far; an order refunded in full no longer counts as a purchase */
  refundedFen: Fen;
  branchId: string;
  clerkId: string | null;
  withCoupon: boolean;
  /** category → fen of its lines, where the source tells categories */
  categoryFen?: Record<string, Fen>;
  /** refunds as they were told: each entry is all that was refunded by then, oldest first. For replay */
  refunds?: { at: Ms; fen: Fen }[];
  /** when it was cancelled, where that was told. For replay */
  cancelledAt?: Ms | null;
  /** a purchase somebody remembers without its amount (`paidFen` is 0): it counts as one, its money is not known */
  priceUnknown?: boolean;
}

/** All purchases of one business day, net of refunds. */
export interface PurchaseDay {
  on: Day;
  orders: number;
  fen: Fen;
}

/** What a member buys of one category. */
export interface CategoryFact {
  name: string;
  orders: number;
  fen: Fen;
  lastOn: Day;
  /** median days between her purchases of it; null below three */
  gapDays: number | null;
}

/** Everything the rules read of one member; computed from her orders and visits, never typed. */
export interface MemberFacts {
  /** orders with something left after refunds */
  paidOrders: number;
  paidFen: Fen;
  firstPaidOn: Day | null;
  lastPaidOn: Day | null;
  /** purchases in the 12 months up to `lastPaidOn`, oldest first, one entry a day */
  year: PurchaseDay[];
  /** the newest order still waiting for payment */
  unpaidOn: Day | null;
  ordersWithCoupon: number;
  /** where and by whom she was last served */
  lastBranchId: string | null;
  lastClerkId: string | null;
  visits: number;
  lastVisitOn: Day | null;
  /** days on which she looked at a page of ours */
  browses: number;
  lastBrowseOn: Day | null;
  /** of `paidOrders`, those whose amount nobody told */
  unpricedOrders: number;
  /** average order value over the priced orders; null when there is none. Indexed: the chain's cut-offs are read by it */
  aovFen: Fen | null;
  /** median days between her purchase days; null below three of them. Indexed with the value tier */
  gapDays: number | null;
  /** the categories she spent most on, at most five, most first */
  categories: CategoryFact[];
  /** purchases in spring (March to May), summer, autumn, winter */
  seasons: [number, number, number, number];
}

export type PresetName = 'retail' | 'maternity' | 'daily';

/** The chain's own definition of dormancy and value. Saved rules are versioned and never changed. */
export interface TierRules {
  version: number;
  preset: PresetName | 'custom';
  /** coldest first: a member takes the first stage she has been quiet long enough for */
  ladder: { stage: Exclude<QuietStage, 'awake'>; months: number }[];
  /** exactly one purchase and quiet for more than this many days → oneOrderOnly */
  repurchaseDays: number;
  /** an unpaid order counts for this many days */
  unpaidDays: number;
  value:
    | { by: 'frequency'; orders: number; months: number; topShare: number }
    | { by: 'annualSpend'; highFen: Fen; midFen: Fen };
  /** how many days a category lasts (奶粉 30), for refill reminders; her own rhythm wins where it is known */
  cycles?: Record<string, number>;
}

/** The chain-wide average-order-value cut-off that value by frequency compares with; computed once per rebuild. */
export interface AovCut {
  /** a member at or above it is in the top share */
  fen: Fen;
  computedOn: Day;
  /** how many members it was computed over */
  members: number;
  /** the median of the same averages, for the lapsed sub-tier */
  medianFen?: Fen;
}

/** How often members of each value tier buy: median days between purchases, for those too new to have a rhythm. */
export interface ChainRhythm {
  computedOn: Day;
  days: Partial<Record<Value, number>>;
}

/** Where the rules put one member, and the day on which the calendar alone would move her. */
export interface Placement {
  lifecycle: Lifecycle;
  /** null while she has never paid */
  quiet: QuietStage | null;
  value: Value;
  /** the next day on which lifecycle, quiet or value may change without any event; null = never */
  changesOn: Day | null;
  rulesVersion: number;
}
