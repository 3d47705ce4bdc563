import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import { rateText } from '../../miniprogram/domain/credit/board';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, aPlan, aTask, quietOrders, seedStaff } from './people';

let chain: Chain;
const AT = TEN_O_CLOCK;

/** A treated task that came as far as the named steps. */
function went(id: string, branchId: string, clerkId: string, steps: Partial<TaskDoc> = {}): TaskDoc {
  return aTask('spring', aMember(id, quietOrders(id)), { branchId, clerkId, ...steps });
}

beforeAll(async () => {
  chain = await startChain(['boards']);
  await seedStaff(chain);
  await chain.add('campaigns', [
    aCampaign('winter', {
      createdAt: TEN_O_CLOCK - 1_000,
      plan: aPlan({ name: '1月回归周' }),
      status: 'closed',
    }),
    aCampaign('spring'),
  ]);
  const contacted = { contactedAt: AT };
  const claimed = { ...contacted, openedAt: AT, claimedAt: AT };
  const woken = { ...claimed, redeemedAt: AT, wokenAt: AT, status: 'woken' as const };
  await chain.add('tasks', [
    went('a1', 'B1', 'c1', woken),
    went('a2', 'B1', 'c1', claimed),
    went('a3', 'B1', 'c2', contacted),
    went('a4', 'B1', 'c2'),
    went('b1', 'B2', 'c3', woken),
    went('b2', 'B2', 'c3', { wokenAt: AT }),
    went('b3', 'B2', 'c3'),
    // A held-out member who came back by herself: no board counts her.
    went('h1', 'B1', 'c1', { arm: 'heldOut', status: 'heldOut', wokenAt: AT }),
    aTask('winter', aMember('w1', quietOrders('w1')), { wokenAt: AT, status: 'woken' }),
  ]);
}, 60_000);
afterAll(() => chain.stop());

describe('the branch board', () => {
  it('ranks branches of the newest campaign by wake rate, with what each rate is made of', async () => {
    const board = replyOf(await chain.call('wx-m1', 'boards', 'board.branches', {}));
    expect(board.campaign).toMatchObject({ campaignId: 'spring', name: '3月回归周' });
    expect(board.campaigns.map(({ campaignId }) => campaignId)).toEqual(['spring', 'winter']);
    expect(board.definition).toContain('28天');
    expect(board.ownId).toBe('B1');
    expect(board.rows).toMatchObject([
      {
        place: 1,
        id: 'B2',
        name: '西溪店',
        assigned: 3,
        contacted: 1,
        woken: 2,
        wakeRate: { numerator: 2, denominator: 3 },
      },
      {
        place: 2,
        id: 'B1',
        name: '东湖店',
        assigned: 4,
        contacted: 3,
        opened: 2,
        claimed: 2,
        redeemed: 1,
        woken: 1,
      },
    ]);
    // Whoever came by herself asks nothing of the clerk: one of the three in B2, and one of four is left to do in B1.
    expect(board.rows.map((row) => rateText(row.executionRate))).toEqual(['50.0%', '75.0%']);
    expect(board.total).toEqual({ assigned: 7, contacted: 4, opened: 3, claimed: 3, redeemed: 2, woken: 3 });
  });

  it('is the same for headquarters, managers and clerks, but for the own row', async () => {
    const [hq, manager, clerk] = await Promise.all(
      ['wx-hq', 'wx-m2', 'wx-c1'].map(async (openid) =>
        replyOf(await chain.call(openid, 'boards', 'board.branches', {})),
      ),
    );
    expect([hq?.ownId, manager?.ownId, clerk?.ownId]).toEqual([null, 'B2', 'B1']);
    expect(manager?.rows).toEqual(hq?.rows);
    expect(clerk?.rows).toEqual(hq?.rows);
  });

  it('shows an older campaign by name, and the own branch also when it had no task there', async () => {
    const board = replyOf(await chain.call('wx-m2', 'boards', 'board.branches', { campaignId: 'winter' }));
    expect(board.rows).toMatchObject([{ id: 'B1', place: 1, woken: 1 }]);
    expect(board.own).toMatchObject({
      id: 'B2',
      name: '西溪店',
      place: null,
      assigned: 0,
      wakeRate: { numerator: 0, denominator: 0 },
    });
    expect(board.total).toMatchObject({ assigned: 1, woken: 1 });
  });

  it('costs two database calls beside the scope', async () => {
    const event = { action: 'board.branches', ask: {}, requestKey: newKey() };
    await chain.send('wx-m1', 'boards', event);
    expect((await chain.send('wx-m1', 'boards', event)).databaseCalls).toBe(3);
  });

  it('does not know a campaign that never was, and answers no stranger', async () => {
    expect(refusalOf(await chain.call('wx-hq', 'boards', 'board.branches', { campaignId: 'none' }))).toBe(
      'not-found',
    );
    expect(refusalOf(await chain.call('wx-a1', 'boards', 'board.branches', {}))).toBe('not-staff');
  });
});

