import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../devkit/deploy/run';
import { failureWords } from '../../devkit/deploy/service/failureWords';

jest.setTimeout(60_000);
/** A repository with one function that reads all our secrets. */
const root = mkdtempSync(path.join(tmpdir(), 'huitou-deploy-'));
beforeAll(() => {
  const folder = path.join(root, 'cloudfunctions', 'ingest');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'main.ts'),
    `export const main = () => [process.env['HUITOU_WEBHOOK_SECRET'], process.env['HUITOU_PHONE_KEY']];`,
  );
  writeFileSync(path.join(folder, 'config.json'), '{ "timeout": 20, "httpPath": "/ingest" }');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const SECRETS = {
  TENCENTCLOUD_SECRETID: 'AKIDplantedplantedplanted',
  TENCENTCLOUD_SECRETKEY: 'planted-secret-key-of-the-account',
  HUITOU_WEBHOOK_SECRET: 'planted-webhook-secret-0123456789abcdef',
  HUITOU_PHONE_KEY: Buffer.alloc(32, 7).toString('base64'),
};

async function ran(argv: string[], environment: Record<string, string>) {
  const lines: string[] = [];
  const code = await main(argv, environment, root, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
}

const filesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => statSync(file).isFile());

describe('npm run deploy', () => {
  it('rehearses the whole deployment without an account, and neither says nor writes a secret', async () => {
    const { code, text } = await ran(['--rehearse'], SECRETS);
    expect(code).toBe(0);
    expect(text).toContain('+ HTTP 访问 /ingest → ingest');
    expect(text).toContain('HUITOU_PHONE_KEY、HUITOU_WEBHOOK_SECRET');
    for (const secret of Object.values(SECRETS)) {
      expect(text).not.toContain(secret);
      for (const file of filesBelow(root)) expect(readFileSync(file, 'utf8')).not.toContain(secret);
    }
  });

  it('only shows the plan with --dry-run', async () => {
    const { code, text } = await ran(['--rehearse', '--dry-run'], {});
    expect(code).toBe(0);
    expect(text).toContain('只看计划，什么都没有改');
    expect(text).not.toContain('[1/');
    expect(text).toContain('没有 HUITOU_PHONE_KEY');
  });

  it.each([
    [[], {}, '请用 --env 写明环境 ID'],
    [['--env', 'shop-1a2b'], {}, '没有账号'],
    [['--env', 'shop-1a2b', '--wrong'], SECRETS, '看不懂这个选项'],
    [['--env', 'shop-1a2b'], { ...SECRETS, HUITOU_PHONE_KEY: 'not a key' }, 'HUITOU_PHONE_KEY：要 32 字节'],
    [['--env', 'shop-1a2b'], { ...SECRETS, HUITOU_WEBHOOK_SECRET: 'short' }, 'HUITOU_WEBHOOK_SECRET：太短'],
  ])('refuses %j with a sentence and does nothing', async (argv, environment, sentence) => {
    const { code, text } = await ran(argv, environment);
    expect(code).toBe(1);
    expect(text).toContain(sentence);
  });
});

describe('what goes wrong with a call', () => {
  const failing = (message: unknown, more: object = {}) => Object.assign(new Error(), { message, ...more });

  it('is told as an unreachable network, whatever the library wraps around it', () => {
    const lost = failing('request to https://tcb failed', { code: 'ENOTFOUND' });
    for (const error of [
      lost,
      failing(lost),
      failing('failed', { original: lost }),
      failing('x', { cause: lost }),
    ])
      expect(failureWords(error)).toMatch(/^连不上腾讯云（ENOTFOUND）。.*再运行一次/);
  });

  it.each([
    ['AuthFailure.SecretIdNotFound', '不认这对密钥'],
    ['UnauthorizedOperation', '没有权限'],
    ['ResourceNotFound.EnvNotFound', '没有这个环境'],
    ['LimitExceeded.Function', '再运行一次同样的命令会接着做'],
  ])('is told by its code %s, with the service’s own words', (code, words) => {
    const told = failureWords(failing('[DescribeTables] the words of the service', { code }));
    expect(told).toContain(words);
    expect(told).toContain('the words of the service');
  });

  it('that is no error at all is still a sentence', () => {
    for (const thrown of [undefined, null, 'a text', 7, {}])
      expect(failureWords(thrown)).toContain('会接着做');
  });
});

it('says how it is used when asked', async () => {
  expect(await ran(['--help'], {})).toMatchObject({
    code: 0,
    text: expect.stringContaining('--dry-run') as string,
  });
});
