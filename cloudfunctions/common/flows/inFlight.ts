/** So many writes at once: more only queue up in the database and starve other callers. */
export const WRITES_IN_FLIGHT = 8;

/**
 * Runs `work` over all items, at most eight at a time, and keeps the order of the answers.
 *
 * @example await inFlight([1, 2, 3], async (n) => n * 2) // → [2, 4, 6]
 */
export async function inFlight<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const answers = new Array<R>(items.length);
  // One iterator shared by all lanes: whoever is free takes the next item.
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [at, item] of queue) answers[at] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(WRITES_IN_FLIGHT, items.length) }, lane));
  return answers;
}
