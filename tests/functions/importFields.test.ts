import fc from 'fast-check';
import { table } from '../../cloudfunctions/common/store/table';
import type { OrderDoc } from '../../cloudfunctions/common/store/documents';
import { seedEmptyChain } from '../../devkit/demo/load';
import type { OrderRow } from '../../miniprogram/contract/members';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';

jest.setTimeout(600_000);
/** How many files are made up; `IMPORT_RUNS=25` tries more. */
const RUNS = Number(process.env['IMPORT_RUNS'] ?? 8);

const KEY = Buffer.alloc(32, 7).toString('base64');
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members'], { environment: { HUITOU_PHONE_KEY: KEY } });
  await seedEmptyChain({ add: (collection, docs) => chain.add(collection, docs as never) });
});
afterAll(() => chain.stop());

const DAY = 86_400_000;
const row = (orderNo: string, more: Partial<OrderRow> = {}): OrderRow => ({
  row: 2,
  orderNo,
  memberNo: 'M1',
  branchNo: 'S1',
  paidAt: TEN_O_CLOCK - 40 * DAY,
  createdAt: TEN_O_CLOCK - 40 * DAY,
  amountFen: 1_000,
  refundedFen: 0,
  clerkNo: null,
  withCoupon: false,
  line: null,
  ...more,
});
const send = (rows: OrderRow[], dryRun = false) =>
  chain.call('wx-hq', 'members', 'import.orders', { rows, dryRun });
async function imported(rows: OrderRow[]) {
  return replyOf(await send(rows));
}
async function settled(): Promise<void> {
  while (!replyOf(await chain.call('wx-hq', 'members', 'import.settle', {})).finished);
}
const order = (no: string) => table('orders').find(`csv:${no}`);

describe('categories and refund times of a file', () => {
  it('become part of the order, and reach the facts of its member', async () => {
    const at = TEN_O_CLOCK - 30 * DAY;
    await imported([
      row('F1', { memberNo: 'MF', line: 'milk', category: '奶粉', amountFen: 20_000 }),
      row('F1', {
        row: 3,
        memberNo: 'MF',
        line: 'bib',
        category: '用品',
        refundedFen: 1_000,
        refundedAt: at,
      }),
    ]);
    expect(await order('F1')).toMatchObject({
      paidFen: 21_000,
      lineCategory: { milk: '奶粉', bib: '用品' },
      categoryFen: { 奶粉: 20_000, 用品: 1_000 },
      refundedFen: 1_000,
      refunds: [{ at, fen: 1_000 }],
    });
    await settled();
    const member = await table('members').find('MF');
    expect(member?.facts.categories.map(({ name }) => name)).toContain('奶粉');
  });

  it('are not doubled when lines come again, or one by one, or a category comes later', async () => {
    const milk = row('F2', { line: 'milk', category: '奶粉' });
    const bib = row('F2', { row: 3, line: 'bib', category: '奶粉', amountFen: 500 });
    await imported([milk]);
    await imported([bib]);
    await imported([milk, bib]);
    await imported([{ ...milk, category: null }]);
    expect((await order('F2'))?.categoryFen).toEqual({ 奶粉: 1_500 });
    await imported([row('F3', { line: 'milk' })]);
    expect(await order('F3')).not.toHaveProperty('categoryFen');
    expect(await imported([row('F3', { line: 'milk', category: '奶粉' })])).toMatchObject({ changed: 1 });
    expect((await order('F3'))?.categoryFen).toEqual({ 奶粉: 1_000 });
  });

  it('leave no empty field behind in files that tell none', async () => {
    await imported([row('F4')]);
    expect(Object.keys((await order('F4')) ?? {})).not.toEqual(expect.arrayContaining(['lineCategory']));
    expect(await order('F4')).not.toHaveProperty('refunds');
  });
});

