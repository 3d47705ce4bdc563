/**
 * Runs load → decide → conditional write again when another writer came between, at most twice more.
 *
 * @param attempt answers null when its conditional write found the document changed
 * @returns null when it lost all three times; the caller then says `busy`
 */
export async function againWhenRaced<T>(attempt: () => Promise<T | null>): Promise<T | null> {
  for (let turn = 0; turn < 3; turn++) {
    const result = await attempt();
    if (result !== null) return result;
  }
  return null;
}
