import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { SlotCount } from '../../../../miniprogram/domain/outreach/bestTime';
import type { BranchRow } from '../../../../miniprogram/domain/outreach/radar/radar';

/**
 * What a branch is measured by, so that no page reads its members: computed anew once a week. `_id` = the branch. Whoever
 * computes it writes all of it; a missing one is computed by the next timer.
 */
export interface BranchMeasuresDoc {
  _id: string;
  at: Ms;
  row: BranchRow;
  /** touches of the last 90 days by weekday and hour */
  slots: SlotCount[];
  /** by script: what came of it in this branch in the last 90 days, and the words that worked best */
  scripts: ScriptMeasure[];
}

export interface ScriptMeasure {
  scriptId: string;
  sent: number;
  answered: number;
  /** the customer's name is left out of it; null below the least numbers */
  best: { text: string; outcome: 'woken' | 'redeemed' | 'claimed' | 'opened' } | null;
}
