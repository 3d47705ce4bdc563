import { randomBytes } from 'node:crypto';
import { table } from '../../cloudfunctions/common/store/table';
import type { PeopleContract } from '../../miniprogram/contract/people';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { readPasted } from '../../miniprogram/domain/membership/paste';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { anOrder, seedStaff } from './people';

jest.setTimeout(90_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members'], {
    environment: { HUITOU_PHONE_KEY: randomBytes(32).toString('base64') },
  });
});
afterAll(() => chain.stop());
beforeEach(async () => {
  chain.cloud.faults.clear();
  await chain.cloud.drop();
  await seedStaff(chain);
});

type Ask = PeopleContract['paste.save']['ask'];
const LIST = [
  '王姐 13800001234 上次去年8月买过奶粉',
  '李太太，139 0000 1111，2025年2月来过',
  '陈阿姨 去年双十一买过羽绒服和帽子',
  '赵小姐',
].join('\n');
const pasting = (text: string, known: Partial<Ask> & { openid?: string; key?: string } = {}) => {
  const { openid = 'wx-m1', key = newKey(), ...ask } = known;
  const { rows } = readPasted(text, TODAY);
  return chain.call(openid, 'members', 'paste.save', { rows, branchId: null, dryRun: false, ...ask }, key);
};
async function state(): Promise<unknown> {
  const [members, orders] = await Promise.all([
    table('members').all({}, 1000),
    table('orders').all({}, 1000),
  ]);
  return {
    members: members.map((member) => ({ ...member, tieredAt: 0, phone: member.phone?.hash })),
    orders,
  };
}

describe('a pasted list', () => {
  it('becomes customers with tiers and told purchases', async () => {
    const foreseen = replyOf(await pasting(LIST, { dryRun: true }));
    expect(await table('members').count({})).toBe(0);
    const saved = replyOf(await pasting(LIST));
    expect(saved).toEqual(foreseen);
    expect(saved).toMatchObject({ rows: 4, added: 4, changed: 0, same: 0, refused: [] });
    expect(saved.placed.map(({ row, lifecycle }) => [row, lifecycle])).toEqual([
      [1, 'dormant'],
      [2, 'active'],
      [3, 'drowsy'],
      [4, 'prospect'],
    ]);
    expect(saved.placed[0]?.sentence).toContain('2024年8月31日');

    const [first, , third] = saved.placed.map(({ memberId }) => memberId);
    expect(first).toMatch(/^p[0-9a-f]{16}$/);
    expect(third).toMatch(/^n[0-9a-f]{16}$/);
    expect(await table('members').find(first ?? '')).toMatchObject({
      name: '王姐',
      phoneTail: '1234',
      homeBranchId: 'B1',
      waiting: 0,
      facts: { paidOrders: 1, paidFen: 0, unpricedOrders: 1, aovFen: null },
    });
    expect(await table('orders').find(`told:${first ?? ''}:2024-08-31`)).toMatchObject({
      branchId: 'B1',
      status: 'paid',
      paidAt: startOf(day('2024-08-31'), 12),
      paidFen: 0,
      priceUnknown: true,
      categoryFen: { 奶粉: 0 },
    });
    // 羽绒服和帽子 is no one category
    expect(await table('orders').find(`told:${third ?? ''}:2024-11-11`)).not.toHaveProperty('categoryFen');
  });

  it('changes nothing when it is pasted again', async () => {
    const first = replyOf(await pasting(LIST));
    const before = await state();
    const again = replyOf(await pasting(LIST));
    expect(again).toMatchObject({ added: 0, changed: 0, same: 4 });
    expect(again.placed).toEqual(first.placed);
    expect(await state()).toEqual(before);
  });

  it('answers a repeated call as the first', async () => {
    const key = newKey();
    const first = replyOf(await pasting(LIST, { key }));
    expect(replyOf(await pasting(LIST, { key }))).toEqual(first);
  });

  it('ends the same after being cut off', async () => {
    const { placed } = replyOf(await pasting(LIST));
    const whole = await state();
    for (let seed = 1; seed <= 4; seed++) {
      await chain.cloud.drop();
      await seedStaff(chain);
      const key = newKey();
      const rule = { action: 'database.insertDocument', function: 'members', kind: 'dropReply' as const };
      for (let turn = 0; ; turn++) {
        chain.cloud.faults.set([{ ...rule, probability: turn < 5 ? 0.6 : 0 }], seed * 10 + turn);
        const outcome = await pasting(LIST, { key });
        if (!outcome.ok) continue;
        expect(outcome.reply.placed).toEqual(placed);
        break;
      }
      chain.cloud.faults.clear();
      // whoever was being written when a call died is looked at once more
      replyOf(await chain.call('wx-hq', 'members', 'import.settle', {}));
      expect(await state()).toEqual(whole);
    }
  });

  it('tells a till nothing new: a month it names is the purchase of that month', async () => {
    replyOf(await pasting('王姐 13800001234'));
    const memberId = replyOf(await pasting('王姐 13800001234')).placed[0]?.memberId ?? '';
    await chain.add('orders', [
      anOrder('t1', memberId, day('2024-08-12'), 9_900),
      anOrder('t2', memberId, day('2024-11-03'), 9_900),
    ]);
    expect(replyOf(await pasting('王姐 13800001234 去年8月买过奶粉'))).toMatchObject({ same: 1 });
    expect(replyOf(await pasting('王姐 13800001234 2024年11月3日'))).toMatchObject({ same: 1 });
    // another day of that month is another purchase
    expect(replyOf(await pasting('王姐 13800001234 2024年11月5日'))).toMatchObject({ changed: 1 });
    expect(await table('orders').count({ memberId })).toBe(3);
  });

  it('finds who stands by her phone, and only fills what is blank', async () => {
    const { placed } = replyOf(await pasting('13800001234 去年8月'));
    expect(await table('members').find(placed[0]?.memberId ?? '')).toMatchObject({ name: '会员1234' });
    expect(replyOf(await pasting('王姐 138-0000-1234'))).toMatchObject({ added: 0, changed: 1 });
    expect(replyOf(await pasting('王大姐 13800001234'))).toMatchObject({ changed: 0, same: 1 });
    expect(await table('members').find(placed[0]?.memberId ?? '')).toMatchObject({ name: '王姐' });
  });

  it('refuses a second line with the same name and no phone, and a day that has not come', async () => {
    const { rows } = readPasted('王姐 去年8月\n王姐 去年5月\n李姐', TODAY);
    const late = { row: 9, name: '赵姐', phone: null, lastPaidOn: day('2025-03-06'), bought: null };
    const nameless = { row: 10, name: '', phone: null, lastPaidOn: null, bought: null };
    const saved = replyOf(await pasting('', { rows: [...rows, late, nameless] }));
    expect(saved).toMatchObject({ added: 2 });
    expect(saved.refused).toEqual([
      { row: 2, reason: expect.stringContaining('第1行同名') },
      { row: 9, reason: expect.stringContaining('还没有到') },
      { row: 10, reason: expect.stringContaining('没有称呼') },
    ]);
  });

  it('takes several lines of one phone as one customer', async () => {
    const saved = replyOf(await pasting('王姐 13800001234 去年8月\n13800001234 去年12月 买过茶'));
    expect(saved).toMatchObject({ rows: 2, added: 1 });
    expect(new Set(saved.placed.map(({ memberId }) => memberId)).size).toBe(1);
    expect(saved.placed).toHaveLength(2);
    expect((await table('members').findMany([saved.placed[0]?.memberId ?? '']))[0]?.facts.paidOrders).toBe(2);
  });

  it('of headquarters goes to the branch it names, or to none', async () => {
    const named = replyOf(await pasting('王姐 13800001234 去年8月', { openid: 'wx-hq', branchId: 'B2' }));
    const none = replyOf(await pasting('李姐 13800001235 去年8月', { openid: 'wx-hq' }));
    const [one, other] = [named.placed[0]?.memberId ?? '', none.placed[0]?.memberId ?? ''];
    expect(await table('members').find(one)).toMatchObject({ homeBranchId: 'B2' });
    expect(await table('members').find(other)).toMatchObject({
      homeBranchId: null,
      facts: { paidOrders: 1, lastBranchId: null },
    });
    expect(refusalOf(await pasting('王姐', { openid: 'wx-hq', branchId: 'B9' }))).toBe('not-found');
  });

  it('of a shop with one branch needs no choosing', async () => {
    await table('branches').changeIf({ _id: 'B2' }, { active: false });
    const { placed } = replyOf(await pasting('王姐 13800001234 去年8月', { openid: 'wx-hq' }));
    expect(await table('members').find(placed[0]?.memberId ?? '')).toMatchObject({ homeBranchId: 'B1' });
  });

  it('holds five hundred lines, and not one more', async () => {
    const text = (lines: number) =>
      Array.from({ length: lines }, (_, i) => `王姐${i} 1380000${1000 + i} 去年8月买过奶粉`).join('\n');
    const saved = replyOf(await pasting(text(500)));
    expect(saved).toMatchObject({ added: 500 });
    expect(await table('members').count({ lifecycle: 'dormant', waiting: 0 })).toBe(500);
    expect(refusalOf(await pasting(text(501)))).toBe('bad-ask');
  });
});

