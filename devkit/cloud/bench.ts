import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BATCH, inLanes, LANES, lmdbAlone, member, pointIds, POINTS, seconds } from './bench-baseline';
import type { Baseline } from './bench-baseline';

/** One measured figure; `ratio` is this over the same done by `against`. */
export interface CloudFigure {
  bench: 'cloud';
  case: string;
  value: number;
  unit: string;
  ratio?: number;
  against?: string;
  goal?: string;
}

const LMDB = 'lmdb alone';
const SDK = 'the SDK with a server that answers at once';
const INDEXES = [
  { collection: 'members', name: 'branch-at', keys: [['branch', 1], ['at', 1]] },
  { collection: 'members', name: 'phone', keys: [['phone', 1]], unique: true },
]; // prettier-ignore

/**
 * Measures the local cloud with `n` documents through the unmodified SDK, the cloud in a process of
 * its own: each case beside the same done by lmdb alone, and the small ones beside what the SDK
 * itself costs. At the end the process is killed, and opened again.
 *
 * @example for await (const figure of benchCloud(100_000)) console.log(JSON.stringify(figure));
 */
export async function* benchCloud(n: number): AsyncGenerator<CloudFigure> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-cloud-'));
  try {
    const alone = await lmdbAlone(join(folder, 'alone'), n);
    const bare = await sdkAlone(n);
    yield* throughSdk(join(folder, 'cloud'), n, alone, bare);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* throughSdk(
  dataDir: string,
  n: number,
  alone: Baseline,
  bare: number,
): AsyncGenerator<CloudFigure> {
  const size = n % 1_000_000 === 0 ? `${n / 1_000_000}M` : `${n / 1000}k`;
  const figure = (
    name: string,
    value: number,
    unit: string,
    base?: number,
    against = LMDB,
    goal?: string,
  ): CloudFigure => ({
    bench: 'cloud',
    case: `${size}: ${name}`,
    value: round(value),
    unit,
    ...(base !== undefined && { ratio: round(value / base), against }),
    ...(goal !== undefined && { goal }),
  });
  let server = await startServer(dataDir);
  try {
    const members = await connect(server);
    const { gt, gte, inc, aggregate } = members.command;
    const adding = await seconds(async () => {
      for (let i = 0; i < n; i += BATCH) {
        await members.collection.add(Array.from({ length: Math.min(BATCH, n - i) }, (_, k) => member(i + k)));
      }
    });
    yield figure(`add(${BATCH}), two indexes`, n / adding, 'docs/s', alone.addPerSecond);

    const ids = pointIds(n);
    const get = (id: string) => members.collection.doc(id).get();
    const one = await seconds(() => inLanes(1, ids.slice(0, 500), get));
    yield figure('point get, one at a time', (one * 1000) / 500, 'ms', 1000 / alone.getsPerSecond);
    const gets = await seconds(() => inLanes(LANES, ids, get));
    yield figure(`point get, ${LANES} in flight`, POINTS / gets, '/s', alone.getsPerSecond);
    yield figure(`point get, ${LANES} in flight, of what the SDK can`, POINTS / gets, '/s', bare, SDK);

    const page = await seconds(async () => {
      for (let i = 0; i < 10; i++) {
        const start = { branch: `B${i}`, at: gte(new Date(0)) };
        await members.collection.where(start).orderBy('at', 'asc').limit(1000).get();
      }
    });
    yield figure('page of 1000 by an index', (page * 1000) / 10, 'ms', alone.pageMs);

    const change = (id: string) => members.collection.where({ _id: id, fen: gt(-1) }).update({ fen: inc(1) });
    const updates = await seconds(() => inLanes(LANES, ids, change));
    yield figure(
      `conditional update, ${LANES} in flight, each on disk`,
      POINTS / updates,
      '/s',
      alone.updatesPerSecond,
    );
    yield figure(
      `conditional update, ${LANES} in flight, of what the SDK can`,
      POINTS / updates,
      '/s',
      bare,
      SDK,
    );

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
    const bytes = await server.memory();
    yield figure('resident memory of the cloud', bytes / 2 ** 20, 'MB', 800, '800 MB', 'ratio ≤ 1');

    await server.kill();
    yield figure('disk', bytesIn(dataDir) / 2 ** 20, 'MB');
    server = await startServer(dataDir);
    yield figure('reopen after kill -9', server.startMs, 'ms', 1000, '1 s', 'ratio ≤ 1');
    const { total } = await (await connect(server)).collection.count();
    if (total !== n) throw new Error(`${total} documents after the kill, ${n} were acknowledged`);
  } finally {
    await server.kill();
  }
}

/** How many requests a second the SDK itself can make, against a process that answers at once. */
async function sdkAlone(n: number): Promise<number> {
  const server = await startServer('');
  try {
    const { collection } = await connect(server);
    const get = (id: string) => collection.doc(id).get();
    await inLanes(LANES, pointIds(n), get);
    return POINTS / (await seconds(() => inLanes(LANES, pointIds(n), get)));
  } finally {
    await server.kill();
  }
}

interface BenchServer {
  env: string;
  variables: Record<string, string>;
  /** From the call of `startLocalCloud` until it is ready. */
  startMs: number;
  memory(): Promise<number>;
  kill(): Promise<void>;
}

/** @param dataDir the data folder; '' for a server that keeps nothing and answers at once */
async function startServer(dataDir: string): Promise<BenchServer> {
  const script = join(__dirname, 'bench-server.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, JSON.stringify(INDEXES)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const ready = await reply<Pick<BenchServer, 'env' | 'variables' | 'startMs'>>(child);
  return {
    ...ready,
    memory: async () => {
      child.send('memory');
      return (await reply<{ bytes: number }>(child)).bytes;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function reply<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(new Error('the process that is measured has ended'));
    child.once('close', onClose);
    child.once('message', (message) => {
      child.off('close', onClose);
      resolve(message as T);
    });
  });
}

async function connect({ env, variables }: BenchServer) {
  Object.assign(process.env, variables);
  // The SDK reads part of the environment while it loads, and the address at each request.
  const sdk = await import('@cloudbase/node-sdk');
  const db = (sdk.default ?? sdk).init({ env }).database();
  return { collection: db.collection('members'), command: db.command };
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesIn(path) : statSync(path).blocks * 512);
  }, 0);
}
