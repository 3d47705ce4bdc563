import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { openCsv } from '../../../../devkit/demo/import/lines';
import { openText } from '../../../../devkit/demo/import/text';
import { matrixLines } from '../../../../devkit/demo/import/words';
import { readTiersAsk } from '../../../../devkit/tiers/ask';
import { readOrders } from '../../../../devkit/tiers/readChain';
import { runTiers } from '../../../../devkit/tiers/run';
import { aovCutOf } from '../../../../miniprogram/domain/membership/aov';
import { mapOrderColumns } from '../../../../miniprogram/domain/membership/csv/columns';
import { factsOf } from '../../../../miniprogram/domain/membership/facts';
import { matrixOf } from '../../../../miniprogram/domain/membership/matrix';
import { placeMember } from '../../../../miniprogram/domain/membership/place';
import { rulesOf } from '../../../../miniprogram/domain/membership/presets';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiers-'));
});
afterAll(() => rm(folder, { recursive: true }));

class Silent extends Writable {
  override _write(_: unknown, __: unknown, done: () => void) {
    done();
  }
}

async function typed(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runTiers(args, folder, folder, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    bars: new Silent() as unknown as WriteStream,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const file = async (name: string, lines: readonly string[]): Promise<string> => {
  await writeFile(path.join(folder, name), lines.join('\n'));
  return name;
};

const HEAD = '订单号,会员号,门店,付款时间,实付金额,品类,退款金额';
/** Baskets of several lines, an unreadable one, one refunded whole, and one after New Year. */
const SHOP = [
  HEAD,
  'A1,M1,S1,2024-03-01 10:00,100,奶粉,',
  'A2,M2,S1,2024-11-30 10:00,300,奶粉,',
  'A3,M1,S2,2024-03-20 10:00,50,玩具,',
  'A1,M1,S1,2024-03-01 10:00,20,玩具,',
  'A4,M3,S2,2024-12-01 10:00,80,奶粉,80',
  'A5,M2,S1,前天,80,奶粉,',
  'A6,M2,S1,2025-01-15 09:00,310,奶粉,',
  'A7,M2,S1,2025-02-14 09:00,290,奶粉,',
];

describe('npm run tiers', () => {
  it('places the members of a file as of its last day of payment', async () => {
    const { code, out, err } = await typed('--orders', await file('shop.csv', SHOP));
    expect(code).toBe(0);
    expect(out).toContain('会员分层（2025-02-14，3 位会员，2 家门店）');
    const row = (word: string) => /\d+ +\d+ +\d+ +\d+/.exec(out.slice(out.indexOf(`  ${word} `)))?.[0];
    expect(row('活跃')?.split(/ +/)).toEqual(['1', '0', '0', '1']);
    expect(row('沉睡')?.split(/ +/)).toEqual(['0', '0', '1', '1']);
    expect(row('潜客')?.split(/ +/)).toEqual(['0', '0', '1', '1']);
    expect(out).toContain('客单价前20%的标准：¥300，中位数 ¥300（2 位消费过的会员）');
    expect(err).toContain('拒绝 1 行');
    expect(err).toContain('第 7 行');
  });

  it('looks from a past day as if nothing had happened since', async () => {
    const name = await file('shop.csv', SHOP);
    const { out } = await typed(
      '--orders',
      name,
      '--today',
      '2024-06-20',
      '--explain',
      'M1',
      '--explain',
      'M2',
    );
    expect(out).toContain('会员分层（2024-06-20，1 位会员');
    expect(out).toContain('M1：预沉睡：最后一次消费是2024年3月20日，距今已满3个月');
    expect(out).toContain('M2：文件里没有这位会员');
  });

  it('explains a member with her rhythm and what runs out', async () => {
    const name = await file('shop.csv', SHOP);
    const { out } = await typed(
      '--orders',
      name,
      '--rules',
      'maternity',
      '--today',
      '2025-03-20',
      '--explain',
      'M2',
    );
    expect(out).toContain('M2：活跃：最后一次消费是2025年2月14日，距今34天（规则：6个月内消费过）。');
    expect(out).toContain('通常每38天买一次（按她自己的3次消费），预计2025年3月24日再来');
    expect(out).toContain('奶粉：上次买是2025年2月14日，约38天用完（按她自己的间隔）');
    expect(out).toContain('不再消费的话，2025-08-14 起分层会变。');
  });

  it('counts the members of a member file who never ordered', async () => {
    const orders = await file('shop.csv', SHOP);
    const members = await file('members.csv', ['会员号,姓名', 'M1,王姐', 'M9,李姐', ',没有号']);
    const { out, err } = await typed('--orders', orders, '--members', members, '--explain', 'M9');
    expect(out).toContain('4 位会员');
    expect(out).toContain('M9：潜客：还没有到店和消费记录。');
    expect(err).toContain('会员号是空的');
  });

  it.each<[string, string[], string]>([
    ['no file', [], '请用 --orders 指定订单文件'],
    ['a file that is not there', ['--orders', 'nowhere.csv'], '找不到文件'],
    ['rules nobody knows', ['--orders', 'shop.csv', '--rules', 'weekly'], '没有叫“weekly”的规则'],
    ['a day that is none', ['--orders', 'shop.csv', '--today', '2025-02-30'], '--today 应写成'],
    ['a share of more than all', ['--orders', 'shop.csv', '--top-share', '20'], '--top-share 应是'],
    ['a share that is blank', ['--orders', 'shop.csv', '--top-share', ''], '--top-share 应是'],
    ['an option nobody knows', ['--orders', 'shop.csv', '--fast'], '看不懂命令行'],
    ['a column that is not there', ['--orders', 'shop.csv', '--map', 'memberNo=卡'], '在文件里不存在'],
  ])('refuses %s with a sentence', async (_, args, said) => {
    await file('shop.csv', SHOP);
    const { code, err } = await typed(...args);
    expect(code).toBe(1);
    expect(err).toContain(said);
  });

  it('refuses a file in which nobody paid', async () => {
    const { code, err } = await typed('--orders', await file('empty.csv', [HEAD, 'A1,M1,S1,昨天,100,,']));
    expect(code).toBe(1);
    expect(err).toContain('没有一笔付了款的订单');
  });

  it('reads the share and the day', () => {
    const ask = readTiersAsk(
      ['--orders', 'o.csv', '--today', '2024-02-29', '--top-share', '0.1'],
      '/shop',
      '/',
    );
    expect(ask).toMatchObject({
      ok: true,
      value: { orders: '/shop/o.csv', today: '2024-02-29', rules: { value: { topShare: 0.1 } } },
    });
  });
});

const realData = process.env['HUITOU_REAL_DATA'];
(realData === undefined ? describe.skip : describe)('Complete Journey, one year of a grocer', () => {
  const name = path.join(realData ?? '', 'completejourney_transactions_sample.csv.gz');
  const map = { memberNo: 'household_id', branchNo: 'store_id', orderNo: 'basket_id' };

  it('has the same matrix as placing its members one by one', async () => {
    const text = await openText(name);
    const csv = text.ok ? await openCsv(text.value) : text;
    if (!csv.ok) throw new Error(csv.failure);
    const columns = mapOrderColumns(csv.value.headers, map);
    if (!columns.ok) throw new Error(columns.failure.detail);
    const reading = { onProgress: () => {}, refuse: () => {} };
    const all = await readOrders(csv.value, columns.value, { explain: [], until: null }, reading);
    const explain = all.book.memberNos;
    const { watched, lastPaidOn, branches } = await readOrders(
      csv.value,
      columns.value,
      { explain, until: null },
      reading,
    );
    if (lastPaidOn === null) throw new Error('nobody paid');
    const rules = rulesOf('retail', 1);
    const facts = [...watched.values()].map((orders) => factsOf(orders, []));
    const cut = aovCutOf(
      facts.flatMap(({ aovFen }) => aovFen ?? []),
      0.2,
      lastPaidOn,
    );
    const matrix = matrixOf(facts.map((one) => placeMember(one, rules, cut, lastPaidOn)));
    const lines = matrixLines({
      today: lastPaidOn,
      members: facts.length,
      matrix,
      rules,
      aovCut: cut,
      waiting: 0,
      branches,
      rebuild: null,
    });
    const given = Object.entries(map).flatMap(([ours, theirs]) => ['--map', `${ours}=${theirs}`]);
    const { out } = await typed('--orders', name, ...given);
    expect(facts).toHaveLength(2377);
    expect(out).toContain(lines.join('\n'));
  }, 120_000);
});
