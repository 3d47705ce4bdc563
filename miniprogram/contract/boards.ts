import type { Day } from '../domain/kernel/day';
import type { BoardCounts, BoardRow } from '../domain/credit/types';

export interface Board {
  today: Day;
  campaign: { campaignId: string; name: string; startsOn: Day; endsOn: Day } | null;
  campaigns: { campaignId: string; name: string }[];
  /** the definition every rate on this page follows, in one sentence */
  definition: string;
  rows: BoardRow[];
  /** the caller's own row, also when it is far down */
  ownId: string | null;
  total: BoardCounts;
}

export interface BoardsContract {
  /** manager and HQ: all branches; clerk: all branches, own pinned. Missing campaignId = the newest. */
  'board.branches': { ask: { campaignId?: string }; reply: Board };
  /** manager: own branch's clerks; HQ: any branch; clerk: own branch */
  'board.clerks': { ask: { campaignId?: string; branchId?: string }; reply: Board };
}
