import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readAsk } from '../../devkit/demo/import/ask';
import { mapFiles } from '../../devkit/demo/import/columns';
import { startLastRows } from '../../devkit/demo/import/lastRows';
import { openCsv } from '../../devkit/demo/import/lines';
import type { CsvFile } from '../../devkit/demo/import/lines';
import { tableLines } from '../../devkit/demo/import/table';
import { openText } from '../../devkit/demo/import/text';
import { survey, wholeGroups } from '../../devkit/demo/import/wholeOrders';

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'huitou-csv-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 「订单号,会员号」 in GB18030, which Node can read but not write. */
const GB_HEADER = Buffer.from('b6a9b5a5bac52cbbe1d4b1bac5', 'hex');
/** 王芳 */
const GB_NAME = Buffer.from('cdf5b7bc', 'hex');

let files = 0;
function fileOf(content: string | Buffer): string {
  const file = path.join(folder, `${files++}.csv`);
  writeFileSync(file, content);
  return file;
}
async function csvOf(content: string | Buffer): Promise<CsvFile> {
  const text = await openText(fileOf(content));
  if (!text.ok) throw new Error(text.failure);
  const csv = await openCsv(text.value);
  if (!csv.ok) throw new Error(csv.failure);
  return csv.value;
}
async function read(csv: CsvFile) {
  const records: { row: number; cells: string[] }[] = [];
  const refused: { row: number; reason: string }[] = [];
  for await (const lines of csv.lines()) {
    records.push(...lines.records.map(({ row, record }) => ({ row, cells: Object.values(record) })));
    refused.push(...lines.refused);
  }
  return { records, refused };
}

describe('opening a file', () => {
  const want = { headers: ['订单号', '会员号'], records: [{ row: 2, cells: ['1', '王芳'] }] };
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('订单号,会员号\n1,王芳\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF订单号,会员号\n1,王芳\n')],
    ['GB18030', Buffer.concat([GB_HEADER, Buffer.from('\n1,'), GB_NAME, Buffer.from('\n')])],
    ['UTF-16 as spreadsheets save it', Buffer.from('\uFEFF订单号,会员号\r\n1,王芳\r\n', 'utf16le')],
    ['gzip, whatever it is called', gzipSync(Buffer.from('订单号,会员号\n1,王芳\n'))],
    ['line ends of old Macs', Buffer.from('订单号,会员号\r1,王芳\r')],
    ['tabs between the columns', Buffer.from('订单号\t会员号\n1\t王芳\n')],
    ['no line end at the end', Buffer.from('订单号,会员号\n1,王芳')],
  ])('reads %s', async (_name, content) => {
    const csv = await csvOf(content);
    expect(csv.headers).toEqual(want.headers);
    expect((await read(csv)).records).toEqual(want.records);
  });

  it('tells GB18030 also when the first Chinese stands far down in the file', async () => {
    const many = Buffer.from('no,name\n' + '1,a\n'.repeat(100_000));
    const { records } = await read(await csvOf(Buffer.concat([many, Buffer.from('2,'), GB_NAME])));
    expect(records).toHaveLength(100_001);
    expect(records.at(-1)?.cells).toEqual(['2', '王芳']);
  });

  it.each<[string, () => string, RegExp]>([
    ['a file that is not there', () => path.join(folder, 'none.csv'), /找不到文件.*none\.csv/],
    ['a folder', () => folder, /不是文件/],
    ['an empty file', () => fileOf(''), /是空的/],
    ['a broken archive', () => fileOf(gzipSync('a,b\n1,2\n'.repeat(999)).subarray(0, 40)), /gzip/],
    ['bytes in no known encoding', () => fileOf(Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x80, 0x0a])), /编码/],
  ])('refuses %s with a sentence', async (_name, file, sentence) => {
    const text = await openText(file());
    expect(text).toEqual({ ok: false, failure: expect.stringMatching(sentence) as string });
  });

  it('refuses a file of blank lines', async () => {
    const text = await openText(fileOf('\n\n  \n'));
    if (!text.ok) throw new Error(text.failure);
    expect(await openCsv(text.value)).toEqual({
      ok: false,
      failure: expect.stringContaining('空') as string,
    });
  });
});