describe('the clerk board', () => {
  it('shows a manager her own branch', async () => {
    const board = replyOf(await chain.call('wx-m1', 'boards', 'board.clerks', {}));
    expect(board.rows).toMatchObject([
      { place: 1, id: 'c1', name: '孙晓梅', assigned: 2, woken: 1 },
      { place: 2, id: 'c2', name: '李婷', assigned: 2, woken: 0 },
    ]);
    expect(board.ownId).toBeNull();
  });

  it('marks a clerk in her branch, and is closed to her for another branch', async () => {
    const board = replyOf(await chain.call('wx-c2', 'boards', 'board.clerks', {}));
    expect(board.rows.map(({ id }) => id)).toEqual(['c1', 'c2']);
    expect(board.ownId).toBe('c2');
    expect(replyOf(await chain.call('wx-c2', 'boards', 'board.clerks', { branchId: 'B1' })).rows).toEqual(
      board.rows,
    );
    for (const openid of ['wx-c2', 'wx-m1']) {
      expect(refusalOf(await chain.call(openid, 'boards', 'board.clerks', { branchId: 'B2' }))).toBe(
        'out-of-scope',
      );
    }
  });

  it('says where each clerk of a branch stood in the campaign before, in two database calls beside the scope', async () => {
    const event = { action: 'board.clerks', ask: {}, requestKey: newKey() };
    await chain.send('wx-m1', 'boards', event);
    expect((await chain.send('wx-m1', 'boards', event)).databaseCalls).toBe(3);
    const board = replyOf(await chain.call('wx-m1', 'boards', 'board.clerks', {}));
    expect(board.before).toBe('1月回归周');
    expect(board.rows.map(({ id, before }) => [id, before])).toEqual([
      ['c1', 1],
      ['c2', null],
    ]);
    const first = replyOf(await chain.call('wx-m1', 'boards', 'board.clerks', { campaignId: 'winter' }));
    expect([first.before, first.rows[0]?.before]).toEqual(['', null]);
  });

  it('says where each clerk of a branch stood in the week before', async () => {
    const board = replyOf(
      await chain.call('wx-m1', 'boards', 'board.clerks', { period: 'week', on: addDays(TODAY, 7) }),
    );
    expect(board.before).toContain('–');
    expect(board.rows.map(({ id, before }) => [id, before])).toEqual([
      ['c1', 1],
      ['c2', 2],
    ]);
  });

  it('shows headquarters any branch, or all clerks', async () => {
    const west = replyOf(await chain.call('wx-hq', 'boards', 'board.clerks', { branchId: 'B2' }));
    expect(west.rows.map(({ id }) => id)).toEqual(['c3']);
    const all = replyOf(await chain.call('wx-hq', 'boards', 'board.clerks', {}));
    expect(all.rows.map(({ id }) => id).sort()).toEqual(['c1', 'c2', 'c3']);
    expect(all.total).toMatchObject({ assigned: 7, woken: 3 });
  });
});
