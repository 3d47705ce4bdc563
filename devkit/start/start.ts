import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import { day, dayOf, startOf } from '../../miniprogram/domain/kernel/day';
import { buildFunctions } from '../build/functions';
import { lockFolder } from '../cloud/folder/lock';
import { startLocalCloud } from '../cloud/index';
import type { LocalCloud } from '../cloud/index';
import { generateChain } from '../demo/chain';
import { loadDemo, seedEmptyChain } from '../demo/load';
import { buildPhones, servePhones } from '../phone/index';
import { openChainDatabase } from './chainDatabase';
import { deskHostOf, OPENING_HOUR } from './deskHost';
import type { StartOptions } from './options';

/** The day on which the demo's story begins, so that every newcomer sees the same chain. */
export const DEMO_TODAY = day('2026-03-18');
const DEMO_SEED = 20260318;
/** The local till and the local webhook share this; a real installation sets its own. */
export const LOCAL_WEBHOOK_SECRET = 'huitou-local-till';
export const RUNNING_FILE = 'running.json';

export interface Running {
  cloud: LocalCloud;
  /** the desk's address */
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** A start that cannot go on; the message is a sentence for the person at the keyboard. */
export class StartRefused extends Error {}

/**
 * Builds the functions and the pages, starts the local cloud and the phones, and loads the chain on the first run.
 *
 * @param root the repository
 */
export async function startHuitou(
  options: StartOptions,
  root: string,
  say: (line: string) => void,
): Promise<Running> {
  const outDir = path.join(root, '.huitou', 'phones');
  if (options.fresh) await clearData(options.dataDir);
  const functionsDir = path.join(root, 'cloudfunctions');
  const miniprogramDir = path.join(root, 'miniprogram');

  say('正在编译云函数和页面…');
  const [, pages] = await Promise.all([
    buildFunctions(functionsDir),
    buildPhones({ miniprogramDir, nodeModulesDir: path.join(root, 'node_modules'), outDir }),
  ]);
  for (const warning of pages.warnings) say(`页面警告：${warning}`);

  const cloud = await startLocalCloud({
    dataDir: options.dataDir,
    functionsDir,
    collections: [...COLLECTIONS],
    indexes: [...INDEXES],
    environment: { HUITOU_WEBHOOK_SECRET: LOCAL_WEBHOOK_SECRET },
    startAt: startOf(options.today ?? DEMO_TODAY, OPENING_HOUR),
  });
  try {
    const db = openChainDatabase(cloud.sdkEnvironment(), cloud.env);
    const load = async () => {
      const began = Date.now();
      if (options.empty) await seedEmptyChain(db);
      else await loadDemo(db, generateChain(DEMO_SEED, dayOf(cloud.clock.now())));
      say(
        options.empty
          ? '已建好空的连锁，只有一个总部账号。'
          : `已装入演示连锁（${((Date.now() - began) / 1000).toFixed(1)} 秒）。`,
      );
    };
    const stands = (await db.page('chain', {}, 1)).length > 0;
    // A load that was cut off has no chain document yet: it is written last, so what stands is swept away first.
    if (!stands) {
      await cloud.drop();
      await load();
    }
    const host = deskHostOf({
      cloud,
      db,
      secret: LOCAL_WEBHOOK_SECRET,
      reset: async () => {
        await cloud.drop();
        await load();
      },
    });
    const phones = await servePhones({ outDir, miniprogramDir, host, port: options.port });
    const runningFile = path.join(options.dataDir, RUNNING_FILE);
    writeFileSync(
      runningFile,
      JSON.stringify({
        port: cloud.port,
        phonePort: phones.port,
        pid: process.pid,
        env: cloud.env,
        sdk: cloud.sdkEnvironment(),
      }),
    );
    return {
      cloud,
      url: `http://127.0.0.1:${phones.port}/`,
      port: phones.port,
      async stop() {
        rmSync(runningFile, { force: true });
        await phones.close();
        await cloud.close();
      },
    };
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

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