describe('reading lines', () => {
  it('counts rows as a spreadsheet shows them: blank lines count, a cell with line breaks is one row', async () => {
    const { records } = await read(await csvOf('no,note\n1,"a\nb"\n\n2,c\n'));
    expect(records).toEqual([
      { row: 2, cells: ['1', 'a\nb'] },
      { row: 4, cells: ['2', 'c'] },
    ]);
  });

  it('loses only the line whose quote nobody closed', async () => {
    const { records, refused } = await read(await csvOf('no,name\n1,a\n2,"b\n3,c\n"4","d"\n5,e\n'));
    expect(records.map(({ cells }) => cells[0])).toEqual(['1', '3', '4', '5']);
    expect(refused).toEqual([{ row: 3, reason: '引号没有成对，无法分列' }]);
  });

  it('goes on after thousands of broken lines', async () => {
    const text =
      'no,name\n' + Array.from({ length: 3000 }, (_, i) => `${i},${i % 3 ? 'a' : '"b'}\n`).join('');
    const { records, refused } = await read(await csvOf(text));
    expect(records.length + refused.length).toBe(3000);
    expect(refused.length).toBe(1000);
  });

  it('refuses more cells than headers, and characters that are none', async () => {
    const bad = Buffer.concat([
      Buffer.from('会员的号码,会员的姓名\n1,"1,234",9\n2,'),
      Buffer.from([0xe7, 0x8e]),
      Buffer.from('x\n3,c\n'),
    ]);
    const { records, refused } = await read(await csvOf(Buffer.concat([bad, Buffer.from('4,d,,\n')])));
    expect(records.map(({ cells }) => cells[0])).toEqual(['3', '4']);
    expect(refused).toEqual([
      { row: 2, reason: '有 3 列，比表头的 2 列多' },
      { row: 3, reason: '有无法识别的字符，请检查文件编码' },
    ]);
  });

  it('reads a large file in pieces just as it reads it whole', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i},"会员 ""${i}""",备注\r\n`);
    const { records, refused } = await read(await csvOf(`号,名,注\r\n${lines.join('')}`));
    expect(refused).toEqual([]);
    expect(records).toHaveLength(40_000);
    expect(records[31_234]).toEqual({ row: 31_236, cells: ['31234', '会员 "31234"', '备注'] });
  });
});

describe('orders in windows', () => {
  it('never cuts a basket in two, however far apart its lines stand', async () => {
    const line = (i: number) => `${i % 25_000},p${i}\n`;
    const csv = await csvOf('order,product\n' + Array.from({ length: 60_000 }, (_, i) => line(i)).join(''));
    const found = await survey(csv, 'order');
    expect(found.rows).toBe(60_000);
    const seen = new Set<string>();
    let lines = 0;
    for await (const { records } of wholeGroups(csv, 'order', found)) {
      const here = new Set(records.map(({ record }) => record['order'] ?? ''));
      expect([...here].filter((order) => seen.has(order))).toEqual([]);
      for (const order of here) seen.add(order);
      lines += records.length;
    }
    expect(lines).toBe(60_000);
    expect(seen.size).toBe(25_000);
  });
});

describe('where orders end', () => {
  it('is remembered for a hundred thousand orders, none too early', () => {
    const last = startLastRows();
    const want = new Map<string, number>();
    for (let row = 2; row < 200_000; row++) {
      const order = `T${(row * 7919) % 100_003}`;
      last.tell(order, row);
      want.set(order, row);
    }
    const early = [...want].filter(([order, row]) => last.of(order) < row);
    const late = [...want].filter(([order, row]) => last.of(order) > row);
    expect(early).toEqual([]);
    expect(late.length).toBeLessThan(5);
  });
});

describe('the command line', () => {
  const root = '/huitou';
  it('is read', () => {
    const args = ['--orders', 'o.csv', '--map', 'memberNo=卡号,orderNo=单号', '--dry-run'];
    expect(readAsk(args, '/shop', root)).toEqual({
      ok: true,
      value: {
        orders: path.resolve('/shop/o.csv'),
        members: null,
        touches: null,
        map: { memberNo: '卡号', orderNo: '单号' },
        dates: null,
        dryRun: true,
        dataDir: path.resolve('/huitou/.huitou/data'),
        as: 'wx-hq',
      },
    });
  });

  it.each([
    [[], /--orders、--members 或 --touches/],
    [['--orders', 'o', '--speed'], /看不懂命令行/],
    [['--orders', 'o', '--dates', 'year-first'], /day-first 或 month-first/],
    [['--orders', 'o', '--map', 'memberNo'], /不是“我们的列=文件的列”/],
    [['--orders', 'o', '--map', 'a=b,a=c'], /出现了两次/],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(readAsk(args, '/shop', root)).toEqual({
      ok: false,
      failure: expect.stringMatching(sentence) as string,
    });
  });

  it('refuses a --map that names a column of ours or of the file that does not exist', async () => {
    const orders = await csvOf('order_id,card,store_id,paid_at,amount\n');
    const mapped = (map: Record<string, string>) => mapFiles({ orders, members: null }, map);
    expect(mapped({ memberNo: 'card' }).ok).toBe(true);
    expect(mapped({ member: 'card' })).toMatchObject({
      failure: expect.stringContaining('没有“member”这一列') as string,
    });
    expect(mapped({ memberNo: 'crad' })).toMatchObject({
      failure: expect.stringContaining('“crad”在文件里不存在') as string,
    });
  });

  it('says which columns could be the member when none is', async () => {
    const orders = await csvOf('basket_id,household_id,store_id,transaction_timestamp,sales_value\n');
    expect(mapFiles({ orders, members: null }, {})).toMatchObject({
      failure: expect.stringMatching(/household_id.*--map memberNo=/) as string,
    });
  });
});

describe('tables on a terminal', () => {
  it('stand straight although Chinese characters are twice as wide', () => {
    expect(
      tableLines([
        ['门店', '3'],
        ['ab', '12'],
      ]),
    ).toEqual(['门店   3', 'ab    12']);
  });
});
