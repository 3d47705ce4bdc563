import { measureBranches } from '../../cloudfunctions/common/flows/measuring';
import { table } from '../../cloudfunctions/common/store/table';
import type { TouchDoc } from '../../cloudfunctions/common/store/documents';
import { addDays, DAY_MS, HOUR_MS, startOf } from '../../miniprogram/domain/kernel/day';
import type { PinReason, PinWay } from '../../miniprogram/domain/outreach/pin';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, anOrder, aTask, quietOrders, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
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

const list = async () =>
  replyOf(await chain.call('wx-c1', 'outreach', 'task.list', { tab: 'today' })).cards.map(
    ({ memberId }) => memberId,
  );
const pin = (
  memberId: string,
  way: PinWay | null,
  reason: PinReason | null = way === 'down' ? 'badDay' : 'promised',
  key = newKey(),
  openid = 'wx-c1',
) => chain.call(openid, 'outreach', 'task.pin', { taskId: `spring:${memberId}`, way, reason, note: '' }, key);
const next = async (after: string | null) =>
  replyOf(await chain.call('wx-c1', 'outreach', 'task.next', { after }));

describe('a place the clerk changes', () => {
  it('goes first or last for today, with who, why and when on the card', async () => {
    for (const id of ['A1', 'A2', 'A3']) await seedTask(chain, id);
    const { card } = replyOf(await pin('A3', 'up'));
    expect(card.pin).toEqual({
      way: 'up',
      why: '约好今天联系',
      byName: '孙晓梅',
      at: expect.any(Number) as number,
    });
    expect(card.reasons[0]).toBe('你排到前面：约好今天联系');
    replyOf(await pin('A1', 'down'));
    expect(await list()).toEqual(['A3', 'A2', 'A1']);
    replyOf(await pin('A3', null));
    expect(await list()).toEqual(['A2', 'A3', 'A1']);
  });

  it('is gone tomorrow, and once she was contacted', async () => {
    await seedTask(chain, 'B1');
    await seedTask(chain, 'B2', { task: { pin: { ...PIN, at: TEN_O_CLOCK - DAY_MS } } });
    expect(await list()).toEqual(['B1', 'B2']);
    replyOf(await pin('B2', 'up'));
    expect(await list()).toEqual(['B2', 'B1']);
    await chain.call('wx-c1', 'outreach', 'touch.record', {
      taskId: 'spring:B2',
      channel: 'call',
      scriptId: null,
      text: null,
    });
    expect(await list()).toEqual(['B1', 'B2']);
  });

  it('is refused without its reason, for an urged customer, and to a clerk of another', async () => {
    await seedTask(chain, 'C1', { task: { urged: true } });
    expect(refusalOf(await pin('C1', 'down'))).toBe('pin-unfit');
    expect(refusalOf(await pin('C1', 'up', 'justSeen'))).toBe('pin-unfit');
    expect(refusalOf(await pin('C1', 'up', 'promised', newKey(), 'wx-c2'))).toBe('out-of-scope');
    expect(refusalOf(await pin('C1', 'up', 'promised', newKey(), 'wx-m2'))).toBe('out-of-scope');
    expect((await table('tasks').find('spring:C1'))?.pin).toBeUndefined();
  });

  it('is one act however often it arrives, and the manager sees how many places were changed', async () => {
    await seedTask(chain, 'D1');
    await seedTask(chain, 'D2', { task: { pin: { ...PIN, at: TEN_O_CLOCK - DAY_MS } } });
    const key = newKey();
    replyOf(await pin('D1', 'up', 'promised', key));
    replyOf(await pin('D1', 'down'));
    replyOf(await pin('D1', 'up', 'promised', key));
    expect((await table('tasks').find('spring:D1'))?.pin?.way).toBe('down');
    const { clerks } = replyOf(await chain.call('wx-m1', 'outreach', 'branch.tasks', { tab: 'open' }));
    expect(clerks.find(({ clerkId }) => clerkId === 'c1')?.overruled).toBe(1);
  });
});

const PIN = {
  way: 'up' as const,
  reason: 'promised' as const,
  note: '',
  byName: '孙晓梅',
  staffId: 'c1',
  at: TEN_O_CLOCK,
};

