import type { Day } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { MemberRow, OrderRow } from '../domain/membership/csv/readOrder';
import type { Refill, Rhythm } from '../domain/membership/rhythm';
import type { LapsedSubTier } from '../domain/membership/subTier';
import type { Tag } from '../domain/membership/tags';
import type { AovCut, Lifecycle, Placement, TierRules, Value } from '../domain/membership/types';
import type { PastTouchRow } from '../domain/outreach/readTouch';
import type { HistoryContract } from './history';
import type { OperationsContract, OverBudget } from './operations';
import type { PeopleContract } from './people';
import type { RebuildProgress, RulesContract } from './rules';
import type { SetUpContract } from './setup';
import type { StaffContract } from './staff';

export type Role = 'hq' | 'manager' | 'clerk' | 'member' | 'stranger';

export interface Session {
  role: Role;
  name: string;
  /** null for HQ, members and strangers */
  branch: { id: string; name: string } | null;
  today: Day;
  chain: { name: string };
  /** false = no HQ account stands yet: whoever installs the system makes the first one */
  setUp: boolean;
  /** only for HQ of a chain that is being set up: she is led through its first steps */
  settingUp?: true;
}

/** Count of members per lifecycle × value; a missing cell is 0. */
export type TierMatrix = Partial<Record<Lifecycle, Partial<Record<Value, number>>>>;

export interface TierOverview {
  today: Day;
  members: number;
  matrix: TierMatrix;
  rules: TierRules;
  aovCut: AovCut | null;
  /** members whose orders came in but who have not been placed again yet */
  waiting: number;
  branches: number;
  /** new rules on their way through the members; null = all are placed by `rules` */
  rebuild: RebuildProgress | null;
  /** only where a budget stands and this month's forecast is over it */
  overBudget?: OverBudget;
}

export interface MemberBrief {
  memberId: string;
  name: string;
  phoneTail: string;
  branchName: string;
  lifecycle: Lifecycle;
  value: Value;
  lastPaidOn: Day | null;
}
export interface MemberExplained extends MemberBrief {
  placement: Placement;
  /** T6: the rule and the dates in one Chinese sentence */
  sentence: string;
  paidOrders: number;
  paidFen: Fen;
  aovFen: Fen | null;
  /** the rules that placed her */
  rulesVersion: number;
  /** null while she is awake or never bought, or while there is no median to hold one or two purchases against */
  lapsed: LapsedSubTier | null;
  /** null when neither she nor her segment has a rhythm */
  rhythm: Rhythm | null;
  refills: Refill[];
  tags: Tag[];
  visits: number;
  /** numbers that were merged into hers */
  formerNos: string[];
  optedOut: boolean;
}

/** One row of a file, already mapped to our names by the core's readers, on the phone or on the command line. */
export type { MemberRow, OrderRow } from '../domain/membership/csv/readOrder';

/** What became, or on a dry run would become, of the rows of one call. Orders are counted once, however many lines. */
export interface ImportVerdict {
  rows: number;
  added: number;
  changed: number;
  same: number;
  newMembers: number;
  newBranches: number;
  /**
   * The numbers behind `newMembers`, `newBranches` and `added`. A dry run writes nothing, so each of its calls meets the
   * same unknown member anew: whoever adds up several calls counts these distinct.
   */
  newMemberNos: string[];
  newBranchNos: string[];
  /** orders, or members in an import of members */
  addedNos: string[];
  /** rows the server refused; what the reader refused on the phone is counted there */
  refused: { row: number; reason: string }[];
}

/** How far a long job is. `finished` false = call again with the same ask. */
export interface JobProgress {
  done: number;
  total: number;
  finished: boolean;
}

export interface MembersContract
  extends RulesContract, HistoryContract, PeopleContract, StaffContract, OperationsContract, SetUpContract {
  /** who am I, and where do I belong; also for members and strangers */
  'session.open': { ask: Record<string, never>; reply: Session };
  /** HQ: the matrix lifecycle × value */
  'tier.overview': { ask: Record<string, never>; reply: TierOverview };
  /** HQ: members of one cell, 50 a page by key */
  'member.page': {
    ask: { lifecycle?: Lifecycle; value?: Value; search?: string; after?: string };
    reply: { members: MemberBrief[]; next: string | null };
  };
  /** HQ: one member's tier, explained */
  'member.explain': { ask: { memberId: string }; reply: MemberExplained };
  /** HQ. At most 100 KB a call. Re-importing the same rows changes nothing. */
  'import.orders': { ask: { rows: OrderRow[]; dryRun: boolean }; reply: ImportVerdict };
  'import.members': { ask: { rows: MemberRow[]; dryRun: boolean }; reply: ImportVerdict };
  /** HQ: past contacts, each once by member, time and channel; they count in the contact policy like any other */
  'import.touches': { ask: { rows: PastTouchRow[]; dryRun: boolean }; reply: ImportVerdict };
  /** HQ: places the members whose rows came in; call until finished */
  'import.settle': { ask: Record<string, never>; reply: JobProgress };
}
