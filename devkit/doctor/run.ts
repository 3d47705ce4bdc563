import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDocuments } from '../backup/database';
import { buildFunctions } from '../build/functions';
import type { QueryKind } from '../cloud';
import { credentialsFrom, withoutSecrets } from '../deploy/credentials';
import { declared } from '../deploy/declared';
import type { Wanted } from '../deploy/declared';
import { cloudBaseService } from '../deploy/service/cloudbase';
import { failureWords } from '../deploy/service/failureWords';
import { REAL_PATIENCE } from '../deploy/service/patience';
import { dataFindings } from './data';
import { findingWords } from './finding';
import type { Finding } from './finding';
import { clockFinding, differences, releaseFindings, variableFindings } from './installation';
import { localFindings } from './local';
import type { LocalStatus } from './local';

type Environment = Readonly<Record<string, string | undefined>>;
const USAGE =
  'npm run doctor [-- --env 环境ID] [--region 地域] [--data 本地数据目录]（不写 --env 就看本地云）';

/** A patient that cannot be looked at; the message says what to do. */
class CannotLook extends Error {}

/** This machine's clock minus the service's, by the date of its answer; null when it does not answer. */
export function serviceSkew(): Promise<number | null> {
  return new Promise((resolve) => {
    const ask = request({ host: 'tcb.tencentcloudapi.com', method: 'HEAD', timeout: 5000 }, (answer) => {
      answer.resume();
      const there = Date.parse(answer.headers.date ?? '');
      resolve(Number.isNaN(there) ? null : Date.now() - there);
    });
    ask.on('timeout', () => ask.destroy());
    ask.on('error', () => resolve(null));
    ask.end();
  });
}

async function lookAtLocal(dataDir: string, wanted: Wanted): Promise<Finding[]> {
  const file = path.join(dataDir, 'running.json');
  const absent = `本地云没有运行：请先在另一个终端运行 npm start（同一个 --data）。看真实环境用 --env 环境ID。`;
  if (!existsSync(file)) throw new CannotLook(absent);
  const { port, env, sdk } = JSON.parse(readFileSync(file, 'utf8')) as {
    port: number;
    env: string;
    sdk: Record<string, string>;
  };
  const get = async <T>(what: string): Promise<T> =>
    (await (await fetch(`http://127.0.0.1:${port}/_dev/${what}`)).json()) as T;
  let status: LocalStatus;
  try {
    status = await get<LocalStatus>('status');
  } catch {
    throw new CannotLook(absent);
  }
  const { queries } = await get<{ queries: QueryKind[] }>('queries');
  const data = await dataFindings(openDocuments(sdk, env), wanted.migrations, status.now);
  return [...localFindings(wanted, status, queries), ...data];
}

async function lookAtReal(
  envId: string,
  region: string,
  environment: Environment,
  wanted: Wanted,
): Promise<Finding[]> {
  const account = credentialsFrom(environment);
  if (!account.ok) throw new CannotLook(account.failure);
  const skew = await serviceSkew();
  const standing = await cloudBaseService(envId, region, account.value, REAL_PATIENCE).standing();
  const { secretId, secretKey } = account.value;
  const sdk = { TENCENTCLOUD_SECRETID: secretId, TENCENTCLOUD_SECRETKEY: secretKey };
  const installation = [
    clockFinding(skew),
    ...differences(wanted, standing),
    ...variableFindings(wanted, standing),
    ...releaseFindings(wanted, standing),
  ];
  if (!wanted.collections.every((name) => standing.collections.has(name))) return installation;
  return [...installation, ...(await dataFindings(openDocuments(sdk, envId), wanted.migrations, Date.now()))];
}

/** `npm run doctor`. @returns 0 when nothing is ill, else 1 */
export async function main(
  argv: readonly string[],
  environment: Environment,
  root: string,
  out: (line: string) => void,
): Promise<number> {
  if (argv.includes('--help')) return (out(USAGE), 0);
  const secrets = ['TENCENTCLOUD_SECRETID', 'TENCENTCLOUD_SECRETKEY'].map((name) => environment[name] ?? '');
  const say = (line: string) => out(withoutSecrets(line, secrets));
  let asked;
  try {
    asked = parseArgs({
      args: [...argv],
      options: { env: { type: 'string' }, region: { type: 'string' }, data: { type: 'string' } },
    }).values;
  } catch (error) {
    return (say(`看不懂这个选项：${(error as Error).message.split('.')[0]}\n${USAGE}`), 1);
  }
  try {
    const functionsDir = path.join(root, 'cloudfunctions');
    await buildFunctions(functionsDir);
    const wanted = declared(functionsDir);
    const env = asked.env ?? 'local';
    const findings =
      env === 'local'
        ? await lookAtLocal(path.resolve(root, asked.data ?? path.join('.huitou', 'data')), wanted)
        : await lookAtReal(env, asked.region ?? 'ap-shanghai', environment, wanted);
    findings.flatMap(findingWords).forEach(say);
    const ills = findings.filter(({ state }) => state === 'ill').length;
    say(ills === 0 ? '没有要治的。' : `有 ${ills} 处要处理。`);
    return ills === 0 ? 0 : 1;
  } catch (error) {
    say(error instanceof CannotLook ? error.message : failureWords(error));
    return 1;
  }
}
