import type { OrderRow } from '../../miniprogram/contract/members';
import { verdictOf } from './hq-samples';
import { askedFor, hands, loses, mountPage, phone, replies, settled, startOver, textOf } from './mount';
import type { Mounted } from './mount';

/** What the person picks in the chat; null = she gave up. */
let picked: string | null;
const world = globalThis as unknown as { wx: Record<string, unknown> };
Object.assign(world.wx, {
  chooseMessageFile: async () => {
    if (picked === null) throw new Error('cancel');
    return { tempFiles: [{ name: '订单.csv', size: picked.length, path: 'wxfile://a' }] };
  },
  getFileSystemManager: () => ({
    readFile: ({ success }: { success: (read: { data: string | null }) => void }) =>
      success({ data: picked }),
  }),
});

const HEAD = '订单号,会员号,门店,支付时间,实付金额';
const file = (rows: number): string =>
  [HEAD, ...Array.from({ length: rows }, (_, i) => `A${i},M${i},徐汇店,2024-03-05,${i + 1}`)].join('\n');

beforeEach(() => {
  startOver();
  replies('members', 'import.orders', ({ rows }) => verdictOf(rows.map((row) => row.orderNo)));
  replies('members', 'import.settle', () => ({ done: 2, total: 2, finished: true }));
});

async function afterPicking(text: string | null, kind = 'orders'): Promise<Mounted> {
  picked = text;
  const page = await mountPage('hq/import/import');
  await hands(page, 'pick', {}, { kind });
  await settled(30);
  return page;
}
async function press(page: Mounted, handler: string): Promise<void> {
  page.instance[handler]?.();
  await settled(40);
}
const rowsAsked = (dryRun: boolean): OrderRow[] =>
  askedFor('import.orders').flatMap((call) => {
    const ask = call.ask as { rows: OrderRow[]; dryRun: boolean };
    return ask.dryRun === dryRun ? ask.rows : [];
  });

it('shows what the columns mean before anything is sent', async () => {
  const page = await afterPicking(file(3));
  expect(textOf(page)).toContain('订单 · 3 行');
  expect(textOf(page)).toContain('例：徐汇店');
  expect(askedFor('import.orders')).toHaveLength(0);
});

it('stays where it is when no file was picked', async () => {
  expect((await afterPicking(null)).data['step']).toBe('pick');
});

it.each([
  ['\uFFFD\uFFFD,1\n2,3', '文件不是 UTF-8 编码'],
  [HEAD, '文件里只有列名'],
  [`${HEAD}\n"A1,M1\n`, '第 2 行的引号没有成对'],
])('says what is wrong with a file: %#', async (text, sentence) => {
  const page = await afterPicking(text);
  expect(page.data['step']).toBe('pick');
  expect(textOf(page)).toContain(sentence);
});

it('takes the member column a person names', async () => {
  const page = await afterPicking(file(2).replace('会员号', 'household_id'));
  expect(textOf(page)).toContain('还差会员号');
  await hands(page, 'pickColumn', { value: '1' }, { column: 'memberNo' });
  expect(textOf(page)).not.toContain('还差');
  await press(page, 'check');
  expect(rowsAsked(true).map((row) => row.memberNo)).toEqual(['M0', 'M1']);
});

it('checks first, imports only when confirmed, then places the members', async () => {
  const page = await afterPicking(file(1500));
  await press(page, 'check');
  expect(textOf(page)).toContain('可以导入 1,500 单');
  expect(rowsAsked(false)).toHaveLength(0);
  expect(askedFor('import.orders').length).toBeGreaterThan(1);
  for (const call of askedFor('import.orders'))
    expect(Buffer.byteLength(JSON.stringify(call), 'utf8')).toBeLessThan(100_000);
  await press(page, 'confirm');
  expect(rowsAsked(false)).toHaveLength(1500);
  expect(askedFor('import.settle')).toHaveLength(1);
  expect(textOf(page)).toContain('已导入 1,500 单');
  await press(page, 'goHome');
  expect(phone.reLaunch).toHaveBeenCalledWith({ url: '/hq/overview/overview' });
});

it('shows refused rows with their numbers and reasons', async () => {
  const page = await afterPicking(`${HEAD}\nA1,M1,徐汇店,2024-03-05,三元\nA2,M2,徐汇店,2024-03-05,3`);
  await press(page, 'check');
  expect(textOf(page)).toContain('第 2 行');
  expect(textOf(page)).toContain('实付金额');
});

it('has nothing to confirm when a file was imported before', async () => {
  replies('members', 'import.orders', ({ rows }) => verdictOf([], { same: rows.length }));
  const page = await afterPicking(file(2));
  await press(page, 'check');
  expect(textOf(page)).toContain('没有新内容需要导入');
  expect(textOf(page)).not.toContain('确认导入');
});

it('goes on where the network was lost, and sends no row twice that was answered', async () => {
  const page = await afterPicking(file(3));
  await press(page, 'check');
  loses('members', 'import.orders');
  await press(page, 'confirm');
  expect(textOf(page)).toContain('网络断开了');
  expect(page.data['step']).toBe('sending');
  const lost = askedFor('import.orders').at(-1)?.requestKey;
  replies('members', 'import.orders', ({ rows }) => verdictOf(rows.map((row) => row.orderNo)));
  await press(page, 'goOn');
  expect(askedFor('import.orders').at(-1)?.requestKey).toBe(lost);
  expect(textOf(page)).toContain('已导入 3 单');
});
