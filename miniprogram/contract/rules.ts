import type { Day, Ms } from '../domain/kernel/day';
import type { AovCut, Lifecycle, TierRules, Value } from '../domain/membership/types';

/** Rules as HQ edits them; saving gives them their version. */
export type DraftRules = Omit<TierRules, 'version'>;

export interface RulesVersion {
  rules: TierRules;
  savedAt: Ms;
  /** name of who saved them */
  savedBy: string;
  note: string;
}

export interface Cell {
  lifecycle: Lifecycle;
  value: Value;
}

/** So many members stand in one field before and in the other after. */
export interface TierMove {
  from: Cell;
  to: Cell;
  members: number;
}

/** One of them by name, with the sentence of each side. */
export interface MoveExample {
  memberId: string;
  name: string;
  phoneTail: string;
  from: Cell;
  to: Cell;
  before: string;
  after: string;
}

/** One page of a comparison over many members; whoever asks adds the pages up. */
export interface MovesPage {
  /** members looked at on this page, and in all */
  read: number;
  total: number;
  /** only those who move */
  moves: TierMove[];
  /** at most ten a page, of different moves where there are any */
  examples: MoveExample[];
  /** ask again with this; null = that was all */
  next: string | null;
}

/** A long job of several parts, as one. */
export interface RebuildProgress {
  rulesVersion: number;
  done: number;
  total: number;
  changed: number;
  finished: boolean;
  parts: { part: number; done: number; total: number; finished: boolean }[];
}

/** A night, or a rebuild, that is over. */
export interface RunShown {
  id: string;
  job: 'nightly' | 'rebuild';
  on: Day;
  at: Ms;
  ms: number;
  read: number;
  changed: number;
  moves: { from: Lifecycle; to: Lifecycle; members: number }[];
  left: number;
}

export interface JobsShown {
  /** null = none is running */
  rebuild: RebuildProgress | null;
  /** members whose rows came in and who are not placed yet */
  waiting: number;
  /** members whom the calendar moves and the night has not read yet */
  due: number;
  /** newest first, at most 20 */
  runs: RunShown[];
}

export interface BranchTiers {
  branchId: string;
  name: string;
  members: number;
  counts: Partial<Record<Lifecycle, number>>;
}

export interface TrendPoint {
  on: Day;
  counts: Partial<Record<Lifecycle, number>>;
}

export interface RulesContract {
  /** HQ: the rules in force and all earlier versions, newest first */
  'rules.list': { ask: Record<string, never>; reply: { current: number; versions: RulesVersion[] } };
  /**
   * HQ: what a draft would change, 1000 members a page; nothing is written. The cut-off of the draft is answered with
   * the first page and handed in with the others, so that all pages go by the same.
   */
  'rules.preview': {
    ask: { rules: DraftRules; after: string | null; aovCut?: AovCut | null };
    reply: MovesPage & { aovCut: AovCut | null };
  };
  /** HQ: saves the draft as the next version and begins the rebuild; refused when somebody saved another one since */
  'rules.save': { ask: { rules: DraftRules; basedOn: number; note: string }; reply: RebuildProgress };
  /** HQ: works on a free part of the rebuild for some seconds; several may ask at once, each gets a part of its own */
  'rebuild.step': { ask: Record<string, never>; reply: RebuildProgress };
  /** HQ: what is running and what ran */
  'jobs.list': { ask: Record<string, never>; reply: JobsShown };
  /** HQ: members of each branch by lifecycle, largest first, `next` = ask again */
  'tier.branches': {
    ask: { after?: string };
    reply: { branches: BranchTiers[]; next: string | null };
  };
  /** HQ: the chain night by night, oldest first */
  'tier.trend': { ask: { days: 30 | 90 | 365 }; reply: { points: TrendPoint[] } };
}
