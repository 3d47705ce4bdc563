import { randomBytes } from 'node:crypto';
import { sealPhone } from '../../cloudfunctions/common/people/phones';
import { table } from '../../cloudfunctions/common/store/table';
import type { ExportAsk } from '../../miniprogram/contract/operations';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, aTask, quietOrders, seedStaff } from './people';

jest.setTimeout(60_000);
const KEY = randomBytes(32).toString('base64');
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members'], { environment: { HUITOU_PHONE_KEY: KEY } });
  process.env['HUITOU_PHONE_KEY'] = KEY;
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
  const members = ['A1', 'A2', 'A3'].map((id, n) =>
    aMember(id, quietOrders(id), {
      homeBranchId: n < 2 ? 'B1' : 'B2',
      phone: sealPhone(`1380000123${n}`),
      phoneTail: `123${n}`,
      name: n === 0 ? '=HYPERLINK("x")' : `王,小${n}`,
      optOut: n === 1 ? { at: 1, source: 'import', scope: 'promo' } : null,
    }),
  );
  await chain.add('members', members);
  await chain.add('tasks', [
    ...members.map((one, n) =>
      aTask('spring', one, {
        branchId: one.homeBranchId,
        link: `l${n}`,
        enteredAt: startOf(addDays(TODAY, -n)),
      }),
    ),
    aTask('spring', aMember('A9', quietOrders('A9')), { arm: 'heldOut', link: 'l9', _id: 'spring:A9' }),
  ]);
}, 60_000);
afterAll(() => chain.stop());

const WANTED: ExportAsk = { what: 'members', branchId: null, phones: 'masked', since: null };
const begin = (who: string, ask: Partial<ExportAsk> = {}, key?: string) =>
  chain.call(who, 'members', 'export.begin', { ...WANTED, ...ask }, key);
const page = (who: string, mark: string, after: string | null = null) =>
  chain.call(who, 'members', 'export.page', { mark, after });
const right = (staffId: string, mayExport: boolean) =>
  chain.call('wx-hq', 'members', 'export.right', { staffId, mayExport });
async function file(who: string, ask: Partial<ExportAsk> = {}): Promise<string[]> {
  const { mark, head } = replyOf(await begin(who, ask));
  return (head + replyOf(await page(who, mark)).lines).trimEnd().split('\n');
}

describe('the right to export', () => {
  it('is nobody’s by role, HQ included, and is given by HQ with an audit row', async () => {
    for (const who of ['wx-hq', 'wx-m1']) expect(refusalOf(await begin(who))).toBe('export-not-allowed');
    expect(replyOf(await right('hq', true)).mayExport).toBe(true);
    expect(replyOf(await right('m1', true)).mayExport).toBe(true);
    await right('m1', true);
    expect((await begin('wx-hq')).ok).toBe(true);
    const told = (await table('audit').all({ what: 'exportRight' }, 100)).map(({ detail }) => detail);
    expect(told.sort()).toEqual(['总部小陈给了总部小陈（hq）导出权限', '总部小陈给了赵店长（m1）导出权限']);
  });

  it('opens no more than her role: a manager her own branch, and no whole numbers', async () => {
    expect(refusalOf(await begin('wx-m1'))).toBe('other-branch');
    expect(refusalOf(await begin('wx-m1', { branchId: 'B2' }))).toBe('other-branch');
    expect(refusalOf(await begin('wx-m1', { branchId: 'B1', phones: 'whole' }))).toBe('not-allowed');
    expect((await begin('wx-m1', { branchId: 'B1' })).ok).toBe(true);
  });

  it('ends at once when it is taken back, also in the middle of a file', async () => {
    const { mark } = replyOf(await begin('wx-m1', { branchId: 'B1' }));
    await right('m1', false);
    expect(refusalOf(await page('wx-m1', mark))).toBe('export-not-allowed');
    await right('m1', true);
    expect((await page('wx-m1', mark)).ok).toBe(true);
    await chain.cloud.clock.moveTo(chain.now() + 3_600_001);
    expect(refusalOf(await page('wx-m1', mark))).toBe('export-over');
  });
});

describe('a file', () => {
  it('begins with its mark and whose it is, masks numbers, and is text to a spreadsheet', async () => {
    const key = newKey();
    const first = replyOf(await begin('wx-hq', {}, key));
    expect(replyOf(await begin('wx-hq', {}, key))).toEqual(first);
    const lines = await file('wx-hq');
    expect(lines[0]).toMatch(/^# 回头客导出 \w{10} · 会员 · 总部小陈 · /);
    expect(lines[1]).toMatch(/^会员号,姓名,手机,/);
    expect(lines[2]).toMatch(/^A1,"'=HYPERLINK\(""x""\)",\*{7}1230,B1,/);
    expect(lines[3]).toMatch(/^A2,"王,小1",.*,不要推送,import$/);
    expect(lines).toHaveLength(5);
    const audited = await table('audit').find(`export:hq:${key}`);
    expect(audited?.detail).toBe(`${first.mark} 会员 3 行，全部门店，手机号打码`);
  });

  it('holds whole numbers for HQ when she asks for them, and the audit says so', async () => {
    const key = newKey();
    const { mark } = replyOf(await begin('wx-hq', { phones: 'whole' }, key));
    expect(replyOf(await page('wx-hq', mark)).lines).toMatch(/^A1,[^\n]*,13800001230,B1,/);
    expect((await table('audit').find(`export:hq:${key}`))?.detail).toMatch(/完整手机号$/);
  });

  it('holds the tasks of a branch since a day, and never those of held-out members', async () => {
    expect((await file('wx-hq', { what: 'tasks' })).slice(2).map((line) => line.split(',')[0])).toEqual([
      'spring:A1',
      'spring:A2',
      'spring:A3',
    ]);
    const since = addDays(TODAY, -1);
    expect(await file('wx-hq', { what: 'tasks', since })).toHaveLength(4);
    expect(await file('wx-m1', { what: 'tasks', branchId: 'B1', since: TODAY })).toHaveLength(3);
    expect(await file('wx-hq', { what: 'touches' })).toHaveLength(2);
  });

  it('comes in pages, and counts each page once however often it is asked for', async () => {
    await chain.add(
      'members',
      Array.from({ length: 600 }, (_, n) => aMember(`N${String(n).padStart(4, '0')}`)),
    );
    const { mark, matching } = replyOf(await begin('wx-hq'));
    expect(matching).toBe(603);
    const first = replyOf(await page('wx-hq', mark));
    await page('wx-hq', mark);
    expect(first.rows).toBe(500);
    const second = replyOf(await page('wx-hq', mark, first.next));
    await page('wx-hq', mark, first.next);
    expect([second.rows, second.next]).toEqual([103, null]);
    expect(await table('exports').find(mark)).toMatchObject({ rows: 603, matching: 603 });
    const { exports } = replyOf(await chain.call('wx-hq', 'members', 'operations.overview', {}));
    expect(exports[0]).toMatchObject({ mark, staffName: '总部小陈', rows: 603, isFinished: true });
    expect(refusalOf(await page('wx-m1', mark))).toBe('not-found');
  });

  it('whoever opted out is listed for HQ by how we know it', async () => {
    const list = await chain.call('wx-hq', 'members', 'optOut.list', { source: 'import', after: null });
    expect(replyOf(list)).toEqual({
      members: [{ memberId: 'A2', name: '王,小1', phoneTail: '1231', scope: 'promo', at: 1 }],
      next: null,
    });
  });
});
