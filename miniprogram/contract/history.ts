import type { Day } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { Lifecycle, QuietStage, Value } from '../domain/membership/types';
import type { MovesPage } from './rules';

export type TimelineKind =
  'tier' | 'paid' | 'refunded' | 'unpaid' | 'cancelled' | 'visit' | 'browse' | 'touch' | 'coupon' | 'merged';

/** Something that happened to a member, or a tier that the calendar moved her to. */
export interface TimelineEntry {
  on: Day;
  kind: TimelineKind;
  /** e.g. 满6个月未消费，转为沉睡 */
  text: string;
  fen?: Fen;
  /** where she stood from then on; on entries of kind `tier` */
  tier?: { lifecycle: Lifecycle; value: Value };
}

export interface MemberTimeline {
  memberId: string;
  name: string;
  phoneTail: string;
  lifecycle: Lifecycle;
  value: Value;
  /** today's sentence */
  sentence: string;
  /** the rules that placed her */
  rulesVersion: number;
  /** newest first */
  entries: TimelineEntry[];
  /** older ones: ask with `before` = this */
  next: Day | null;
}

/** Where a member stood on a day, by the orders that had happened and the rules that held by then. */
export interface Replayed {
  on: Day;
  lifecycle: Lifecycle;
  value: Value;
  quiet: QuietStage | null;
  sentence: string;
  rulesVersion: number;
  paidOrders: number;
  paidFen: Fen;
}

export interface HistoryContract {
  /** HQ: any; manager: of her branch; clerk: hers */
  'member.timeline': { ask: { memberId: string; before?: Day }; reply: MemberTimeline };
  /** as above: where she stood at the end of a past day */
  'member.replay': { ask: { memberId: string; on: Day }; reply: Replayed };
  /** as above: two days and what lay between them, one sentence each */
  'member.diff': {
    ask: { memberId: string; from: Day; to: Day };
    reply: { from: Replayed; to: Replayed; because: string[] };
  };
  /** HQ: any branch; manager: her own. Pages of members; whoever asks adds them up */
  'branch.diff': {
    ask: { branchId: string; from: Day; to: Day; after: string | null };
    reply: MovesPage;
  };
}
