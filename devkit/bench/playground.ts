import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { startLocalCloud } from '../cloud/index';
import type { LocalCloud } from '../cloud/index';
import { generateChain } from '../demo/chain';
import type { DemoChain } from '../demo/chain';
import { loadDemo } from '../demo/load';
import { openChainDatabase } from '../start/chainDatabase';
import type { ChainDatabase } from '../start/chainDatabase';

/** A local cloud of its own with the demo chain in it, in a temporary folder. */
export interface Playground {
  cloud: LocalCloud;
  db: ChainDatabase;
  demo: DemoChain;
  end(): Promise<void>;
}

const TODAY = day('2026-03-18');
const SEED = 20260318;

/** @param functionsDir where the function bundles are, as they stand */
export async function playground(
  root: string,
  environment: Record<string, string> = {},
  functionsDir = path.join(root, 'cloudfunctions'),
): Promise<Playground> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'huitou-bench-'));
  const cloud = await startLocalCloud({
    dataDir,
    functionsDir,
    collections: [...COLLECTIONS],
    indexes: [...INDEXES],
    startAt: startOf(TODAY, 10),
    timers: false,
    environment,
  });
  const demo = generateChain(SEED, TODAY);
  const db = openChainDatabase(cloud.sdkEnvironment(), cloud.env);
  await loadDemo(db, demo);
  return {
    cloud,
    db,
    demo,
    async end() {
      await cloud.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
