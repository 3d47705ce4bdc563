import { KEPT_DAYS, stricterConsent, unitedDays } from '../../cloudfunctions/common/people/united';
import { recordSignal } from '../../cloudfunctions/common/flows/recordSignal';
import { table } from '../../cloudfunctions/common/store/table';
import { addDays, DAY_MS, day } from '../../miniprogram/domain/kernel/day';
import { refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, quietOrders, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'gifts', 'pulse']);
});
afterAll(() => chain.stop());
beforeEach(async () => {
  chain.cloud.faults.clear();
  await chain.cloud.drop();
  await seedStaff(chain);
});
const visiting = (openid: string, memberId: string) =>
  chain.call(openid, 'members', 'visit.record', { memberId });
const memberOf = async (id: string) => {
  const member = await table('members').find(id);
  if (!member) throw new Error(`no member ${id}`);
  return member;
};

describe('she was in the shop', () => {
  it('moves her in the same call, once a day', async () => {
    await chain.add('members', [aMember('M1', [], { ownerClerkId: 'c1' })]);
    expect((await memberOf('M1')).lifecycle).toBe('prospect');
    const told = replyOf(await visiting('wx-c1', 'M1'));
    expect(told).toMatchObject({ on: TODAY, lifecycle: 'visitedNoOrder' });
    expect(told.sentence).toContain('进店未下单');
    const after = await memberOf('M1');
    expect(after).toMatchObject({
      visitDays: [TODAY],
      waiting: 0,
      lifecycle: 'visitedNoOrder',
      facts: { visits: 1, lastVisitOn: TODAY },
    });
    expect(replyOf(await visiting('wx-m1', 'M1'))).toEqual(told);
    expect(await memberOf('M1')).toEqual(after);
  });

  it('is one visit of many who tap at once', async () => {
    await chain.add('members', [aMember('M1', [], { ownerClerkId: 'c1' })]);
    await Promise.all(Array.from({ length: 6 }, () => visiting('wx-c1', 'M1')));
    expect(await memberOf('M1')).toMatchObject({ visitDays: [TODAY], waiting: 0, facts: { visits: 1 } });
  });

  it('keeps the newest 400 days, oldest first', async () => {
    const days = Array.from({ length: KEPT_DAYS }, (_, i) => addDays(TODAY, i - KEPT_DAYS - 5));
    await chain.add('members', [aMember('M1', [], { visitDays: days })]);
    await recordSignal('M1', 'visit', { now: TEN_O_CLOCK, today: TODAY });
    const { visitDays } = await memberOf('M1');
    expect(visitDays).toEqual([...days.slice(1), TODAY]);
    expect(visitDays).toHaveLength(KEPT_DAYS);
  });

  it('is not lost when the call dies after writing it: she waits to be placed', async () => {
    await chain.add('members', [aMember('M1', [], { ownerClerkId: 'c1' })]);
    chain.cloud.faults.set(
      [
        {
          action: 'database.modifyDocument',
          function: 'members',
          kind: 'dropReply',
          probability: 1,
          times: 1,
        },
      ],
      1,
    );
    expect(refusalOf(await visiting('wx-c1', 'M1'))).toBe('server-error');
    chain.cloud.faults.clear();
    expect(await memberOf('M1')).toMatchObject({ visitDays: [TODAY], waiting: 1 });
    replyOf(await chain.call('wx-hq', 'members', 'import.settle', {}));
    expect(await memberOf('M1')).toMatchObject({ waiting: 0, lifecycle: 'visitedNoOrder' });
  });

  it('is for whoever looks after her', async () => {
    const { member } = await seedTask(chain, 'M1', { task: { clerkId: 'c2' } });
    await chain.add('members', [
      aMember('M2', quietOrders('M2'), { ownerClerkId: 'c1' }),
      aMember('M3', [], { homeBranchId: 'B2' }),
    ]);
    const may = async (openid: string, id: string) => {
      const outcome = await visiting(openid, id);
      return outcome.ok ? 'yes' : outcome.failure.code;
    };
    // by a task, as her owner, by the branch
    expect(await may('wx-c2', member._id)).toBe('yes');
    expect(await may('wx-c1', 'M2')).toBe('yes');
    expect(await may('wx-m2', 'M3')).toBe('yes');
    expect(await may('wx-hq', 'M3')).toBe('yes');
    // another clerk's, the neighbour's branch, a customer, nobody
    expect(await may('wx-c1', member._id)).toBe('out-of-scope');
    expect(await may('wx-c3', 'M2')).toBe('out-of-scope');
    expect(await may('wx-m2', 'M2')).toBe('out-of-scope');
    expect(await may('wx-m1', 'M3')).toBe('out-of-scope');
    expect(await may('wx-M1', 'M1')).toBe('not-staff');
    expect(await may('wx-hq', 'M9')).toBe('not-found');
    expect(refusalOf(await visiting('wx-c1', { $gt: '' } as never))).toBe('bad-ask');
  });
});

