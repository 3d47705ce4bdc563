import type { ImportVerdict } from '../../contract/members';
import type { RefusedRow } from './batches';

/** How many refused rows are shown by name; the rest are counted. */
export const REFUSED_SHOWN = 20;

/** What became of a file so far, over all its calls. */
export interface Tally {
  /** rows dealt with, the refused ones too */
  rows: number;
  added: number;
  changed: number;
  same: number;
  newMembers: number;
  newBranches: number;
  refused: number;
  /** the first refused rows of the file, in its order */
  examples: RefusedRow[];
}

export const EMPTY_TALLY: Tally = {
  rows: 0,
  added: 0,
  changed: 0,
  same: 0,
  newMembers: 0,
  newBranches: 0,
  refused: 0,
  examples: [],
};

export interface Counting {
  /** Adds what one call answered. @param sent how many rows that call carried */
  answered(verdict: ImportVerdict, sent: number): void;
  /** Adds rows that never left the phone. */
  unread(refused: readonly RefusedRow[]): void;
  now(): Tally;
}

/**
 * Adds up the verdicts of one file. A dry run writes nothing, so every call meets the same new member anew: new orders,
 * members and branches are counted by their numbers, each once.
 *
 * @example const counting = startCounting(); counting.answered(verdict, 300); counting.now().rows // → 300
 */
export function startCounting(): Counting {
  const added = new Set<string>();
  const newMembers = new Set<string>();
  const newBranches = new Set<string>();
  let tally = EMPTY_TALLY;

  const refuse = (refused: readonly RefusedRow[]): void => {
    if (refused.length === 0) return;
    // Calls come back in any order; the examples stay in the order of the file.
    const examples = [...tally.examples, ...refused].sort((a, b) => a.row - b.row).slice(0, REFUSED_SHOWN);
    tally = { ...tally, refused: tally.refused + refused.length, examples };
  };

  return {
    answered(verdict, sent) {
      for (const no of verdict.addedNos) added.add(no);
      for (const no of verdict.newMemberNos) newMembers.add(no);
      for (const no of verdict.newBranchNos) newBranches.add(no);
      tally = {
        ...tally,
        rows: tally.rows + sent,
        added: added.size,
        changed: tally.changed + verdict.changed,
        same: tally.same + verdict.same,
        newMembers: newMembers.size,
        newBranches: newBranches.size,
      };
      refuse(verdict.refused);
    },
    unread(refused) {
      tally = { ...tally, rows: tally.rows + refused.length };
      refuse(refused);
    },
    now: () => tally,
  };
}
