import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { startLocalCloud } from '../cloud/index';
import type { LocalCloud, LocalCloudOptions } from '../cloud/index';

/** A local cloud with nothing in it, in a temporary folder; the store of this process talks to it. */
export interface OwnCloud {
  cloud: LocalCloud;
  end(): Promise<void>;
}

/** @param build puts the functions it needs into the folder */
export async function ownCloud(
  startAt: Ms,
  build: (functionsDir: string) => Promise<unknown>,
  how: Pick<LocalCloudOptions, 'timers' | 'isFlushed' | 'environment'> = {},
): Promise<OwnCloud> {
  const folder = await mkdtemp(path.join(tmpdir(), 'huitou-bench-'));
  const functionsDir = path.join(folder, 'functions');
  await build(functionsDir);
  const cloud = await startLocalCloud({
    dataDir: path.join(folder, 'data'),
    functionsDir,
    collections: [...COLLECTIONS],
    indexes: INDEXES.map((index) => ({ ...index })),
    startAt,
    timers: false,
    ...how,
  });
  Object.assign(process.env, cloud.sdkEnvironment());
  return {
    cloud,
    async end() {
      await cloud.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