describe('she looked at her gift', () => {
  const queries = () => chain.cloud.faults.log().length;
  it('counts as browsing once a day, and a second look costs no more calls than ever', async () => {
    await chain.add('campaigns', [aCampaign('spring')]);
    const { task } = await seedTask(chain, 'M1', { member: { openid: 'wx-M1' } });
    const opening = (openid: string) => chain.call(openid, 'gifts', 'gift.open', { link: task.link });
    // somebody else's look, or a colleague's, says nothing of her
    replyOf(await opening('wx-stranger'));
    replyOf(await opening('wx-c1'));
    expect((await memberOf('M1')).browseDays ?? []).toEqual([]);

    replyOf(await opening('wx-M1'));
    expect(await memberOf('M1')).toMatchObject({ browseDays: [TODAY], waiting: 1 });
    // within a minute the pulse places her by it
    await chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
    expect(await memberOf('M1')).toMatchObject({
      waiting: 0,
      facts: { browses: 1, lastBrowseOn: TODAY },
    });
    const after = await memberOf('M1');
    const latency = { action: '*', function: 'gifts', kind: 'latency' as const, probability: 1, ms: 1 };
    chain.cloud.faults.set([latency], 1);
    replyOf(await opening('wx-M1'));
    // who is calling, the gift, and the invocation itself; names are remembered
    expect(queries()).toBeLessThanOrEqual(4);
    expect(await memberOf('M1')).toEqual(after);

    await chain.cloud.clock.moveTo(TEN_O_CLOCK + DAY_MS);
    replyOf(await opening('wx-M1'));
    expect((await memberOf('M1')).browseDays).toEqual([TODAY, addDays(TODAY, 1)]);
  });
});

describe('what two numbers know together', () => {
  it('unites days, sorted, each once, the newest 400', () => {
    const days = (...texts: string[]) => texts.map(day);
    expect(unitedDays(days('2025-01-02', '2025-02-01'), days('2025-01-01', '2025-02-01'))).toEqual([
      '2025-01-01',
      '2025-01-02',
      '2025-02-01',
    ]);
    const many = Array.from({ length: KEPT_DAYS }, (_, i) => addDays(TODAY, -i));
    expect(unitedDays(many, days('2020-01-01'))).toHaveLength(KEPT_DAYS);
    expect(unitedDays(many, days('2020-01-01'))[0]).toBe(addDays(TODAY, 1 - KEPT_DAYS));
  });

  it('takes the stricter consent either way round', () => {
    const promo = { at: 5, source: 'member', scope: 'promo' } as const;
    const all = { at: 9, source: 'clerk', scope: 'all' } as const;
    expect(stricterConsent(promo, all)).toEqual({ at: 5, source: 'member' });
    expect(stricterConsent(all, promo)).toEqual({ at: 5, source: 'member' });
    expect(stricterConsent(null, null)).toBeNull();
  });
});
