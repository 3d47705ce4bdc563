import type { Cell, MoveExample, MovesPage, TierMove } from '../../contract/rules';

/** Of one move at most so many examples are kept: ten of the same say less than ten of different ones. */
const EXAMPLES_A_MOVE = 3;

/** A comparison over many members, as far as its pages came in. */
export interface MovesSum {
  read: number;
  total: number;
  /** members who stand elsewhere afterwards */
  moved: number;
  /** most members first */
  moves: TierMove[];
  /** some of each move, in the order they came */
  examples: MoveExample[];
}

export const NO_MOVES: MovesSum = { read: 0, total: 0, moved: 0, moves: [], examples: [] };

const keyOf = (from: Cell, to: Cell): string => `${from.lifecycle}/${from.value}>${to.lifecycle}/${to.value}`;

/**
 * Adds one page to what was read before. The pages may come in any order.
 *
 * @example addPage(NO_MOVES, { read: 1000, total: 4800, moves: [{ from, to, members: 12 }], examples: [], next }).moved // → 12
 */
export function addPage(sum: MovesSum, page: MovesPage): MovesSum {
  const byMove = new Map(sum.moves.map((move) => [keyOf(move.from, move.to), move]));
  for (const move of page.moves) {
    const key = keyOf(move.from, move.to);
    byMove.set(key, { ...move, members: move.members + (byMove.get(key)?.members ?? 0) });
  }
  const moves = [...byMove.values()].sort((a, b) => b.members - a.members);
  const kept = new Map<string, number>();
  const examples = [...sum.examples, ...page.examples].filter((example) => {
    const key = keyOf(example.from, example.to);
    const before = kept.get(key) ?? 0;
    kept.set(key, before + 1);
    return before < EXAMPLES_A_MOVE;
  });
  return {
    read: sum.read + page.read,
    // Members may be added while the pages are read.
    total: Math.max(sum.total, page.total),
    moved: moves.reduce((all, move) => all + move.members, 0),
    moves,
    examples,
  };
}

/**
 * A few named examples: one of each move first, the largest moves before the others, then a second of each.
 *
 * @example examplesOf(sum, 10).length // → at most 10
 */
export function examplesOf(sum: MovesSum, most: number): MoveExample[] {
  const byMove = sum.moves.map((move) =>
    sum.examples.filter((each) => keyOf(each.from, each.to) === keyOf(move.from, move.to)),
  );
  const rounds = Array.from({ length: EXAMPLES_A_MOVE }, (_, round) =>
    byMove.flatMap((examples) => examples.slice(round, round + 1)),
  );
  return rounds.flat().slice(0, most);
}
