import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { parse } from 'papaparse';
import { command, table } from '../../cloudfunctions/common/store/table';
import type { MemberDoc } from '../../cloudfunctions/common/store/documents';
import { EXIT, runImport } from '../../devkit/demo/import/run';
import { seedEmptyChain } from '../../devkit/demo/load';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { startChain } from './chain';
import type { Chain } from './chain';

/** Baskets of a real grocery chain: "The Complete Journey", CC0, one line per product. */
const FILE = 'completejourney_transactions_sample.csv.gz';
const MAP =
  'memberNo=household_id,branchNo=store_id,orderNo=basket_id,paidAt=transaction_timestamp,amount=sales_value,line=product_id';

/** The folder with the real data, which is no part of the project; without it these tests are skipped. */
const realData = process.env['HUITOU_REAL_DATA'];
jest.setTimeout(600_000);

(realData ? describe : describe.skip)('a year of a real chain', () => {
  let chain: Chain;
  let folder: string;
  let out = '';
  let rows: Record<string, string>[] = [];
  const refusedRows = new Set<number>();

  beforeAll(async () => {
    chain = await startChain(['members'], { startAt: startOf(day('2018-01-15'), 10) });
    await seedEmptyChain({ add: (collection, docs) => chain.add(collection, docs as never) });
    folder = mkdtempSync(path.join(tmpdir(), 'huitou-real-'));
    copyFileSync(path.join(realData ?? '', FILE), path.join(folder, FILE));
    mkdirSync(path.join(folder, 'data'));
    writeFileSync(path.join(folder, 'data', 'running.json'), JSON.stringify({ port: chain.cloud.port }));
    const code = await runImport(['--orders', FILE, '--map', MAP, '--data', 'data'], folder, folder, {
      out: (line) => (out += `${line}\n`),
      err: (line) => (out += `${line}\n`),
      bars: new PassThrough() as unknown as NodeJS.WriteStream,
    });
    if (code !== EXIT.through) throw new Error(out);
    const text = gunzipSync(readFileSync(path.join(folder, FILE))).toString();
    rows = parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
    for (const [, row] of out.matchAll(/（第 (\d+) 行）/g)) refusedRows.add(Number(row));
  });
  afterAll(async () => {
    await chain.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses no row in silence: every basket of a row that was not refused is an order', () => {
    expect(out).toMatch(/读取的行 +75,000/);
    const taken = rows.filter((_row, i) => !refusedRows.has(i + 2));
    const baskets = new Set(taken.map((row) => row['basket_id']));
    expect(out).toContain(baskets.size.toLocaleString('en-US'));
    expect(baskets.size).toBeGreaterThanOrEqual(47_242);
    expect(refusedRows.size).toBeLessThanOrEqual(2);
    expect(out).toMatch(/新会员 +2,377/);
    expect(out).toMatch(/新门店 +293/);
    expect(out).toMatch(/（2018-01-15，2,377 位会员，293 家门店）/);
  });

  it('knows of every household how often and for how much it bought', async () => {
    const fen = new Map<string, Map<string, number>>();
    rows.forEach((row, i) => {
      if (refusedRows.has(i + 2)) return;
      const baskets = fen.get(row['household_id'] ?? '') ?? new Map<string, number>();
      const basket = row['basket_id'] ?? '';
      baskets.set(basket, (baskets.get(basket) ?? 0) + Math.round(Number(row['sales_value']) * 100));
      fen.set(row['household_id'] ?? '', baskets);
    });
    const stored = new Map(
      (await everybody()).map(({ _id, facts }) => [_id, [facts.paidOrders, facts.paidFen]]),
    );
    const expected = new Map(
      [...fen].map(([household, baskets]) => {
        const paid = [...baskets.values()].filter((basketFen) => basketFen > 0);
        return [household, [paid.length, paid.reduce((sum, basketFen) => sum + basketFen, 0)]];
      }),
    );
    expect(stored.size).toBe(2377);
    expect(
      [...expected].filter(([household, want]) => String(stored.get(household)) !== String(want)),
    ).toEqual([]);
  });

  async function everybody(): Promise<MemberDoc[]> {
    const members: MemberDoc[] = [];
    for (;;) {
      const after = members.at(-1)?._id ?? '';
      const page = await table('members').page({
        where: { _id: command().gt(after) },
        orderBy: [['_id', 'asc']],
        limit: 1000,
      });
      if (page.length === 0) return members;
      members.push(...page);
    }
  }
});
