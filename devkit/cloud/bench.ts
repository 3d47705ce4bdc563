import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { startLocalCloud, type LocalCloud } from './index';

/** One measured figure; `ratio` is this over the same done by `against`. */
export interface CloudFigure {
  bench: 'cloud';
  case: string;
  value: number;
  unit: string;
  ratio?: number;
  against?: string;
}

type Row = {
  _id: string;
  phone: string;
  branch: string;
  tier: string;
  at: Date;
  fen: number;
  tags: string[];
};

/** Documents as a chain's members are, made from their number alone. */
function member(i: number): Row {
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

const BATCH = 500;
const POINTS = 2000;
const LANES = 32;

/**
 * Measures the local cloud with `n` documents through the unmodified SDK, SDK and server in this one
 * process, each case beside the same done by lmdb alone where that has a meaning.
 *
 * @example for await (const figure of benchCloud(100_000)) console.log(JSON.stringify(figure));
 */
export async function* benchCloud(n: number): AsyncGenerator<CloudFigure> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-cloud-'));
  try {
    const alone = await lmdbAlone(join(folder, 'alone'), n);
    yield* throughSdk(join(folder, 'cloud'), n, alone);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Baseline {
  addPerSecond: number;
  getsPerSecond: number;
  pageMs: number;
  updatesPerSecond: number;
  scanMs: number;
  reopenMs: number;
}

const LMDB = 'lmdb alone';

async function* throughSdk(dataDir: string, n: number, alone: Baseline): AsyncGenerator<CloudFigure> {
  const indexes = [
    { collection: 'members', name: 'branch-at', keys: [['branch', 1], ['at', 1]] as [string, 1][] },
    { collection: 'members', name: 'phone', keys: [['phone', 1]] as [string, 1][], unique: true },
  ]; // prettier-ignore
  let cloud = await startLocalCloud({ dataDir, indexes, timers: false });
  const members = await connect(cloud);
  const { gt, gte, inc, aggregate } = members.command;
  const figure = (name: string, value: number, unit: string, base?: number): CloudFigure => ({
    bench: 'cloud',
    case: name,
    value: round(value),
    unit,
    ...(base !== undefined && { ratio: round(value / base), against: LMDB }),
  });

  const adding = await seconds(async () => {
    for (let i = 0; i < n; i += BATCH) {
      await members.collection.add(Array.from({ length: Math.min(BATCH, n - i) }, (_, k) => member(i + k)));
    }
  });
  yield figure(`add(${BATCH}), two indexes`, n / adding, 'docs/s', alone.addPerSecond);

  const ids = Array.from({ length: POINTS }, (_, i) => member((i * 48_271) % n)._id);
  const one = await seconds(() => inLanes(1, ids.slice(0, 500), (id) => members.collection.doc(id).get()));
  yield figure('point get, one at a time', (one * 1000) / 500, 'ms');
  const gets = await seconds(() => inLanes(LANES, ids, (id) => members.collection.doc(id).get()));
  yield figure(`point get, ${LANES} in flight`, POINTS / gets, '/s', alone.getsPerSecond);

  const page = await seconds(async () => {
    for (let i = 0; i < 10; i++) {
      const start = { branch: `B${i}`, at: gte(new Date(0)) };
      await members.collection.where(start).orderBy('at', 'asc').limit(1000).get();
    }
  });
  yield figure('page of 1000 by an index', (page * 1000) / 10, 'ms', alone.pageMs);

  const change = (id: string) => members.collection.where({ _id: id, fen: gt(-1) }).update({ fen: inc(1) });
  const updates = await seconds(() => inLanes(LANES, ids, change));
  yield figure(`conditional update, ${LANES} in flight`, POINTS / updates, '/s', alone.updatesPerSecond);

  const two = await seconds(() =>
    inLanes(1, ids.slice(0, 100), (_, i) =>
      members.collection
        .where({ branch: `B${i % 50}`, at: gte(member(i).at) })
        .limit(20)
        .get(),
    ),
  );
  yield figure('20 by a two-field index', (two * 1000) / 100, 'ms');

  const grouping = await seconds(() =>
    members.collection
      .aggregate()
      .match({ fen: gte(0) })
      .group({ _id: '$branch', n: aggregate.sum(1), fen: aggregate.sum('$fen') })
      .limit(100)
      .end(),
  );
  yield figure('$match + $group of all', grouping * 1000, 'ms', alone.scanMs);
  yield figure('resident memory', process.memoryUsage.rss() / 2 ** 20, 'MB');

  await cloud.close();
  yield figure('disk', bytesIn(dataDir) / 2 ** 20, 'MB');
  const reopening = await seconds(async () => {
    cloud = await startLocalCloud({ dataDir, indexes, timers: false });
  });
  yield figure('reopen', reopening * 1000, 'ms', alone.reopenMs);
  await cloud.close();
}

/** The same documents in a bare lmdb database: no index, no wire, no query language. */
async function lmdbAlone(path: string, n: number): Promise<Baseline> {
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
  const ids = Array.from({ length: POINTS }, (_, i) => member((i * 48_271) % n)._id);
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

async function connect(cloud: LocalCloud) {
  Object.assign(process.env, cloud.sdkEnvironment());
  // The SDK reads the environment while it loads.
  const sdk = await import('@cloudbase/node-sdk');
  const db = (sdk.default ?? sdk).init({ env: cloud.env }).database();
  return { collection: db.collection('members'), command: db.command };
}

async function inLanes(
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

async function seconds(act: () => unknown): Promise<number> {
  const started = performance.now();
  await act();
  return (performance.now() - started) / 1000;
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesIn(path) : statSync(path).blocks * 512);
  }, 0);
}