describe('who may paste', () => {
  it('is headquarters, and a manager into her own branch', async () => {
    expect(refusalOf(await pasting('王姐', { branchId: 'B2' }))).toBe('not-allowed');
    expect(refusalOf(await pasting('王姐', { openid: 'wx-c1' }))).toBe('not-allowed');
    expect(refusalOf(await pasting('王姐', { openid: 'wx-M1' }))).toBe('not-staff');
    expect(replyOf(await pasting('王姐', { branchId: 'B1' }))).toMatchObject({ added: 1 });
    expect(await table('members').count({})).toBe(1);
  });

  it('does not let a manager write on a customer of another branch', async () => {
    replyOf(await pasting('王姐 13800001234 去年8月', { openid: 'wx-m2' }));
    const before = await state();
    const saved = replyOf(await pasting('王姐 13800001234 去年12月'));
    expect(saved).toMatchObject({ added: 0, changed: 0, placed: [] });
    expect(saved.refused).toEqual([{ row: 1, reason: expect.stringContaining('别的门店') }]);
    expect(await state()).toEqual(before);
  });

  it.each([
    { rows: [{ row: 1, name: '王姐', phone: '123', lastPaidOn: null, bought: null }] },
    { rows: [{ row: 0, name: '王姐', phone: null, lastPaidOn: null, bought: null }] },
    { rows: [{ row: 1, name: '王姐', phone: null, lastPaidOn: '2025-02-30', bought: null }] },
    { rows: [{ row: 1, name: 7, phone: null, lastPaidOn: null, bought: null }] },
    { rows: 'all' },
    { rows: [], branchId: { $gt: '' } },
  ])('refuses garbage: %j', async (wrong) => {
    expect(refusalOf(await pasting('', wrong as never))).toBe('bad-ask');
  });
});