describe('from customer to customer', () => {
  it('goes down the day’s list, overdue ones first, and begins again with who was passed over', async () => {
    await seedTask(chain, 'N1');
    await seedTask(chain, 'N2');
    await seedTask(chain, 'N3', { task: { dueOn: addDays(TODAY, -2) } });
    await seedTask(chain, 'N4', { task: { dueOn: addDays(TODAY, 2) } });
    const walked: (string | undefined)[] = [];
    let place: string | null = null;
    for (let step = 0; step < 4; step++) {
      const { opened, waiting, progress } = await next(place);
      expect({ waiting, progress }).toEqual({ waiting: 3, progress: { contacted: 0, due: 3 } });
      walked.push(opened?.card.memberId);
      place = opened?.place ?? null;
    }
    expect(walked).toEqual(['N3', 'N1', 'N2', 'N3']);
  });

  it('leaves out whom she contacted today and who only waits for the till, until nobody is left', async () => {
    const at = TEN_O_CLOCK - HOUR_MS;
    await seedTask(chain, 'O1');
    await seedTask(chain, 'O2', { task: { claimedAt: at, redeemedAt: at } });
    const { opened } = await next(null);
    expect(opened?.card.memberId).toBe('O1');
    await chain.call('wx-c1', 'outreach', 'touch.record', {
      taskId: 'spring:O1',
      channel: 'call',
      scriptId: null,
      text: null,
    });
    const after = await next(opened?.place ?? null);
    expect(after).toEqual({ opened: null, waiting: 0, progress: { contacted: 1, due: 2 } });
  });

  it('opens what the customer page opens, in one call of the phone and four of the database', async () => {
    await seedTask(chain, 'Q1');
    const { opened } = await next(null);
    const page = await chain.call('wx-c1', 'outreach', 'task.open', { taskId: 'spring:Q1' });
    expect(opened).toEqual(replyOf(page));
    const sent = await chain.send('wx-c1', 'outreach', {
      action: 'task.next',
      ask: { after: 'no place at all' },
      requestKey: newKey(),
    });
    expect(sent.databaseCalls).toBe(1 + 4);
  });
});

describe('what the pages weigh', () => {
  it('fifty cards of long names, many reasons and changed places stay within 24 KB', async () => {
    const members = Array.from({ length: 50 }, (_, n) =>
      aMember(`W${n}`, quietOrders(`W${n}`), { name: '欧阳上官晓梅', value: 'high' }),
    );
    await chain.add(
      'tasks',
      members.map((member, n) =>
        aTask('spring', member, {
          urged: true,
          openedAt: TEN_O_CLOCK - DAY_MS,
          member: { ...aTask('spring', member).member, lastTouchedAt: TEN_O_CLOCK - 2 * DAY_MS },
          ...(n < 10 ? { pin: { ...PIN, note: '下午四点以后她有空' } } : {}),
        }),
      ),
    );
    const reply = await chain.call('wx-c1', 'outreach', 'task.list', { tab: 'today' });
    expect(replyOf(reply).cards).toHaveLength(50);
    expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(24 * 1024);
  });
});

/** A touch of clerk c1 that was opened the hour after, or not. */
function aTouch(n: number, over: Partial<TouchDoc> = {}): TouchDoc {
  return {
    _id: `spring:T${n}:k`,
    taskId: `spring:T${n}`,
    memberId: `T${n}`,
    clerkId: 'c1',
    clerkName: '孙晓梅',
    branchId: 'B1',
    channel: 'copy',
    purpose: 'care',
    scriptId: 'dormant-care-1',
    scenario: '问候',
    text: '小芳，好久不见',
    at: startOf(addDays(TODAY, -1 - (n % 5)), 15),
    ...over,
  };
}

