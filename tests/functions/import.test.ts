import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { EXIT, runImport } from '../../devkit/demo/import/run';
import { seedEmptyChain } from '../../devkit/demo/load';
import { table } from '../../cloudfunctions/common/store/table';
import { startChain } from './chain';
import type { Chain } from './chain';

jest.setTimeout(60_000);

let chain: Chain;
let folder: string;
let dataDir: string;
beforeAll(async () => {
  chain = await startChain(['members']);
  await seedEmptyChain({
    add: (collection, docs) => chain.add(collection, docs as never),
  });
  folder = mkdtempSync(path.join(tmpdir(), 'huitou-import-'));
  dataDir = path.join(folder, 'data');
  mkdirSync(dataDir);
  writeFileSync(
    path.join(dataDir, 'running.json'),
    JSON.stringify({ port: chain.cloud.port, pid: process.pid }),
  );
});
afterAll(async () => {
  await chain.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as somebody in `folder` would; answers its exit code and what it said. */
async function importing(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  // A log file instead of a terminal: plain lines, no bar.
  const bars = new PassThrough() as unknown as NodeJS.WriteStream;
  const code = await runImport([...args, '--data', dataDir], folder, folder, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    bars,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
function fileOf(name: string, content: string | Buffer): string {
  writeFileSync(path.join(folder, name), content);
  return name;
}
/** A figure of the verdict table. */
const figure = (out: string, label: string) =>
  Number(new RegExp(`^ +${label} +([\\d,]+)`, 'm').exec(out)?.[1]?.replace(/,/g, ''));

const HEADER = '订单编号,会员号,门店编号,订单付款时间,实付金额,商品编码';
const ORDERS = `${HEADER}
A1,M1,S1,2025-03-01 10:00:00,18.00,tea
A2,M2,S1,2024-10-01 10:00:00,200,pot
A1,M1,S1,2025-03-01 10:00:00,12.50,cake
A3,M3,S2,2023-12-01 10:00:00,99,tea
`;

/** Everything the import can write, for comparing before and after. */
async function everything(): Promise<unknown[]> {
  const pages = [];
  for (const name of ['orders', 'members', 'branches'] as const) {
    pages.push(await table(name).page({ orderBy: [['_id', 'asc']], limit: 1000 }));
  }
  return pages;
}

describe('a file of orders', () => {
  it('is only looked at on a dry run', async () => {
    const before = await everything();
    const { code, out } = await importing('--orders', fileOf('dry.csv', ORDERS), '--dry-run');
    expect(code).toBe(EXIT.through);
    expect(out).toContain('没有写入');
    expect([figure(out, '订单新增'), figure(out, '新会员'), figure(out, '新门店')]).toEqual([3, 3, 2]);
    expect(await everything()).toEqual(before);
  });

  it('becomes orders, members, branches and tiers', async () => {
    const { code, out } = await importing('--orders', fileOf('orders.csv', ORDERS));
    expect(code).toBe(EXIT.through);
    expect([figure(out, '订单新增'), figure(out, '新会员'), figure(out, '新门店')]).toEqual([3, 3, 2]);
    expect(out).toMatch(/活跃.* 1\n/);
    const first = await table('orders').find('csv:A1');
    expect(first).toMatchObject({ memberId: 'M1', paidFen: 3050, lines: { tea: 1800, cake: 1250 } });
    const members = await table('members').page({ orderBy: [['_id', 'asc']], limit: 10 });
    expect(members.map(({ _id, lifecycle, waiting }) => [_id, lifecycle, waiting])).toEqual([
      ['M1', 'active', 0],
      ['M2', 'drowsy', 0],
      ['M3', 'lost', 0],
    ]);
  });

  it('changes nothing when it is imported again, compressed or in another order of its lines', async () => {
    const before = await everything();
    const [header = '', ...lines] = ORDERS.trim().split('\n');
    for (const file of [
      fileOf('again.csv', ORDERS),
      fileOf('again.csv.gz', gzipSync(ORDERS)),
      fileOf('turned.csv', `\uFEFF${[header, ...lines.reverse()].join('\r\n')}`),
    ]) {
      const { code, out } = await importing('--orders', file);
      expect([code, figure(out, '订单新增'), figure(out, '订单有变化'), figure(out, '订单无变化')]).toEqual([
        0, 0, 0, 3,
      ]);
    }
    expect(await everything()).toEqual(before);
  });

  it('goes on past rows that cannot be taken, and writes down which and why without naming anybody', async () => {
    const file = fileOf(
      'bad.csv',
      `${HEADER}\nB1,13812345678,S1,昨天,10,tea\nB2,M4,S1,2025-03-01,许多,tea\n,M4,S1,2025-03-01,10,tea\n` +
        `"B4,M4,S1,2025-03-01,10,tea\nB5,M4,S1,2025-03-01,1,234,tea\nB6,${'M'.repeat(300)},S1,2025-03-01,10,tea\n` +
        `B7,M5,S1,2025-03-02,10,tea\n`,
    );
    const { code, out } = await importing('--orders', file);
    expect(code).toBe(EXIT.through);
    expect([figure(out, '订单新增'), figure(out, '拒绝的行'), figure(out, '读取的行')]).toEqual([1, 6, 7]);
    const rejects = readFileSync(path.join(folder, 'bad.csv.rejects.csv'), 'utf8');
    expect(rejects.split('\r\n').map((line) => line.split(',')[0])).toEqual([
      '\uFEFF行号',
      ...['2', '3', '4', '5', '6', '7'],
      '',
    ]);
    expect(rejects + out).not.toMatch(/13812345678|昨天|许多/);
    expect(await table('orders').find('csv:B7')).toMatchObject({ paidFen: 1000 });
  });

  it('takes the reject file of an earlier import away when nothing is refused any more', async () => {
    expect(existsSync(path.join(folder, 'bad.csv.rejects.csv'))).toBe(true);
    await importing('--orders', fileOf('bad.csv', ORDERS));
    expect(existsSync(path.join(folder, 'bad.csv.rejects.csv'))).toBe(false);
  });

  it('takes a file whose member column was named on the command line, and refuses it before', async () => {
    const file = fileOf(
      'household.csv',
      'household_id,store_id,basket_id,transaction_timestamp,sales_value\nH1,S1,K1,2025-03-01 10:00:00,9\n',
    );
    const refused = await importing('--orders', file);
    expect(refused.code).toBe(EXIT.fileUnusable);
    expect(refused.err).toContain('household_id');
    const taken = await importing('--orders', file, '--map', 'memberNo=household_id');
    expect([taken.code, figure(taken.out, '订单新增')]).toEqual([EXIT.through, 1]);
  });
});

describe('what is recognised of a file', () => {
  const said = async (name: string, content: string | Buffer, ...more: string[]) =>
    (await importing('--orders', fileOf(name, content), '--dry-run', ...more)).out;

  it('is said in the first lines: encoding, separator, dates, amounts', async () => {
    const out = await said('seen.csv', `\uFEFF${ORDERS.replace(/,/g, ';').replace('99;', '¥99元;')}`);
    expect(out.split('\n').slice(0, 5)).toEqual([
      '订单文件：4 行',
      '  编码：UTF-8',
      '  分隔：分号',
      '  付款时间：年-月-日 时:分:秒，例如 2025-03-01 10:00:00',
      '  实付金额：元，带货币符号、“元”字，¥99元 读作 ¥99',
    ]);
  });

  it('is told for UTF-16 too', async () => {
    const out = await said('wide.csv', Buffer.from(`\uFEFF${ORDERS.replace(/,/g, '\t')}`, 'utf16le'));
    expect(out).toContain('编码：UTF-16');
    expect(out).toContain('分隔：制表符');
    expect(figure(out, '拒绝的行')).toBe(0);
  });

  it('says how dates with the year last are read, and obeys', async () => {
    const file = `${HEADER}\nD1,M1,S1,03/05/2024,10,tea\nD2,M1,S1,04/05/2024,10,tea\n`;
    expect(await said('order.csv', file)).toMatch(
      /！付款时间：.*读作2024年3月5日（月在前）；列里没有大于12的日/,
    );
    expect(await said('order.csv', file, '--dates', 'day-first')).toContain(
      '读作2024年5月3日（日在前），按您的选择',
    );
    await importing('--orders', 'order.csv', '--dates', 'day-first');
    const day = async (no: string) =>
      new Date(((await table('orders').find(`csv:${no}`))?.paidAt ?? 0) + 8 * 3_600_000).toISOString();
    expect(await day('D1')).toContain('2024-05-03');
    const shown = `${HEADER}\nD3,M1,S1,03/05/2024,10,tea\nD4,M1,S1,03/25/2024,10,tea\n`;
    expect(await said('order2.csv', shown)).toMatch(
      / {2}付款时间：03\/25\/2024 读作2024年3月25日（月在前），因为/,
    );
    await importing('--orders', 'order2.csv');
    expect(await day('D3')).toContain('2024-03-05');
  });

  it('refuses a workbook with the way out', async () => {
    const { code, err } = await importing('--orders', fileOf('book.csv', 'PK\u0003\u0004…'));
    expect(code).toBe(EXIT.fileUnusable);
    expect(err).toContain('另存为“CSV UTF-8（逗号分隔）”');
  });

  it('goes on past garbage bytes in the middle of a file', async () => {
    const content = Buffer.concat([
      Buffer.from(`${HEADER}\nX1,M1,S1,2025-03-01,10,${'茶具套装'.repeat(8)}\nX2,M1,S1,`),
      Buffer.from([0xff, 0xfe, 0x80, 0xc3, 0x28]),
      Buffer.from(',10,tea\n"X3,M1,S1,2025-03-01,10,tea\nX4,M1,S1,2025-03-01,10,tea\n'),
    ]);
    const out = await said('garbage.csv', content);
    expect([figure(out, '读取的行'), figure(out, '拒绝的行'), figure(out, '订单新增')]).toEqual([4, 2, 2]);
  });
});

describe('a file of members', () => {
  /** 会员号,姓名,退订 / M1,王芳,是 as a Chinese spreadsheet saves it (GB18030). */
  const GB = Buffer.from('bbe1d4b1bac52cd0d5c3fb2ccdcbb6a90a4d312ccdf5b7bc2ccac70a', 'hex');

  it('is read in GB18030, and its opt-outs stay', async () => {
    const { code, out } = await importing('--members', fileOf('gb.csv', GB));
    expect([code, figure(out, '会员有变化')]).toEqual([EXIT.through, 1]);
    const member = await table('members').find('M1');
    expect(member).toMatchObject({ name: '王芳', optOut: { source: 'import' } });
    await importing('--members', fileOf('later.csv', '会员号,姓名,退订\nM1,,否\n'));
    expect(await table('members').find('M1')).toEqual(member);
  });

  it('goes before the orders when both are given, so that nobody stays nameless', async () => {
    const { code, out } = await importing(
      ...['--members', fileOf('m.csv', '会员号,姓名,手机号\nM9,赵敏,13900001234\n')],
      ...['--orders', fileOf('o.csv', `${HEADER}\nN1,M9,S1,2025-03-01,10,tea\n`)],
    );
    expect([code, figure(out, '会员新增'), figure(out, '订单新增')]).toEqual([EXIT.through, 1, 1]);
    expect(await table('members').find('M9')).toMatchObject({
      name: '赵敏',
      phoneTail: '1234',
      lifecycle: 'active',
    });
  });
});

describe('an import that cannot begin', () => {
  it('says that the cloud is not running and what to do', async () => {
    const file = path.join(dataDir, 'running.json');
    const running = readFileSync(file, 'utf8');
    rmSync(file);
    const absent = await importing('--orders', fileOf('x.csv', ORDERS));
    // A cloud that was killed leaves its word behind; nothing listens on this port any more.
    writeFileSync(file, JSON.stringify({ port: 9 }));
    const dead = await importing('--orders', 'x.csv');
    writeFileSync(file, running);
    for (const { code, err } of [absent, dead]) {
      expect(code).toBe(EXIT.cloudNotRunning);
      expect(err).toContain('npm start');
    }
  });

  it('says which file it cannot find', async () => {
    const { code, err } = await importing('--orders', 'nowhere.csv');
    expect(code).toBe(EXIT.fileUnusable);
    expect(err).toContain('nowhere.csv');
  });

  it('says so when the cloud goes away in the middle, or a function breaks', async () => {
    const answers: ((response: ServerResponse) => void)[] = [
      (response) => response.destroy(),
      (response) => response.writeHead(400).end('{"code":"FUNCTIONS_TIME_LIMIT_EXCEEDED","message":"20 s"}'),
    ];
    const file = path.join(dataDir, 'running.json');
    const running = readFileSync(file, 'utf8');
    for (const answer of answers) {
      const server = createServer((request, response) => {
        if (request.url === '/_dev/status') response.end('{}');
        else answer(response);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      writeFileSync(file, JSON.stringify({ port: (server.address() as AddressInfo).port }));
      const { code, err } = await importing('--orders', fileOf('z.csv', ORDERS));
      expect(code).toBe(EXIT.stopped);
      expect(err).toMatch(/已导入的都在/);
      server.close();
    }
    writeFileSync(file, running);
  });

  it('is refused for anybody but headquarters, and writes nothing', async () => {
    const before = await everything();
    const { code, err } = await importing(
      '--orders',
      fileOf('y.csv', `${HEADER}\nZ1,M1,S1,2025-03-01,10,tea\n`),
      '--as',
      'wx-stranger',
    );
    expect(code).toBe(EXIT.stopped);
    expect(err).toMatch(/员工|角色/);
    expect(await everything()).toEqual(before);
  });
});
