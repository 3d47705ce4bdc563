import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudStartError } from '../../devkit/cloud';
import { PhonesCannotStart } from '../../devkit/phone';
import { readOptions } from '../../devkit/start/options';
import type { StartOptions } from '../../devkit/start/options';
import { buildAll, startHuitou, StartRefused } from '../../devkit/start/start';
import { sendOrder } from '../../devkit/start/webhook';
import { LOCAL_WEBHOOK_SECRET } from '../../devkit/start/start';

const ROOT = path.resolve(__dirname, '../..');
jest.setTimeout(60_000);

/** Built once for the starts that are about something else. */
let built: string;
beforeAll(async () => {
  built = mkdtempSync(path.join(tmpdir(), 'huitou-built-'));
  await buildAll(ROOT, built, () => undefined);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));
const asBuilt = async (_root: string, into: string) => cpSync(built, into, { recursive: true });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'huitou-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (options: Partial<StartOptions> = {}, build: typeof buildAll = asBuilt) =>
  startHuitou(
    { port: 0, fresh: false, empty: true, consoleWrite: false, dataDir: folder, today: null, ...options },
    ROOT,
    () => undefined,
    build,
  );

describe('the command line of npm start', () => {
  it('has defaults that need no option', () => {
    expect(readOptions([], '/repo')).toMatchObject({
      ok: true,
      value: { port: 5180, fresh: false, empty: false, dataDir: '/repo/.huitou/data', today: null },
    });
  });
  it('takes a chain as small as a test or as large as a company', () => {
    for (const members of [100, 200_000])
      expect(readOptions(['--members', `${members}`], '/repo')).toMatchObject({ value: { members } });
  });
  it.each([
    [['--port', 'abc'], '--port'],
    [['--port', '70000'], '--port'],
    [['--today', '2026-02-30'], '--today'],
    [['--today', '18/3/2026'], '--today'],
    [['--members', '99'], '--members'],
    [['--members', '200001'], '--members'],
    [['--members', 'many'], '--members'],
    [['--nothing'], '看不懂'],
  ])('refuses %j with a sentence', (argv, word) => {
    const read = readOptions(argv, '/repo');
    expect(read.ok ? '' : read.failure).toContain(word);
  });
});

describe('starting', () => {
  it('keeps what is there over a restart, and says who is at home meanwhile', async () => {
    const first = await start({ today: null }, buildAll);
    const { port } = JSON.parse(readFileSync(path.join(folder, 'running.json'), 'utf8')) as { port: number };
    expect(port).toBe(first.cloud.port);
    const order = {
      event: 'order.paid',
      orderNo: 'A1',
      memberNo: 'M1',
      branchNo: 'B1',
      createdAt: 0,
      paidAt: 0,
      amountFen: 9900,
    } as const;
    const now = first.cloud.clock.now();
    const sent = await sendOrder(
      `http://127.0.0.1:${first.cloud.port}/http/ingest/orders`,
      LOCAL_WEBHOOK_SECRET,
      { ...order, createdAt: now, paidAt: now },
      now,
    );
    expect(sent.status).toBe(200);
    await first.stop();
    expect(existsSync(path.join(folder, 'running.json'))).toBe(false);

    const second = await start();
    const overview = await second.cloud.invoke(
      'members',
      { action: 'tier.overview', ask: {} },
      { openid: 'wx-hq' },
    );
    expect(overview.result).toMatchObject({ ok: true, reply: { members: 1, branches: 1 } });
    await second.stop();
  });

  it('refuses a folder that another start is using', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(CloudStartError);
    await expect(start({ fresh: true })).rejects.toThrow(/正被另一个进程使用/);
    await first.stop();
  });

  it('refuses a taken port and leaves the folder free for the next try', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    await expect(start({ port })).rejects.toThrow(PhonesCannotStart);
    const next = await start();
    await next.stop();
    holder.close();
  });

  it('refuses data of another version and says what to do', async () => {
    writeFileSync(path.join(folder, 'format.json'), '{"format":99}');
    await expect(start()).rejects.toThrow(/99.*请换一个数据目录/);
    const fresh = await start({ fresh: true });
    await fresh.stop();
  });

  it("never empties somebody else's folder", async () => {
    mkdirSync(path.join(folder, 'photos'));
    await expect(start({ fresh: true })).rejects.toThrow(StartRefused);
    expect(existsSync(path.join(folder, 'photos'))).toBe(true);
  });
});
