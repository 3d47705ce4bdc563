/** What went wrong with some of many things that were worked on, each for itself. */
export class SomeFailed extends Error {
  constructor(readonly failed: readonly { name: string; error: unknown }[]) {
    super(`failed: ${failed.map(({ name }) => name).join(', ')}`);
    // Whoever reads the log wants to see where, of the first at least.
    const [first] = failed;
    if (first?.error instanceof Error) this.stack = `${this.message}\n${first.error.stack ?? ''}`;
  }
}

/**
 * Works on many things one after another; the trouble of one does not keep the others from their turn. When all had theirs,
 * the failures come out as one error, so that nothing is hidden.
 *
 * @param work false = no time for the rest
 * @throws SomeFailed with the names of those that failed
 * @example await eachForItself([broken, good], ({ _id }) => _id, step); // steps good, then throws 'failed: broken'
 */
export async function eachForItself<T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
  work: (thing: T) => Promise<boolean | void>,
): Promise<void> {
  const failed: { name: string; error: unknown }[] = [];
  for (const thing of things) {
    try {
      if ((await work(thing)) === false) break;
    } catch (error) {
      failed.push({ name: nameOf(thing), error });
    }
  }
  if (failed.length > 0) throw new SomeFailed(failed);
}
