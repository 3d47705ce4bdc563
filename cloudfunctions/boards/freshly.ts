import type { Moment } from '../common/flows/retier';
import { keepBoards } from '../common/flows/boards/keep';
import { stopAfter } from '../common/flows/stopwatch';
import { isAnythingUncounted } from '../common/store/cells';
import type { BoardHeadDoc } from '../common/store/documents';

/** In a chain of so many branches a reader counts what nobody has counted yet; in a larger one the pulse does, every minute. */
const SMALL_CHAIN = 50;
const PULSE_MISSED_MS = 90_000;
const SECONDS_FOR_IT = 4;

const isLate = (head: BoardHeadDoc | null, now: number): boolean =>
  head === null || head.rankedAt === null || now - head.rankedAt > PULSE_MISSED_MS;

/**
 * Reads figures, and once more after counting what was not counted yet, where that is quick or nobody has done it for too
 * long: a small shop sees its own act at once, a large chain within a minute. In a small chain one call besides the reading.
 *
 * @param headIn finds the board's head in what was read
 */
export async function freshly<T>(
  at: Moment,
  read: () => Promise<T>,
  headIn: (found: T) => BoardHeadDoc | null,
): Promise<T> {
  const first = await read();
  const head = headIn(first);
  if (head !== null && head.units.branch > SMALL_CHAIN && !isLate(head, at.now)) return first;
  if (head !== null && head.stale === '' && !(await isAnythingUncounted())) return first;
  await keepBoards(at, stopAfter(SECONDS_FOR_IT));
  return read();
}
