import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { credentialsFrom } from '../deploy/credentials';

export interface Place {
  env: string;
  /** what points the SDK there */
  environment: Record<string, string>;
}

export interface BackupOptions {
  place: Place;
  folder: string;
  overwrite: boolean;
}

export const BACKUP_USAGE = 'npm run backup -- --to 目录 [--env 环境ID] [--data 本地数据目录]';
export const RESTORE_USAGE =
  'npm run restore -- --from 目录 [--env 环境ID] [--data 本地数据目录] [--overwrite]';

/** The running local cloud of a data folder, by what `npm start` wrote down. */
export function localPlace(dataDir: string): Result<Place, string> {
  const file = path.join(dataDir, 'running.json');
  if (!existsSync(file)) return refuse(`本地云没有运行：请先在另一个终端运行 npm start（同一个 --data）。`);
  const { env, sdk } = JSON.parse(readFileSync(file, 'utf8')) as { env: string; sdk: Record<string, string> };
  return done({ env, environment: sdk });
}

function realPlace(
  env: string,
  environment: Readonly<Record<string, string | undefined>>,
): Result<Place, string> {
  const account = credentialsFrom(environment);
  if (!account.ok) return account;
  const { secretId, secretKey, token } = account.value;
  return done({
    env,
    environment: {
      TENCENTCLOUD_SECRETID: secretId,
      TENCENTCLOUD_SECRETKEY: secretKey,
      ...(token ? { TENCENTCLOUD_SESSIONTOKEN: token } : {}),
    },
  });
}

/** @example readOptions('to', ['--to', 'backup/0318'], root, process.env) */
export function readOptions(
  word: 'to' | 'from',
  argv: readonly string[],
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Result<BackupOptions, string> {
  const usage = word === 'to' ? BACKUP_USAGE : RESTORE_USAGE;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        env: { type: 'string' },
        data: { type: 'string' },
        to: { type: 'string' },
        from: { type: 'string' },
        overwrite: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return refuse(`看不懂这个选项：${(error as Error).message.split('.')[0]}\n${usage}`);
  }
  const folder = values[word];
  if (folder === undefined) return refuse(`请用 --${word} 写明备份目录。\n${usage}`);
  const env = values.env ?? 'local';
  const place =
    env === 'local'
      ? localPlace(path.resolve(root, values.data ?? path.join('.huitou', 'data')))
      : realPlace(env, environment);
  if (!place.ok) return place;
  return done({
    place: place.value,
    folder: path.resolve(root, folder),
    overwrite: values.overwrite ?? false,
  });
}
