import type { ImportVerdict } from '../../contract/members';
import type { RefusedRow } from './batches';

/** How many refused rows are shown by name; the rest are counted. */
export const REFUSED_SHOWN = 20;

/** What became of a file so far, over all its calls. */
export interface Tally {
  /** rows dealt with, the refused ones too */
  rows: number;
  calls: number;
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
  calls: 0,
  added: 0,
  changed: 0,
  same: 0,
  newMembers: 0,
  newBranches: 0,
  refused: 0,
  examples: [],
};

/** Adds what one call answered. @param sent how many rows that call carried */
export function addVerdict(tally: Tally, verdict: ImportVerdict, sent: number): Tally {
  return {
    ...tally,
    rows: tally.rows + sent,
    calls: tally.calls + 1,
    added: tally.added + verdict.added,
    changed: tally.changed + verdict.changed,
    same: tally.same + verdict.same,
    newMembers: tally.newMembers + verdict.newMembers,
    newBranches: tally.newBranches + verdict.newBranches,
    refused: tally.refused + verdict.refused.length,
    examples: firstRefused(tally.examples, verdict.refused),
  };
}

/** Adds rows that never left the phone. */
export function addUnread(tally: Tally, refused: readonly RefusedRow[]): Tally {
  if (refused.length === 0) return tally;
  return {
    ...tally,
    rows: tally.rows + refused.length,
    refused: tally.refused + refused.length,
    examples: firstRefused(tally.examples, refused),
  };
}

// Calls come back in any order; the examples stay in the order of the file.
function firstRefused(known: readonly RefusedRow[], more: readonly RefusedRow[]): RefusedRow[] {
  return [...known, ...more].sort((a, b) => a.row - b.row).slice(0, REFUSED_SHOWN);
}
