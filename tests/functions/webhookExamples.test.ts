import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { table } from '../../cloudfunctions/common/store/table';
import { startChain } from './chain';
import type { Chain } from './chain';
import { seedStaff } from './people';

jest.setTimeout(60_000);
const SECRET = 'webhook-secret-of-the-examples-0123456789';
const PAGE = readFileSync(path.join(__dirname, '../../docs/data-formats.md'), 'utf8');

/** The first example in a language, as it stands on the page. */
function exampleIn(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1];
  if (!found) throw new Error(`docs/data-formats.md has no example in ${language}`);
  return found;
}
const isThere = (...programs: string[]) =>
  programs.every((program) => spawnSync(program, ['--version']).error === undefined);

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['ingest'], {
    startAt: Date.now(),
    environment: { HUITOU_WEBHOOK_SECRET: SECRET },
  });
  await seedStaff(chain);
});
afterAll(() => chain.stop());

/** Runs a program with the example on its input, as a developer pastes it. */
function ran(program: string, args: string[], text: string, secret = SECRET): Promise<string> {
  const URL = `http://127.0.0.1:${chain.cloud.port}/http`;
  const child = spawn(program, args, { env: { ...process.env, URL, SECRET: secret } });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (some: string) => said.push(some));
  child.stdin.end(text);
  return new Promise((resolve) => child.on('close', () => resolve(said.join(''))));
}

describe.each([
  ['sh', 'sh', ['-s'], 'A1001', isThere('curl', 'openssl')],
  ['js', process.execPath, ['-'], 'A1002', true],
  ['python', 'python3', ['-'], 'A1003', isThere('python3')],
])('the webhook example in %s', (language, program, args, orderNo, canRun) => {
  (canRun ? it : it.skip)('delivers its order', async () => {
    expect(await ran(program, args, exampleIn(language))).toContain('"ok":true');
    expect(await table('orders').find(`pos:${orderNo}`)).toMatchObject({
      memberId: 'M00042',
      branchId: 'B01',
    });
  });

  (canRun ? it : it.skip)('is refused with another secret', async () => {
    expect(await ran(program, args, exampleIn(language), 'another-secret')).toMatch(/签名|401/);
  });
});
