import { omit } from 'lodash-es';
import { table } from '../../cloudfunctions/common/store/table';
import { addDays, DAY_MS, HOUR_MS, startOf } from '../../miniprogram/domain/kernel/day';
import type { OutreachContract } from '../../miniprogram/contract/outreach';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['outreach']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());

type Asked<A extends keyof OutreachContract> = Omit<OutreachContract[A]['ask'], 'taskId'>;
const touch = (openid: string, taskId: string, key?: string, known: Partial<Asked<'touch.record'>> = {}) =>
  chain.call(
    openid,
    'outreach',
    'touch.record',
    { taskId, channel: 'copy', scriptId: null, text: '您好', ...known },
    key,
  );
const followUp = (
  openid: string,
  taskId: string,
  key?: string,
  known: Partial<Asked<'followUp.record'>> = {},
) =>
  chain.call(
    openid,
    'outreach',
    'followUp.record',
    { taskId, outcome: 'willCome', lapseReason: null, note: '', nextContactOn: addDays(TODAY, 3), ...known },
    key,
  );
const snooze = (openid: string, taskId: string, untilOn = addDays(TODAY, 1), key?: string) =>
  chain.call(openid, 'outreach', 'task.snooze', { taskId, untilOn }, key);
const taskOf = (id: string) => table('tasks').find(id);
const touchesOf = (taskId: string) => table('touches').page({ where: { taskId }, limit: 100 });

describe('saying that she was contacted', () => {
  it('adds to the ledger, to her memory and to the task', async () => {
    const { task } = await seedTask(chain, 'A1');
    const reply = replyOf(await touch('wx-c1', task._id));
    expect(reply.card).toMatchObject({ status: 'contacted', stage: 'contacted', daysSinceTouched: 0 });
    expect(reply.nextAllowedAt).toBeNull();
    const [row] = await touchesOf(task._id);
    expect(row).toMatchObject({
      clerkId: 'c1',
      clerkName: '孙晓梅',
      channel: 'copy',
      purpose: 'promo',
      text: '您好',
    });
    expect((await table('members').find('A1'))?.touches).toEqual([
      { id: row?._id, at: row?.at, purpose: 'promo', answered: false },
    ]);
    expect(await taskOf(task._id)).toMatchObject({
      contactedAt: row?.at,
      status: 'contacted',
      member: { lastTouchedAt: row?.at },
    });
  });

  it('is one touch however often the same act is sent, and answers the same', async () => {
    const { task } = await seedTask(chain, 'A2');
    const key = newKey();
    const first = await touch('wx-c1', task._id, key);
    expect(await touch('wx-c1', task._id, key)).toEqual(first);
    const burst = await Promise.all(Array.from({ length: 8 }, () => touch('wx-c1', task._id, key)));
    for (const again of burst) expect(again).toEqual(first);
    expect(await touchesOf(task._id)).toHaveLength(1);
    expect((await table('members').find('A2'))?.touches).toHaveLength(1);
  });

  it('remembers each of several acts at the same time once', async () => {
    const { task } = await seedTask(chain, 'A3');
    const keys = Array.from({ length: 6 }, () => newKey());
    await Promise.all([...keys, ...keys].map((key) => touch('wx-c1', task._id, key)));
    expect(await touchesOf(task._id)).toHaveLength(6);
    const { touches } = (await table('members').find('A3')) ?? { touches: [] };
    expect(new Set(touches.map(({ id }) => id)).size).toBe(6);
    expect(touches).toHaveLength(6);
    expect((await taskOf(task._id))?.member.lastTouchedAt).toBe(touches[5]?.at);
  });

  it('heals an act cut off after the ledger row, when it is sent again', async () => {
    const { task } = await seedTask(chain, 'A4');
    const key = newKey();
    const first = await touch('wx-c1', task._id, key);
    // Every write of a task leaves a mark of its own for the boards.
    const standing = async () => [
      omit(await taskOf(task._id), 'uncounted'),
      await table('members').find('A4'),
    ];
    const whole = await standing();
    await table('members').changeIf({ _id: 'A4' }, { touches: [], touchRevision: 0 });
    await table('tasks').changeIf(
      { _id: task._id },
      { status: 'open', contactedAt: null, 'member.lastTouchedAt': null },
    );
    expect(await touch('wx-c1', task._id, key)).toEqual(first);
    expect(await standing()).toEqual(whole);
  });

  it('is written down also when the policy would refuse, and says when she may be contacted next', async () => {
    const touches = [1, 2, 3, 4].map((n) => ({
      id: `t${n}`,
      at: TEN_O_CLOCK - n * DAY_MS,
      purpose: 'promo' as const,
      answered: true,
    }));
    const { task } = await seedTask(chain, 'A5', { member: { touches } });
    const reply = replyOf(await touch('wx-c1', task._id));
    expect(reply.nextAllowedAt).toBeGreaterThan(TEN_O_CLOCK);
    expect(await touchesOf(task._id)).toHaveLength(1);
  });

  it('leaves a woken task woken', async () => {
    const { task } = await seedTask(chain, 'A6', { task: { status: 'woken', wokenAt: TEN_O_CLOCK } });
    expect(replyOf(await touch('wx-c1', task._id)).card.status).toBe('woken');
    expect((await taskOf(task._id))?.contactedAt).not.toBeNull();
  });
});

