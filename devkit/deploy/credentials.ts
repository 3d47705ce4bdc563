import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import type { Credentials } from './service/cloudbase';
import { VARIABLES } from './variables';

type Environment = Readonly<Record<string, string | undefined>>;

/** The account, from the environment and from nowhere else. */
export function credentialsFrom(environment: Environment): Result<Credentials, string> {
  const secretId = environment['TENCENTCLOUD_SECRETID'] ?? '';
  const secretKey = environment['TENCENTCLOUD_SECRETKEY'] ?? '';
  const token = environment['TENCENTCLOUD_SESSIONTOKEN'];
  if (secretId === '' || secretKey === '')
    return refuse(
      '没有账号：请先在终端里设好 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY（腾讯云控制台 → 访问管理 → API 密钥），' +
        '不要写进任何文件。想先看看会做什么：npm run deploy -- --rehearse',
    );
  return done({ secretId, secretKey, ...(token ? { token } : {}) });
}

/**
 * Values for the functions' variables that stand in the environment.
 *
 * @returns them, or a sentence for each that cannot be right; a value is never part of it
 */
export function givenVariables(environment: Environment): Result<Record<string, string>, string> {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name.startsWith('HUITOU_') && value),
  ) as Record<string, string>;
  const faults = Object.entries(given).flatMap(([name, value]) => {
    const fault = VARIABLES[name]?.faultOf(value);
    return fault ? [`${name}：${fault}`] : [];
  });
  return faults.length > 0 ? refuse(faults.join('\n')) : done(given);
}

/** Takes everything secret out of a text, should an error's message ever carry it. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 6)
    .reduce((clean, secret) => clean.split(secret).join('‹不显示›'), text);
}
