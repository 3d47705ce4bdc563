import { table } from '../../cloudfunctions/common/store/table';
import type { TaskTab } from '../../miniprogram/domain/outreach/types';
import { addDays, DAY_MS, HOUR_MS } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, aTask, quietOrders, seedStaff, seedTask } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['outreach']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());
afterEach(async () => {
  await table('tasks').changeAll({ clerkId: 'c1' }, { clerkId: 'gone' });
});

const list = (openid: string, tab: TaskTab, after?: string) =>
  chain.call(openid, 'outreach', 'task.list', after === undefined ? { tab } : { tab, after });

describe("a clerk's list", () => {
  it('sorts her tasks under the four tabs and counts all of them on each', async () => {
    await seedTask(chain, 'A1');
    await seedTask(chain, 'A2', { task: { dueOn: addDays(TODAY, -2) } });
    await seedTask(chain, 'A3', { task: { dueOn: addDays(TODAY, 1) } });
    await seedTask(chain, 'A4', { task: { status: 'woken', wokenAt: TEN_O_CLOCK } });
    await seedTask(chain, 'A5', { task: { status: 'closed' } });
    const counts = { today: 1, upcoming: 1, overdue: 1, done: 2 };
    const shown: Record<TaskTab, string[]> = {
      today: ['A1'],
      overdue: ['A2'],
      upcoming: ['A3'],
      done: ['A5', 'A4'],
    };
    for (const tab of ['today', 'overdue', 'upcoming', 'done'] as const) {
      const reply = replyOf(await list('wx-c1', tab));
      expect(reply).toMatchObject({
        tab,
        counts,
        clerkName: '孙晓梅',
        branchName: '东湖店',
        today: TODAY,
        next: null,
      });
      expect(reply.cards.map(({ memberId }) => memberId)).toEqual(shown[tab]);
    }
  });

  it('shows both clocks, the reason and the offer on a card', async () => {
    await seedTask(chain, 'B1');
    const [card] = replyOf(await list('wx-c1', 'today')).cards;
    expect(card).toMatchObject({
      taskId: 'spring:B1',
      name: '王小1',
      phoneTail: '1234',
      lifecycle: 'dormant',
      daysSincePaid: 216,
      daysSinceTouched: null,
      whyNow: '买过2次、上次在去年8月，已经216天没来了',
      offerText: '7折 · 送新茶小样一份',
      stage: 'new',
    });
  });

  it('puts the urged task first and the claimed one second', async () => {
    const until = TEN_O_CLOCK + 5 * HOUR_MS;
    await seedTask(chain, 'C1');
    await seedTask(chain, 'C2', { task: { claimedAt: TEN_O_CLOCK - HOUR_MS, couponExpiresAt: until } });
    await seedTask(chain, 'C3', { task: { urged: true } });
    const { cards } = replyOf(await list('wx-c1', 'today'));
    expect(cards.map(({ memberId, stage }) => [memberId, stage])).toEqual([
      ['C3', 'new'],
      ['C2', 'claimed'],
      ['C1', 'new'],
    ]);
    expect(cards[0]?.reasons).toContain('店长催办');
  });

  it('pages by fifty, every task once, on running and on finished tabs', async () => {
    const members = Array.from({ length: 120 }, (_, i) => aMember(`P${i + 100}`, quietOrders(`P${i + 100}`)));
    await chain.add('members', members);
    await chain.add(
      'tasks',
      members.map((member, i) =>
        aTask('spring', member, i < 60 ? {} : { status: 'closed', dueOn: addDays(TODAY, -(i % 7)) }),
      ),
    );
    for (const tab of ['today', 'done'] as const) {
      const seen: string[] = [];
      let after: string | undefined;
      for (let page = 0; page < 2; page++) {
        const reply = replyOf(await list('wx-c1', tab, after));
        seen.push(...reply.cards.map(({ taskId }) => taskId));
        expect(reply.counts).toMatchObject({ today: 60, done: 60 });
        expect(reply.next === null).toBe(page === 1);
        after = reply.next ?? undefined;
      }
      expect(new Set(seen).size).toBe(60);
      expect(seen).toHaveLength(60);
    }
  });

  it('costs two database calls beside the scope on every tab', async () => {
    await seedTask(chain, 'D1');
    await list('wx-c1', 'today');
    for (const tab of ['today', 'upcoming', 'overdue', 'done']) {
      const sent = await chain.send('wx-c1', 'outreach', {
        action: 'task.list',
        ask: { tab },
        requestKey: newKey(),
      });
      expect(sent.databaseCalls).toBe(3);
    }
  });

  it('no longer calls for tasks whose gift can neither be claimed nor used', async () => {
    const claimBy = addDays(TODAY, -1);
    await seedTask(chain, 'E1', { task: { claimBy } });
    await seedTask(chain, 'E2', {
      task: { claimBy, claimedAt: TEN_O_CLOCK - DAY_MS, couponExpiresAt: TEN_O_CLOCK + DAY_MS },
    });
    const reply = replyOf(await list('wx-c1', 'today'));
    expect(reply.cards.map(({ memberId }) => memberId)).toEqual(['E2']);
    expect(reply.counts.today).toBe(1);
  });

  it('counts in her goal whom she contacted today, also after the task moved on or closed', async () => {
    const at = TEN_O_CLOCK - HOUR_MS;
    const touched = { lastTouchedAt: at, name: '', phoneTail: '', paidOrders: 0, lastPaidOn: null };
    await seedTask(chain, 'F1', {
      task: { status: 'contacted', contactedAt: at, dueOn: addDays(TODAY, 7), member: touched },
    });
    await seedTask(chain, 'F2', { task: { status: 'closed', contactedAt: at, member: touched } });
    await seedTask(chain, 'F3');
    await seedTask(chain, 'F4', { task: { dueOn: addDays(TODAY, -3) } });
    await seedTask(chain, 'F5', { task: { dueOn: addDays(TODAY, 3) } });
    expect(replyOf(await list('wx-c1', 'today')).progress).toEqual({ contacted: 2, due: 4 });
  });

  it("shows nobody another clerk's tasks, and no held-out member to anyone", async () => {
    await seedTask(chain, 'G1');
    await seedTask(chain, 'G2', { task: { arm: 'heldOut', status: 'heldOut', clerkId: null } });
    for (const openid of ['wx-c2', 'wx-c3', 'wx-m1']) {
      expect(replyOf(await list(openid, 'today')).cards).toEqual([]);
    }
    expect(refusalOf(await list('wx-stranger', 'today'))).toBe('not-staff');
    expect(refusalOf(await list('wx-hq', 'today'))).toBe('not-allowed');
  });
});
