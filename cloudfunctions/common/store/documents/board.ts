import type { BoardLine, CampaignReport } from '../../../../miniprogram/contract/boards';
import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Yardstick } from '../../../../miniprogram/domain/credit/ranking';
import type { Cell, Tally, Tier } from '../../../../miniprogram/domain/credit/rollup/cell';
import type { LapseReason } from '../../../../miniprogram/domain/outreach/types';

/** Which board: a week or month (`w:2025-03-03`, `m:2025-03`) of the chain, or one campaign (`c:` and its id). */
export type BoardKey = string;
export type BoardScope = 'branch' | 'clerk' | 'region';

/**
 * What one branch has come to in one campaign, counted whole from its tasks. `_id` = `campaign|branch`. Everything a board
 * or a report shows is a sum of these.
 */
export interface CellDoc extends Cell {
  _id: string;
  campaignId: string;
  /** null = tasks that belong to no branch */
  branchId: string | null;
  /** the weeks and months in `by` */
  periods: string[];
  /** counts the changes: of two that counted at the same time, the one that read earlier does not write */
  turn: number;
}

/** One board's measure and sums. `_id` = `head|key`. */
export interface BoardHeadDoc {
  _id: string;
  kind: 'head';
  key: BoardKey;
  /** when it begins: boards of weeks to come are not ranked yet */
  startsAt: Ms;
  /** not '' = cells under it have changed since it was ranked; whoever ranks clears the mark that was read */
  stale: string;
  /** null = was never ranked */
  rankedAt: Ms | null;
  yardsticks: Record<BoardScope, Yardstick>;
  units: Record<BoardScope, number>;
  total: Tally;
  late: number;
  tiers: { tier: Tier; n: Tally }[];
  /** what the places are compared with; '' = with nothing */
  before: string;
}

/** A page of a ranked board. `_id` = `scope|key|page`. */
export interface BoardPageDoc {
  _id: string;
  kind: 'page';
  key: BoardKey;
  by: BoardScope;
  page: number;
  unitIds: string[];
  places: (number | null)[];
  rows: BoardLine[];
  /** of the rows: an unchanged page is not written again */
  hash: number;
}

/** A campaign's report as headquarters sees it. `_id` = `report|c:campaign`. */
export interface BoardReportDoc {
  _id: string;
  kind: 'report';
  key: BoardKey;
  report: CampaignReport;
}

/** Who keeps the boards up, and how far a night's rebuild has come. `_id` = `keeper`. */
export interface BoardKeeperDoc {
  _id: 'keeper';
  kind: 'keeper';
  key: '';
  leaseUntil: Ms;
  leaseKey: string;
  /** counted up to this campaign and branch; null = no rebuild is under way */
  night: { on: Day; campaignId: string; after: string } | null;
}

export type BoardDoc = BoardHeadDoc | BoardPageDoc | BoardReportDoc | BoardKeeperDoc;

/** 复盘: what a branch agreed to do about a lapse reason or a low tier. `_id` = `branch:campaign:topic`. */
export interface ReviewDoc {
  _id: string;
  branchId: string;
  campaignId: string;
  /** `reason:price` or `tier:dormant.high` */
  topic: `reason:${LapseReason}` | `tier:${Tier}`;
  action: string;
  ownerId: string;
  dueOn: Day;
  status: 'open' | 'done';
  createdAt: Ms;
  createdBy: string;
  /** the topic's share when it was agreed, and since then when it was looked at again */
  baseline: { hits: number; of: number };
  remeasured: { hits: number; of: number; at: Ms } | null;
  /** counts the changes; a stale one does not write */
  turn: number;
  requestKey: string;
}
