import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { buildFunctions } from '../build/functions';
import { credentialsFrom, givenVariables, withoutSecrets } from './credentials';
import { declared, deploy } from './deploy';
import { readOptions, USAGE } from './options';
import type { DeployOptions } from './options';
import { rehearse } from './rehearsal/serve';
import { cloudBaseService } from './service/cloudbase';
import { failureWords } from './service/failureWords';
import { REAL_PATIENCE } from './service/patience';

type Say = (line: string) => void;
type Environment = Readonly<Record<string, string | undefined>>;

const UPLOAD = `小程序这样上传（代码上传密钥在小程序后台 → 开发管理，文件放在仓库外面）：
  npm run build && npx miniprogram-ci@2 upload --pp . --pkp 密钥文件 --appid 你的appid --uv 版本号 -r 1`;

async function askedToGoOn(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const line = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await line.question('照这个计划做吗？(y/N) ');
  line.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function run(
  options: DeployOptions,
  environment: Environment,
  root: string,
  say: Say,
): Promise<number> {
  const given = givenVariables(environment);
  if (!given.ok) return (say(given.failure), 1);
  const account = options.rehearse
    ? { ok: true as const, value: { secretId: 'rehearsal', secretKey: 'rehearsal' } }
    : credentialsFrom(environment);
  if (!account.ok) return (say(account.failure), 1);

  const functionsDir = path.join(root, 'cloudfunctions');
  await buildFunctions(functionsDir);
  const wanted = declared(functionsDir);
  const rehearsal = options.rehearse ? await rehearse(options.envId) : null;
  if (rehearsal) say('排练：下面这个空环境是本机虚构的，没有连接腾讯云，什么都不会收费。');
  try {
    const patience = rehearsal ? { between: 0, atMost: 1000 } : REAL_PATIENCE;
    const { steps, refusal } = await deploy({
      wanted,
      service: cloudBaseService(options.envId, options.region, account.value, patience),
      wishes: { given: given.value, unset: options.unset, prune: options.prune },
      say,
      async mayGoOn() {
        if (options.dryRun) return (say('只看计划，什么都没有改。'), false);
        if (options.yes || options.rehearse || (await askedToGoOn())) return true;
        say('没有做任何改动。确认计划后加 --yes 再运行。');
        return false;
      },
    });
    if (refusal !== null) return 1;
    if (steps.length === 0) say('都已经一致，没有要做的。');
    say(UPLOAD);
    return 0;
  } finally {
    await rehearsal?.end();
  }
}

/**
 * `npm run deploy`. @returns the exit code
 * @param environment where account and secrets are read from; none of them appears in what is said
 */
export async function main(
  argv: readonly string[],
  environment: Environment,
  root: string,
  out: Say,
): Promise<number> {
  if (argv.includes('--help')) return (out(USAGE), 0);
  const options = readOptions(argv);
  if (!options.ok) return (out(options.failure), 1);
  const secrets = Object.entries(environment)
    .filter(([name]) => name.startsWith('HUITOU_') || name.startsWith('TENCENTCLOUD_SE'))
    .flatMap(([, value]) => (value ? [value] : []));
  const say: Say = (line) => out(withoutSecrets(line, secrets));
  try {
    return await run(options.value, environment, root, say);
  } catch (error) {
    say(failureWords(error));
    return 1;
  }
}
