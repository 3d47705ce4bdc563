import type { OrderRow } from '../../miniprogram/contract/members';
import { verdictOf } from './hq-samples';
import { askedFor, hands, loses, mountPage, phone, replies, settled, startOver, textOf } from './mount';
import type { Mounted } from './mount';

/** What the person picks in the chat; null = she gave up. */
let picked: string | Uint8Array | null;
/** how large the chat says it is; null = as large as it is */
let saidSize: number | null = null;
const world = globalThis as unknown as { wx: Record<string, unknown> };
Object.assign(world.wx, {
  chooseMessageFile: async () => {
    if (picked === null) throw new Error('cancel');
    return { tempFiles: [{ name: '订单.csv', size: saidSize ?? picked.length, path: 'wxfile://a' }] };
  },
  getFileSystemManager: () => ({
    readFile: ({ success }: { success: (read: { data: ArrayBuffer }) => void }) => {
      const bytes = typeof picked === 'string' ? new Uint8Array(Buffer.from(picked)) : picked;
      success({ data: Uint8Array.from(bytes ?? []).buffer });
    },
  }),
});

const HEAD = '订单号,会员号,门店,支付时间,实付金额';
const file = (rows: number): string =>
  [HEAD, ...Array.from({ length: rows }, (_, i) => `A${i},M${i},徐汇店,2024-03-05,${i + 1}`)].join('\n');

beforeEach(() => {
  startOver();
  saidSize = null;
  replies('members', 'import.orders', ({ rows }) => verdictOf(rows.map((row) => row.orderNo)));
  replies('members', 'import.settle', () => ({ done: 2, total: 2, finished: true }));
});

async function afterPicking(text: string | Uint8Array | null, kind = 'orders'): Promise<Mounted> {
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
  ['PK\u0003\u0004', '这是 Excel 工作簿，请在 Excel 里另存为'],
  [HEAD, '文件里只有列名'],
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

/** 订单号,会员号,门店,支付时间,实付金额 / A1,M1,徐汇店,25/03/2024 10:00,¥1,200 as a Chinese Windows saves it. */
const GB = Buffer.from(
  'b6a9b5a5bac52cbbe1d4b1bac52cc3c5b5ea2cd6a7b8b6cab1bce42ccab5b8b6bdf0b6ee0d0a' +
    '41312c4d312cd0ecbbe3b5ea2c30352f30332f323032342031303a30302c22a3a4312c323030220d0a' +
    '41322c4d322cd0ecbbe3b5ea2c32352f30332f323032342031303a30302c380d0a',
  'hex',
);

it('shows what it recognised of a file before anything is sent: encoding, separator, dates, amounts', async () => {
  const page = await afterPicking(new Uint8Array(GB));
  const text = textOf(page);
  expect(text).toContain('GB18030');
  expect(text).toContain('逗号');
  expect(text).toContain('25/03/2024 10:00 读作2024年3月25日（日在前），因为第一个数大于12，只能是日');
  expect(text).toContain('带货币符号、千分位逗号，￥1,200 读作 ¥1,200');
  expect(text).toContain('例：徐汇店');
  expect(askedFor('import.orders')).toHaveLength(0);
});

it('reads dates the other way round when a person says so', async () => {
  const page = await afterPicking(file(2).replace(/2024-03-05/g, '03/05/2024'));
  expect(textOf(page)).toContain('（月在前）；列里没有大于12的日可以判断');
  const paidOn = async () => {
    await press(page, 'check');
    const at = rowsAsked(true).at(-1)?.paidAt ?? 0;
    await press(page, 'backToMapping');
    return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  };
  expect(await paidOn()).toBe('2024-03-05');
  await press(page, 'turnDates');
  expect(textOf(page)).toContain('（日在前），按您的选择');
  expect(await paidOn()).toBe('2024-05-03');
});

it('refuses a file no phone can hold, and names the limit and the way out', async () => {
  saidSize = 41_943_040;
  const page = await afterPicking(file(1));
  expect(page.data['step']).toBe('pick');
  expect(textOf(page)).toMatch(/40\.0 MB，手机一次最多处理 20 MB.*npm run import/);
});

it('goes past a line it cannot read', async () => {
  const page = await afterPicking(`${HEAD}\n"A1,M1,徐汇店,2024-03-05,3\nA2,M2,徐汇店,2024-03-05,3`);
  await press(page, 'check');
  expect(textOf(page)).toContain('引号没有成对');
  expect(rowsAsked(true).map((row) => row.orderNo)).toEqual(['A2']);
});
