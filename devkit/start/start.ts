import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import { day, dayOf, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { buildFunctions } from '../build/functions';
import { writeGbkTable } from '../build/gbkTable';
import { lockFolder } from '../cloud/folder/lock';
import { startLocalCloud } from '../cloud/index';
import type { LocalCloud } from '../cloud/index';
import { generateChain } from '../demo/chain';
import { loadDemo, seedEmptyChain } from '../demo/load';
import { buildPhones, servePhones } from '../phone/index';
import { openChainDatabase } from './chainDatabase';
import { playDaysWithBar } from './playDays';
import type { ChainDatabase } from './chainDatabase';
import { deskHostOf, OPENING_HOUR } from './deskHost';
import type { StartOptions } from './options';
import { localPhoneKey } from './phoneKey';

/** The day on which the demo's story begins, so that every newcomer sees the same chain. */
export const DEMO_TODAY = day('2026-03-18');
const DEMO_SEED = 20260318;
/** Members of a chain whose days are played before the desk opens: fewer than usual, so that four weeks take a minute. */
const SIMULATED_MEMBERS = 600;
/** The local till and the local webhook share this; a real installation sets its own. */
export const LOCAL_WEBHOOK_SECRET = 'huitou-local-till';
/** The first HQ account of this laptop's chain, should somebody take the ready one out; a real installation sets its own. */
export const LOCAL_BOOTSTRAP_SECRET = 'huitou-local-setup';
/** Every channel there is, recorded by the local cloud instead of sent; the console shows what would have gone out. */
export const LOCAL_CHANNELS: Readonly<Record<string, string>> = {
  HUITOU_SUBSCRIBE_COUPON: 'local-coupon-ending?thing1=title&time2=until',
  HUITOU_SUBSCRIBE_POINTS: 'local-points-ending?thing1=points&time2=until',
  HUITOU_SUBSCRIBE_LEVEL: 'local-level-ending?thing1=level&time2=until',
  HUITOU_SUBSCRIBE_CARE: 'local-care-reminder?thing1=text',
  HUITOU_SMS_URL: 'record:',
  HUITOU_SMS_SIGN: '回头客演示',
  HUITOU_WECOM_URL: 'record:',
  HUITOU_LINK_BASE: 'https://link.example.com',
};
export const RUNNING_FILE = 'running.json';

export interface Running {
  cloud: LocalCloud;
  /** the desk's address */
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Where progress is told, a line each. */
type Say = (line: string) => void;

/** Puts the functions and the pages of the repository at `root` into folders below `into`. */
type Build = (root: string, into: string, say: Say) => Promise<void>;

/** A start that cannot go on; the message is a sentence for the person at the keyboard. */
export class StartRefused extends Error {}

/**
 * Builds the functions and the pages, starts the local cloud and the phones, and loads the chain on the first run.
 *
 * @param root the repository
 * @param build makes what the phones and the cloud run; tests that start often hand over what is built already
 * @throws CloudStartError, PhonesCannotStart, StartRefused with a sentence; nothing is left running then
 */
export async function startHuitou(
  options: StartOptions,
  root: string,
  say: Say,
  build: Build = buildAll,
): Promise<Running> {
  if (options.fresh) await clearData(options.dataDir);
  const closers: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const buildDir = mkdtempSync(path.join(tmpdir(), 'huitou-build-'));
    let built: Promise<unknown> = Promise.resolve();
    closers.push(async () => {
      await built;
      rmSync(buildDir, { recursive: true, force: true });
    });
    mkdirSync(path.join(buildDir, FUNCTIONS));
    // First, because it may refuse the folder: then nobody waits for a build.
    const open = (isFlushed: boolean) =>
      startLocalCloud({
        dataDir: options.dataDir,
        functionsDir: path.join(buildDir, FUNCTIONS),
        collections: [...COLLECTIONS],
        indexes: [...INDEXES],
        environment: {
          HUITOU_WEBHOOK_SECRET: LOCAL_WEBHOOK_SECRET,
          HUITOU_PHONE_KEY: localPhoneKey(options.dataDir),
          HUITOU_COUPON_SECRET: LOCAL_WEBHOOK_SECRET,
          ...LOCAL_CHANNELS,
          HUITOU_BOOTSTRAP_SECRET: process.env['HUITOU_BOOTSTRAP_SECRET'] ?? LOCAL_BOOTSTRAP_SECRET,
        },
        consoleWrite: options.consoleWrite,
        startAt: startOf(options.today ?? DEMO_TODAY, OPENING_HOUR),
        isFlushed,
      });
    // Days played on a chain that begins now can be played again: they need not wait for the disk.
    const isOnTrial = options.simulate !== undefined && options.simulate > 0 && isNew(options.dataDir);
    const members = options.members ?? (isOnTrial ? SIMULATED_MEMBERS : undefined);
    let cloud = await open(!isOnTrial);
    closers.push(() => cloud.close());
    // The chain is loaded while bundles and pages are built; nobody calls a function before both are there.
    const building = build(root, buildDir, say);
    built = building.catch(() => undefined);
    let db = openChainDatabase(cloud.sdkEnvironment(), cloud.env);
    // A chain that has just been loaded has had no night yet: its care tasks would come tomorrow.
    let isCareDue = false;
    const loadAnew = async () => {
      await cloud.drop();
      await loadChain(db, { empty: options.empty, members }, dayOf(cloud.clock.now()), say);
      isCareDue = !options.empty;
    };
    const careOnce = async () => {
      if (isCareDue) await cloud.invoke('nightly', { Type: 'Timer', TriggerName: 'nightly' });
      isCareDue = false;
    };
    const reset = async () => {
      await loadAnew();
      await careOnce();
    };
    // The chain document is written last: where it is missing, a load was cut off, and what stands is swept away first.
    if ((await db.page('chain', {}, 1)).length === 0) await loadAnew();
    await building;
    await careOnce();
    if (options.simulate)
      await playDaysWithBar({ cloud, db, secret: LOCAL_WEBHOOK_SECRET }, options.simulate, DEMO_SEED);
    if (isOnTrial) {
      await cloud.close();
      cloud = await open(true);
      db = openChainDatabase(cloud.sdkEnvironment(), cloud.env);
    }
    const host = deskHostOf({ cloud, db, secret: LOCAL_WEBHOOK_SECRET, reset, seed: DEMO_SEED });
    const phones = await servePhones({
      outDir: path.join(buildDir, PHONES),
      miniprogramDir: path.join(root, 'miniprogram'),
      host,
      port: options.port,
    });
    closers.push(() => phones.close());
    const runningFile = path.join(options.dataDir, RUNNING_FILE);
    const { port, env } = cloud;
    const word = { port, phonePort: phones.port, pid: process.pid, env, sdk: cloud.sdkEnvironment() };
    writeFileSync(runningFile, JSON.stringify(word));
    closers.push(() => rmSync(runningFile, { force: true }));
    warm(cloud);
    return { cloud, url: `http://127.0.0.1:${phones.port}/`, port: phones.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Folders that a build makes. */
const FUNCTIONS = 'functions';
const PHONES = 'phones';

/** Builds into a folder of this run's own: two runs side by side never build over each other. */
export async function buildAll(root: string, into: string, say: Say): Promise<void> {
  say('正在编译云函数和页面，装入数据…');
  writeGbkTable(path.join(root, 'miniprogram'));
  const [, pages] = await Promise.all([
    buildFunctions(path.join(root, 'cloudfunctions'), { into: path.join(into, FUNCTIONS) }),
    buildPhones({
      miniprogramDir: path.join(root, 'miniprogram'),
      nodeModulesDir: path.join(root, 'node_modules'),
      outDir: path.join(into, PHONES),
    }),
  ]);
  for (const warning of pages.warnings) say(`页面警告：${warning}`);
}

/** Loads the functions that the first pages call while the browser is still opening; the asks are refused, as they should. */
function warm(cloud: LocalCloud): void {
  for (const name of ['members', 'outreach', 'boards', 'gifts', 'campaigns']) {
    cloud.invoke(name, { action: 'warm-up' }, { openid: 'nobody' }).catch(() => undefined);
  }
}

async function loadChain(
  db: ChainDatabase,
  { empty, members }: { empty: boolean; members: number | undefined },
  today: Day,
  say: Say,
): Promise<void> {
  const began = Date.now();
  if (empty) {
    await seedEmptyChain(db);
    say('已建好空的连锁，只有一个总部账号。');
    return;
  }
  await loadDemo(db, generateChain(DEMO_SEED, today, members));
  say(`已装入演示连锁（${((Date.now() - began) / 1000).toFixed(1)} 秒）。`);
}

const isNew = (dataDir: string): boolean => !existsSync(dataDir) || readdirSync(dataDir).length === 0;

/** Empties a data folder, but only one that is ours and that nobody uses: a mistyped --data must not cost anybody's files. */
async function clearData(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  const entries = readdirSync(dataDir);
  if (entries.length > 0 && !entries.includes('format.json')) {
    throw new StartRefused(
      `${dataDir} 里有别的文件，不像是回头客的数据目录，没有清空。请换一个 --data 目录。`,
    );
  }
  const lock = await lockFolder(dataDir, 0, randomUUID());
  for (const entry of entries) rmSync(path.join(dataDir, entry), { recursive: true, force: true });
  lock.release();
}