describe('importing', () => {
  /** Rows as an honest file has them: a product has one category and one price in an order. */
  const someRows = fc
    .array(
      fc.record({
        no: fc.constantFrom('A', 'B', 'C'),
        line: fc.constantFrom('milk', 'bib', 'tea'),
        unpaid: fc.boolean(),
        refund: fc.constantFrom(0, 100, 400),
        refundDay: fc.constantFrom(null, 1, 2, 3),
        coupon: fc.boolean(),
      }),
      { minLength: 1, maxLength: 10 },
    )
    .map((lines) =>
      lines.map(({ no, line, unpaid, refund, refundDay, coupon }, i) =>
        row(no, {
          row: i + 2,
          memberNo: `M-${no}`,
          line,
          category: { milk: '奶粉', bib: '用品', tea: null }[line] ?? null,
          amountFen: { milk: 9_000, bib: 500, tea: 800 }[line] ?? 0,
          paidAt: unpaid ? null : TEN_O_CLOCK - 40 * DAY,
          refundedFen: refund,
          ...(refundDay === null ? {} : { refundedAt: TEN_O_CLOCK - refundDay * DAY }),
          withCoupon: coupon,
        }),
      ),
    );
  let round = 0;
  /** The same rows as orders nobody else uses, so that runs do not meet. */
  const of = (name: string, rows: OrderRow[]) =>
    rows.map((one) => ({ ...one, orderNo: `${name}${one.orderNo}`, memberNo: `${name}${one.memberNo}` }));
  const standing = async (name: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const no of ['A', 'B', 'C']) {
      const doc: Partial<OrderDoc> | null = await order(`${name}${no}`);
      if (doc === null) continue;
      const { _id, memberId, revision, ...rest } = doc;
      found.push({
        no,
        isNamed: Boolean(_id && memberId),
        ...rest,
        revision: revision === undefined ? 0 : 0,
      });
    }
    return found;
  };

  it('twice changes nothing, and rows in any order give the same orders', async () => {
    const shuffled = someRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([rows, other]) => {
        round += 1;
        const [one, two] = [`P${round}x`, `P${round}y`];
        await imported(of(one, rows));
        await imported(of(two, other));
        const state = await standing(one);
        expect(await standing(two)).toEqual(state);
        expect(await imported(of(one, other))).toMatchObject({ added: 0, changed: 0 });
        expect(await standing(one)).toEqual(state);
      }),
      { numRuns: RUNS },
    );
  });

  it('line by line ends as the whole file does', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async (rows) => {
        round += 1;
        const [one, two] = [`L${round}x`, `L${round}y`];
        await imported(of(one, rows));
        for (const single of of(two, [...rows].reverse())) await imported([single]);
        const money = (state: unknown[]) =>
          (state as OrderDoc[]).map(({ lines, lineCategory, categoryFen, paidFen, paidAt }) => [
            lines,
            lineCategory,
            categoryFen,
            paidFen,
            paidAt,
          ]);
        expect(money(await standing(two))).toEqual(money(await standing(one)));
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
});

describe('numbers that lead elsewhere', () => {
  it('land on the member they were merged into', async () => {
    await imported([row('K1', { memberNo: 'MK' }), row('K2', { row: 3, memberNo: 'MG' })]);
    await settled();
    const merge = { keepId: 'MK', goneId: 'MG', dryRun: false };
    expect((await chain.call('wx-hq', 'members', 'member.merge', merge)).ok).toBe(true);
    expect(await imported([row('K3', { memberNo: 'MG' })])).toMatchObject({ added: 1, newMembers: 0 });
    expect((await order('K3'))?.memberId).toBe('MK');
  });

  it('that are phones are kept nowhere in clear', async () => {
    const verdict = await imported([row('T1', { memberNo: '13912340987' })]);
    expect(verdict.newMembers).toBe(1);
    const id = (await order('T1'))?.memberId ?? '';
    expect(id).toMatch(/^p[0-9a-f]{16}$/);
    expect(await table('members').find(id)).toMatchObject({ name: '会员0987', phoneTail: '0987' });
    expect(await imported([row('T1', { memberNo: '13912340987' })])).toMatchObject({
      same: 1,
      newMembers: 0,
    });
    for (const name of ['members', 'orders', 'imports'] as const)
      expect(JSON.stringify(await table(name).page({ limit: 1000 }))).not.toContain('13912340987');
  });
});

describe('what cannot be taken', () => {
  it('is refused row by row and stops nobody else', async () => {
    const verdict = await imported([
      row('G1', { row: 2, memberNo: 'a/b' }),
      row('G2', { row: 3, category: '类'.repeat(200) }),
      row('G3', { row: 4, line: 'x', refundedFen: 10, refundedAt: 5 }),
      row('G4', { row: 5, branchNo: 'S'.repeat(200) }),
      row('G5', { row: 6 }),
    ]);
    expect(verdict.refused.map(({ row: at, reason }) => [at, reason.slice(0, 4)])).toEqual([
      [2, '会员号里'],
      [3, '类目太长'],
      [4, '退款时间'],
      [5, '门店太长'],
    ]);
    expect(verdict.added).toBe(1);
    expect(await order('G5')).not.toBeNull();
  });

  it('is refused as an ask when it is no row at all, and from anybody but headquarters', async () => {
    const rows = [row('H1')];
    for (const wrong of [
      { ...rows[0], category: 7 },
      { ...rows[0], refundedAt: 'gestern' },
      { ...rows[0], secret: 1 },
    ]) {
      const event = { action: 'import.orders', ask: { rows: [wrong], dryRun: false }, requestKey: newKey() };
      expect(refusalOf((await chain.send('wx-hq', 'members', event)).result as never)).toBe('bad-ask');
    }
    for (const stranger of ['wx-nobody', 'wx-M1'])
      expect(
        refusalOf(await chain.call(stranger, 'members', 'import.orders', { rows, dryRun: false })),
      ).not.toBe('');
    expect(await order('H1')).toBeNull();
  });
});
