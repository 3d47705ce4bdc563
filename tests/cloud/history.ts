/** One transaction (or one update outside) as its caller saw it. A version is written at most once. */
export interface Attempt {
  reads: { id: string; version: number; balance: number }[];
  writes: { id: string; over: number; version: number }[];
  outcome: 'committed' | 'rolled back' | 'conflict';
}

/**
 * What is wrong with a history under snapshot isolation, in words; nothing when it is sound.
 *
 * Lost update: two committed writes over the same version of a document, or a committed version that
 * is neither written over nor the last. Dirty read: a version read that was never committed. A read
 * repeated in one transaction must answer the same, and one that saw all `accounts` must see `total`.
 */
export function anomaliesIn(
  history: readonly Attempt[],
  final: ReadonlyMap<string, number>,
  total: number,
  accounts = final.size,
): string[] {
  const found: string[] = [];
  const committed = new Set<string>([...final.keys()].map((id) => key(id, 0)));
  const successor = new Map<string, number>();
  for (const { writes, outcome } of history) {
    if (outcome !== 'committed') continue;
    for (const { id, over, version } of writes) {
      const rival = successor.get(key(id, over));
      if (rival !== undefined)
        found.push(`lost update: ${id} ${over} was overwritten by ${rival} and ${version}`);
      successor.set(key(id, over), version);
      committed.add(key(id, version));
    }
  }
  for (const [id, last] of final) {
    let version = 0;
    for (let next = successor.get(key(id, 0)); next !== undefined; next = successor.get(key(id, version)))
      version = next;
    if (version !== last) found.push(`lost update: ${id} ends at ${last}, its writes lead to ${version}`);
  }
  for (const { reads } of history) {
    const seen = new Map<string, { version: number; balance: number }>();
    for (const { id, version, balance } of reads) {
      if (!committed.has(key(id, version))) found.push(`dirty read: ${id} ${version} was never committed`);
      const before = seen.get(id);
      if (before && before.version !== version)
        found.push(`${id} was read twice in one transaction: ${before.version}, then ${version}`);
      seen.set(id, { version, balance });
    }
    if (seen.size < accounts) continue;
    const sum = [...seen.values()].reduce((all, { balance }) => all + balance, 0);
    if (sum !== total) found.push(`torn read: all accounts together had ${sum}, not ${total}`);
  }
  return found;
}

const key = (id: string, version: number) => `${id} ${version}`;