describe('what came of it', () => {
  it('moves the task to the next contact day', async () => {
    const { task } = await seedTask(chain, 'B1');
    const reply = replyOf(await followUp('wx-c1', task._id, undefined, { note: ' 周末带孩子来 ' }));
    expect(reply.card).toMatchObject({ dueOn: addDays(TODAY, 3), status: 'open' });
    expect((await taskOf(task._id))?.followUp).toMatchObject({ outcome: 'willCome', note: '周末带孩子来' });
  });

  it('lets the task rest until its offer is over when no next day is wanted', async () => {
    const { task } = await seedTask(chain, 'B2');
    const reply = replyOf(
      await followUp('wx-c1', task._id, undefined, { outcome: 'notNow', nextContactOn: null }),
    );
    expect(reply.card.dueOn).toBe(addDays(task.claimBy, 1));
  });

  it.each(['lostForGood', 'wrongPerson'] as const)('ends the task at %s', async (outcome) => {
    const { task } = await seedTask(chain, `B3${outcome}`);
    const reply = replyOf(await followUp('wx-c1', task._id, undefined, { outcome, lapseReason: 'moved' }));
    expect(reply.card.status).toBe('closed');
    expect(refusalOf(await followUp('wx-c1', task._id))).toBe('task-closed');
    expect(refusalOf(await snooze('wx-c1', task._id))).toBe('task-closed');
  });

  it('answers the same act the same, also after it closed the task and on a later day', async () => {
    const { task } = await seedTask(chain, 'B4');
    const key = newKey();
    const first = await followUp('wx-c1', task._id, key, { outcome: 'lostForGood' });
    expect(await followUp('wx-c1', task._id, key, { outcome: 'lostForGood' })).toEqual(first);
    const one = newKey();
    const { task: other } = await seedTask(chain, 'B5');
    await followUp('wx-c1', other._id, one);
    await followUp('wx-c1', other._id, undefined, { outcome: 'noReply', nextContactOn: addDays(TODAY, 9) });
    await followUp('wx-c1', other._id, one);
    expect((await taskOf(other._id))?.followUp?.outcome).toBe('noReply');
  });

  it('refuses a day that is not ahead, and one beyond half a year', async () => {
    const { task } = await seedTask(chain, 'B6');
    for (const nextContactOn of [TODAY, addDays(TODAY, -1), addDays(TODAY, 181)]) {
      const refused = await followUp('wx-c1', task._id, undefined, { nextContactOn });
      expect(refused).toMatchObject({ ok: false, failure: { code: 'bad-ask', field: 'nextContactOn' } });
    }
    expect((await taskOf(task._id))?.followUp).toBeNull();
  });

  it('takes several acts at once without losing one', async () => {
    const { task } = await seedTask(chain, 'B7');
    const results = await Promise.all([
      followUp('wx-c1', task._id),
      snooze('wx-c1', task._id, addDays(TODAY, 5)),
      touch('wx-c1', task._id),
    ]);
    expect(results.map((result) => (result.ok ? 'ok' : result.failure.code))).toEqual(['ok', 'ok', 'ok']);
    expect(await taskOf(task._id)).toMatchObject({ status: 'contacted', followUp: { outcome: 'willCome' } });
  });
});

describe('not today', () => {
  it('moves the task, once per act', async () => {
    const { task } = await seedTask(chain, 'C1');
    const key = newKey();
    const first = await snooze('wx-c1', task._id, addDays(TODAY, 2), key);
    expect(replyOf(first).card.dueOn).toBe(addDays(TODAY, 2));
    expect(await snooze('wx-c1', task._id, addDays(TODAY, 2), key)).toEqual(first);
    await snooze('wx-c1', task._id, addDays(TODAY, 4));
    await snooze('wx-c1', task._id, addDays(TODAY, 2), key);
    expect((await taskOf(task._id))?.dueOn).toBe(addDays(TODAY, 4));
  });

  it('refuses today and days gone by', async () => {
    const { task } = await seedTask(chain, 'C2');
    expect(refusalOf(await snooze('wx-c1', task._id, TODAY))).toBe('bad-ask');
    expect((await taskOf(task._id))?.dueOn).toBe(TODAY);
  });
});

describe('whose tasks one may work on', () => {
  it('lets the clerk, her manager and headquarters in, and nobody else', async () => {
    const { task } = await seedTask(chain, 'D1');
    const acts = [
      (openid: string) => touch(openid, task._id),
      (openid: string) => snooze(openid, task._id),
      (openid: string) => followUp(openid, task._id),
    ];
    for (const act of acts) {
      for (const openid of ['wx-c2', 'wx-c3', 'wx-m2'])
        expect(refusalOf(await act(openid))).toBe('out-of-scope');
      expect(refusalOf(await act('wx-D1'))).toBe('not-staff');
      for (const openid of ['wx-c1', 'wx-m1', 'wx-hq']) expect((await act(openid)).ok).toBe(true);
    }
  });

  it('knows no task of a held-out member and none that does not exist', async () => {
    const { task } = await seedTask(chain, 'D2', { task: { arm: 'heldOut', status: 'heldOut' } });
    expect(refusalOf(await touch('wx-c1', task._id))).toBe('out-of-scope');
    expect(refusalOf(await touch('wx-hq', task._id))).toBe('out-of-scope');
    expect(refusalOf(await touch('wx-c1', 'spring:nobody'))).toBe('not-found');
    expect(await touchesOf(task._id)).toHaveLength(0);
  });
});

it('keeps quiet hours in view: a touch at ten in the evening says nine next morning', async () => {
  await chain.cloud.clock.moveTo(startOf(TODAY, 22));
  const { task } = await seedTask(chain, 'Z1');
  const reply = replyOf(await touch('wx-c1', task._id));
  expect(reply.nextAllowedAt).toBe(startOf(addDays(TODAY, 1), 9));
  expect(reply.nextAllowedAt).toBe(startOf(TODAY, 22) + 11 * HOUR_MS);
});
