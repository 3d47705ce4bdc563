import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BATCH, inLanes, LANES, lmdbAlone, member, pointIds, POINTS, seconds } from './bench-baseline';
import type { Baseline } from './bench-baseline';
import { connect, sideBySide, startProcess, type BenchProcess } from './bench-process';
import type { IndexDeclaration } from './options';

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
const INDEXES: IndexDeclaration[] = [
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
  const echo = await startProcess('', []);
  try {
    const alone = await lmdbAlone(join(folder, 'alone'), n);
    yield* throughSdk(join(folder, 'cloud'), n, alone, echo);
  } finally {
    await echo.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* throughSdk(
  dataDir: string,
  n: number,
  alone: Baseline,
  echo: BenchProcess,
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
  /** Beside the SDK with a server that answers at once: 1 would mean that the cloud costs nothing. */
  const besideSdk = (name: string, value: number, unit: string, ratio: number): CloudFigure => ({
    ...figure(`${name}, of what the SDK can`, value, unit),
    ratio: round(ratio),
    against: SDK,
  });
  let server = await startProcess(dataDir, INDEXES);
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
    const one = await sideBySide(server, echo, () => inLanes(1, ids.slice(0, 300), get));
    yield figure('point get, one at a time', (one.seconds * 1000) / 300, 'ms', 1000 / alone.getsPerSecond);
    const gets = await sideBySide(server, echo, () => inLanes(LANES, ids, get));
    const getting = `point get, ${LANES} in flight`;
    yield figure(getting, POINTS / gets.seconds, '/s', alone.getsPerSecond);
    yield besideSdk(getting, POINTS / gets.seconds, '/s', 1 / gets.ratio);

    const before = await server.usage();
    let pages = 0;
    const readPage = async () => {
      for (let i = 0; i < 10; i++, pages++) {
        const start = { branch: `B${i}`, at: gte(new Date(0)) };
        await members.collection.where(start).orderBy('at', 'asc').limit(1000).get();
      }
    };
    const page = await sideBySide(server, echo, readPage);
    const after = await server.usage();
    yield figure('page of 1000 by an index', (page.seconds * 1000) / 10, 'ms', alone.pageMs);
    yield besideSdk('page of 1000 by an index', (page.seconds * 1000) / 10, 'ms', 1 / page.ratio);
    yield figure(
      "page of 1000, the cloud's own processor time",
      (after.cpuMs - before.cpuMs) / (pages / 2),
      'ms',
    );

    const change = (id: string) => members.collection.where({ _id: id, fen: gt(-1) }).update({ fen: inc(1) });
    const updates = await sideBySide(server, echo, () => inLanes(LANES, ids, change), 3);
    const changing = `conditional update, ${LANES} in flight`;
    yield figure(`${changing}, each on disk`, POINTS / updates.seconds, '/s', alone.updatesPerSecond);
    yield besideSdk(changing, POINTS / updates.seconds, '/s', 1 / updates.ratio);

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
    const { bytes } = await server.usage();
    yield figure('resident memory of the cloud', bytes / 2 ** 20, 'MB', 800, '800 MB', 'ratio ≤ 1');

    await server.kill();
    yield figure('disk', bytesIn(dataDir) / 2 ** 20, 'MB');
    server = await startProcess(dataDir, INDEXES);
    yield figure('reopen after kill -9', server.startMs, 'ms', 1000, '1 s', 'ratio ≤ 1');
    const { total } = await (await connect(server)).collection.count();
    if (total !== n) throw new Error(`${total} documents after the kill, ${n} were acknowledged`);
  } finally {
    await server.kill();
  }
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesIn(path) : statSync(path).blocks * 512);
  }, 0);
}
