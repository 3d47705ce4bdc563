import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { buildFunctions } from '../build/functions';
import { startLocalCloud } from '../cloud/index';
import type { LocalCloud } from '../cloud/index';
import { seedEmptyChain } from '../demo/load';
import { openChainDatabase } from '../start/chainDatabase';
import { writeOrderLines } from './importLines';
import type { ChildFigures } from './importChild';
import { rounded } from './measurement';
import type { Bench } from './measurement';

const READ_LINES = 1_000_000;
const THROUGH_LINES = 100_000;
const BULK = 500;

/**
 * The command line import: reading and checking alone over a million lines, beside a bare CSV parser over the same
 * file, and all the way into the database, beside a bare SDK adding the same order documents. `IMPORT_N=1000000` sends
 * so many lines through.
 */
export const importing: Bench = async function* (root, say) {
  const through = Number(process.env['IMPORT_N'] ?? THROUGH_LINES);
  if (!Number.isInteger(through) || through < 1000)
    throw new Error(`IMPORT_N 应为不小于 1000 的整数：“${process.env['IMPORT_N']}”不是。`);
  const folder = await mkdtemp(path.join(tmpdir(), 'huitou-bench-import-'));
  try {
    yield* reading(root, folder, say);
    yield* sending(root, folder, through, say);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const figure = (name: string, value: number, unit: string) => ({
  bench: 'import',
  case: name,
  value: rounded(value),
  unit,
});

async function* reading(root: string, folder: string, say: (line: string) => void): ReturnType<Bench> {
  const file = path.join(folder, 'read.csv');
  say(`writing ${READ_LINES} order lines`);
  await writeOrderLines(file, READ_LINES);
  say(`reading and checking them (${Math.round((await stat(file)).size / 1024 / 1024)} MB)`);
  const bare = await child(root, 'parse', file);
  const read = await child(root, 'read', file);
  yield {
    ...figure(`read and check ${READ_LINES} lines`, (read.rows / read.ms) * 1000, 'rows/s'),
    ratio: rounded(read.ms / bare.ms),
    against: 'the bare parser and JSON over the same file, once',
  };
  yield {
    ...figure(`read and check ${READ_LINES} lines: peak memory`, read.peakMb, 'MB'),
    ratio: rounded(read.peakMb / bare.peakMb),
    against: 'the bare parser',
  };
  await rm(file);
}

async function* sending(
  root: string,
  folder: string,
  lines: number,
  say: (line: string) => void,
): ReturnType<Bench> {
  const file = path.join(folder, 'send.csv');
  const dataDir = path.join(folder, 'data');
  await mkdir(dataDir);
  const orders = await writeOrderLines(file, lines);
  const functions = path.join(folder, 'functions');
  await buildFunctions(path.join(root, 'cloudfunctions'), { into: functions, names: ['members'] });
  say(`importing ${lines} lines of ${orders} orders`);
  const cloud = await cloudIn(path.join(folder, 'cloud'), functions, say);
  let docs: { _id: string }[];
  let imported: ChildFigures;
  try {
    await seedEmptyChain(openChainDatabase(cloud.sdkEnvironment(), cloud.env));
    await writeFile(path.join(dataDir, 'running.json'), JSON.stringify({ port: cloud.port }));
    imported = await child(root, 'import', file, dataDir);
    docs = await allOrders(cloud);
  } finally {
    await cloud.close();
  }
  if (docs.length !== orders) throw new Error(`${docs.length} of ${orders} orders came through`);
  say(`adding the same ${docs.length} orders through the bare SDK`);
  const bareMs = await bareAdd(path.join(folder, 'bare'), functions, docs, say);
  const settleMs = Number(/重新分层用时 ([\d.]+) 秒/.exec(imported.said.join('\n'))?.[1]) * 1000;
  const writeMs = imported.ms - settleMs;
  yield {
    ...figure(`import ${lines} lines`, (lines / writeMs) * 1000, 'rows/s'),
    ratio: rounded(writeMs / bareMs),
    against: `a bare SDK add of the same ${docs.length} orders, ${BULK} a call`,
  };
  yield figure(`place their members again`, settleMs / 1000, 's');
  yield figure(`import ${lines} lines: peak memory of the command`, imported.peakMb, 'MB');
}

function cloudIn(dataDir: string, functionsDir: string, say: (line: string) => void): Promise<LocalCloud> {
  return startLocalCloud({
    dataDir,
    functionsDir,
    collections: [...COLLECTIONS],
    indexes: [...INDEXES],
    startAt: startOf(day('2026-03-18'), 10),
    timers: false,
    // What a function says when it fails is the only trace of it: the data goes with the folder.
    log: ({ level, source, about, message }) => {
      if (level === 'error' || source === 'database') say(`${about}: ${message}`);
    },
  });
}

async function allOrders(cloud: LocalCloud): Promise<{ _id: string }[]> {
  const db = openChainDatabase(cloud.sdkEnvironment(), cloud.env);
  const found: { _id: string }[] = [];
  for (;;) {
    const page = await db.pageBehind<{ _id: string }>('orders', found.at(-1)?._id ?? '', 1000);
    found.push(...page);
    if (page.length < 1000) return found;
  }
}

async function bareAdd(
  dataDir: string,
  functionsDir: string,
  docs: readonly object[],
  say: (line: string) => void,
): Promise<number> {
  const cloud = await cloudIn(dataDir, functionsDir, say);
  try {
    const db = openChainDatabase(cloud.sdkEnvironment(), cloud.env);
    const begun = performance.now();
    for (let i = 0; i < docs.length; i += BULK) await db.add('orders', docs.slice(i, i + BULK));
    return performance.now() - begun;
  } finally {
    await cloud.close();
  }
}

/** Runs `importChild` in a process of its own and answers its figures. */
function child(root: string, ...args: readonly string[]): Promise<ChildFigures> {
  const script = path.join(root, 'devkit', 'bench', 'importChild.ts');
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    running.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
    running.on('error', reject);
    running.on('exit', (code) =>
      code === 0
        ? resolve(JSON.parse(said) as ChildFigures)
        : reject(new Error(`the import ended with code ${code}`)),
    );
  });
}