describe('what a branch is measured by', () => {
  it('is computed once a week, places a customer and finds the best words, without her name', async () => {
    const buyers = Array.from({ length: 30 }, (_, n) =>
      aMember(`T${n}`, [anOrder(`T${n}`, `T${n}`, addDays(TODAY, -200 - n), 10_000 + n * 100)], {
        homeBranchId: 'B1',
        name: '王小芳',
      }),
    );
    await chain.add('members', buyers);
    const touches = Array.from({ length: 12 }, (_, n) => aTouch(n, n < 3 ? { edited: true } : {}));
    await chain.add(
      'tasks',
      buyers
        .slice(0, 12)
        .map((member, n) =>
          aTask('spring', member, { openedAt: n < 3 ? (touches[n]?.at ?? 0) + HOUR_MS : null }),
        ),
    );
    await chain.add('touches', touches);
    const at = { now: chain.now(), today: TODAY };
    expect(await measureBranches(at, () => false)).toEqual({ measured: 2, left: 0 });
    expect(await measureBranches(at, () => false)).toEqual({ measured: 0, left: 0 });
    const soon = { now: at.now + 7 * DAY_MS - 1, today: addDays(TODAY, 6) };
    expect(await measureBranches(soon, () => true)).toEqual({ measured: 0, left: 0 });
    expect(await measureBranches({ ...soon, now: soon.now + 1 }, () => true)).toEqual({
      measured: 0,
      left: 2,
    });

    const doc = await table('measures').find('B1');
    expect(doc?.row.compared).toBeGreaterThanOrEqual(30);
    expect(doc?.scripts).toEqual([
      {
        scriptId: 'dormant-care-1',
        sent: 12,
        answered: 3,
        best: { text: '{称呼}，好久不见', outcome: 'opened' },
      },
    ]);
    const inSlots = doc?.slots.reduce((sum, slot) => sum + slot.touches, 0);
    expect(inSlots).toBe(await table('touches').count({ branchId: 'B1' }));
  });

  it('is what the customer page compares with, at no call of its own when warm', async () => {
    await seedTask(chain, 'V1');
    await chain.cloud.clock.moveTo(chain.now() + 120_000);
    const ask = { action: 'task.open', ask: { taskId: 'spring:V1' } };
    const first = await chain.send('wx-c1', 'outreach', { ...ask, requestKey: newKey() });
    const { radar, bestTime } = (first.result as { reply: { radar: object; bestTime: object } }).reply;
    expect(radar).toMatchObject({ isWhole: true });
    expect(bestTime).toMatchObject({ isOwn: false });
    const warm = await chain.send('wx-c1', 'outreach', { ...ask, requestKey: newKey() });
    expect(warm.databaseCalls).toBe(1 + 2);
  });

  it('shows a clerk her own figures and words, in three calls beside who she is', async () => {
    await chain.call('wx-c1', 'outreach', 'script.feedback', {
      scriptId: 'dormant-care-1',
      good: false,
      word: '太长了',
    });
    await seedTask(chain, 'U1', { task: { status: 'woken', wokenAt: TEN_O_CLOCK, wakeFen: 9900 } });
    await seedTask(chain, 'U2', { task: { contactedAt: TEN_O_CLOCK, status: 'contacted' } });
    await seedTask(chain, 'U3', { task: { dueOn: addDays(TODAY, 1) } });
    await seedTask(chain, 'U4', { task: { kind: 'care' } });
    const mine = replyOf(await chain.call('wx-c1', 'outreach', 'clerk.mine', {}));
    expect(mine.wakes).toEqual({ days: 90, assigned: 2, contacted: 1, woken: 1, wokenFen: 9900 });
    expect(mine.week.since).toBe(addDays(TODAY, -2));
    expect(mine.week.byDay.map(({ on }) => on)).toEqual([addDays(TODAY, -2), addDays(TODAY, -1), TODAY]);
    expect(mine.words).toEqual({ days: 90, sent: 12, edited: 3 });
    expect(mine.scripts[0]).toMatchObject({
      scriptId: 'dormant-care-1',
      mine: { sent: 12, edited: 3 },
      branch: { sent: 12, answered: 3 },
      best: { text: '{称呼}，好久不见' },
      said: { good: false, word: '太长了' },
    });
    expect(mine.scripts[1]).toMatchObject({ mine: { sent: 0 }, best: null, said: null });
    const sent = await chain.send('wx-c1', 'outreach', {
      action: 'clerk.mine',
      ask: {},
      requestKey: newKey(),
    });
    expect(sent.databaseCalls).toBe(1 + 3);
  });
});

describe('words of the chain', () => {
  it('go to the phone with the customer, and a claimed gift promises no hours any more', async () => {
    await seedTask(chain, 'X1');
    await seedTask(chain, 'X2', {
      task: { claimedAt: TEN_O_CLOCK - HOUR_MS, couponExpiresAt: TEN_O_CLOCK + DAY_MS },
    });
    const own = { words: [{ word: '亲亲', replacement: null, blocks: true }], allow: [] };
    replyOf(await chain.call('wx-hq', 'outreach', 'words.save', { ...own, basedOn: 0 }));
    await chain.cloud.clock.moveTo(chain.now() + 120_000);
    const open = async (id: string) =>
      replyOf(await chain.call('wx-c1', 'outreach', 'task.open', { taskId: `spring:${id}` }));
    expect(await open('X1')).toMatchObject({ ownWords: own, promisedHours: 48 });
    expect(await open('X2')).toMatchObject({ promisedHours: null });
    const copied = await chain.call('wx-c1', 'outreach', 'script.copy', {
      taskId: 'spring:X2',
      scriptId: 'dormant-care-1',
      draft: '小芳，48小时内有效，来看看',
    });
    expect(refusalOf(copied)).toBe('script-risky');
  });
});
