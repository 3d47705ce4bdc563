import { open } from 'lmdb';

export type Row = {
  _id: string;
  phone: string;
  branch: string;
  tier: string;
  at: Date;
  fen: number;
  tags: string[];
};

/** Documents as a chain's members are, made from their number alone. */
export function member(i: number): Row {
  return {
    _id: `m${String(i).padStart(8, '0')}`,
    phone: `138${String(i).padStart(8, '0')}`,
    branch: `B${(i * 7919) % 50}`,
    tier: ['active', 'drowsy', 'dormant', 'deep'][(i * 31) % 4] as string,
    at: new Date(1_700_000_000_000 + ((i * 2_654_435_761) % 31_536_000) * 1000),
    fen: (i * 104_729) % 200_000,
    tags: i % 3 === 0 ? ['price'] : ['new', 'gift'],
  };
}

export const BATCH = 500;
export const POINTS = 2000;
export const LANES = 32;

/** What bare lmdb does with the same documents on the same disk. */
export interface Baseline {
  addPerSecond: number;
  getsPerSecond: number;
  pageMs: number;
  updatesPerSecond: number;
  scanMs: number;
  reopenMs: number;
}

/** The same documents in a bare lmdb database: no index, no wire, no query language. */
export async function lmdbAlone(path: string, n: number): Promise<Baseline> {
  const options = { path, mapSize: 16 * 2 ** 30, sharedStructuresKey: Symbol.for('structures') };
  let db = open<Row, string>(options);
  const adding = await seconds(async () => {
    for (let i = 0; i < n; i += BATCH) {
      db.transactionSync(() => {
        for (let k = i; k < Math.min(i + BATCH, n); k++) void db.put(member(k)._id, member(k));
      });
      await db.flushed;
    }
  });
  const ids = pointIds(n);
  const gets = await seconds(() => ids.forEach((id) => db.get(id)));
  const page = await seconds(() => [...db.getRange({ limit: 1000 })].length);
  const updates = await seconds(async () => {
    for (let i = 0; i < ids.length; i += LANES) {
      db.transactionSync(() => {
        for (const id of ids.slice(i, i + LANES)) {
          const row = db.get(id);
          if (row) void db.put(id, { ...row, fen: row.fen + 1 });
        }
      });
      await db.flushed;
    }
  });
  let sum = 0;
  const scan = await seconds(() => {
    for (const { value } of db.getRange({})) sum += value.fen;
  });
  if (!(sum >= 0)) throw new Error('the scan went wrong');
  await db.close();
  const reopen = await seconds(() => {
    db = open<Row, string>(options);
  });
  await db.close();
  return {
    addPerSecond: n / adding,
    getsPerSecond: POINTS / gets,
    pageMs: page * 1000,
    updatesPerSecond: POINTS / updates,
    scanMs: scan * 1000,
    reopenMs: reopen * 1000,
  };
}

/** Ids spread over all documents. */
export const pointIds = (n: number): string[] =>
  Array.from({ length: POINTS }, (_, i) => member((i * 48_271) % n)._id);

/** Does `act` for every id, so many at a time. */
export async function inLanes(
  lanes: number,
  ids: string[],
  act: (id: string, i: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < ids.length; i = next++) await act(ids[i] as string, i);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

export async function seconds(act: () => unknown): Promise<number> {
  const started = performance.now();
  await act();
  return (performance.now() - started) / 1000;
}
