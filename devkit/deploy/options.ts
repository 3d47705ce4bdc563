import { parseArgs } from 'node:util';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';

export interface DeployOptions {
  envId: string;
  region: string;
  dryRun: boolean;
  /** goes on without asking */
  yes: boolean;
  prune: boolean;
  unset: string[];
  /** against an empty environment that is invented on this machine */
  rehearse: boolean;
}

export const USAGE = `npm run deploy -- --env 环境ID [选项]
  --dry-run        只看计划，什么都不改
  --rehearse       在本机虚构的空环境里排练一遍，不需要账号
  --yes            不再询问，直接照计划做
  --region 地域    默认 ap-shanghai
  --unset 变量名   去掉函数的一个环境变量，可写多次（如 HUITOU_BOOTSTRAP_SECRET）
  --prune          最后去掉没有人用的索引
账号只从环境变量读：TENCENTCLOUD_SECRETID、TENCENTCLOUD_SECRETKEY（临时密钥再加 TENCENTCLOUD_SESSIONTOKEN）。
函数的密钥也只从环境变量读：HUITOU_WEBHOOK_SECRET、HUITOU_PHONE_KEY、HUITOU_BOOTSTRAP_SECRET 等；没给的保持线上原样。`;

/** @example readOptions(['--env', 'shop-1a2b', '--dry-run']) // → { ok: true, value: { envId: 'shop-1a2b', dryRun: true, … } } */
export function readOptions(argv: readonly string[]): Result<DeployOptions, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        env: { type: 'string' },
        region: { type: 'string' },
        'dry-run': { type: 'boolean' },
        yes: { type: 'boolean' },
        prune: { type: 'boolean' },
        rehearse: { type: 'boolean' },
        unset: { type: 'string', multiple: true },
      },
    }));
  } catch (error) {
    return refuse(`看不懂这个选项：${(error as Error).message.split('.')[0]}\n\n${USAGE}`);
  }
  const rehearse = values.rehearse ?? false;
  const envId = values.env ?? (rehearse ? 'rehearsal' : '');
  if (!/^[a-z][a-z0-9-]{2,60}$/.test(envId))
    return refuse(`请用 --env 写明环境 ID（云开发控制台 → 概览里的“环境 ID”）。\n\n${USAGE}`);
  return done({
    envId,
    region: values.region ?? 'ap-shanghai',
    dryRun: values['dry-run'] ?? false,
    yes: values.yes ?? false,
    prune: values.prune ?? false,
    unset: values.unset ?? [],
    rehearse,
  });
}
