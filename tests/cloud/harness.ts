import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type tcb from '@cloudbase/node-sdk';
import { startLocalCloud, type LocalCloud, type LocalCloudOptions } from '../../devkit/cloud';

/** A cloud in a folder of its own, which is removed with it. */
export interface TestCloud {
  cloud: LocalCloud;
  dataDir: string;
  stop(): Promise<void>;
}

export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `local-cloud-${name}-`));
}

export async function startTestCloud(options: Partial<LocalCloudOptions> = {}): Promise<TestCloud> {
  const dataDir = options.dataDir ?? newFolder('data');
  const cloud = await startLocalCloud({ timers: false, ...options, dataDir });
  return {
    cloud,
    dataDir,
    stop: async () => {
      await cloud.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Sdk = typeof tcb;
export type App = ReturnType<Sdk['init']>;
export type Transaction = Awaited<ReturnType<ReturnType<App['database']>['startTransaction']>>;

/** The unmodified SDK, pointed at the cloud by environment variables alone. */
export function connect(cloud: LocalCloud): App {
  Object.assign(process.env, cloud.sdkEnvironment());
  // The SDK reads the environment while it loads, so it is loaded only now.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const sdk = require('@cloudbase/node-sdk') as Sdk;
  return sdk.init({ env: cloud.env });
}

/** Writes `<folder>/<name>/index.js`, and config.json when given. */
export function writeFunction(folder: string, name: string, source: string, config?: object): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'index.js'), source);
  if (config) writeFileSync(join(folder, name, 'config.json'), JSON.stringify(config));
}

/** What a call was refused with; fails the test when it was not refused. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await call;
  } catch (cause) {
    return cause as { code: string; message: string };
  }
  throw new Error('the call was expected to be refused');
}
