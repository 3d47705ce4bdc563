import { table } from '../../cloudfunctions/common/store/table';
import { addDays, DAY_MS, HOUR_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['outreach', 'gifts']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());

const open = (openid: string, taskId: string) => chain.call(openid, 'outreach', 'task.open', { taskId });
const copy = (openid: string, taskId: string, scriptId: string, draft: string | null = null) =>
  chain.call(openid, 'outreach', 'script.copy', { taskId, scriptId, draft });
const touch = (taskId: string, scriptId: string | null = null) =>
  chain.call('wx-c1', 'outreach', 'touch.record', { taskId, channel: 'copy', scriptId, text: null });
async function firstScript(taskId: string): Promise<string> {
  const [script] = replyOf(await open('wx-c1', taskId)).scripts;
  if (!script) throw new Error('no script was suggested');
  return script.scriptId;
}

describe('the customer page', () => {
  it('shows why now, the tier, the words, the offer and her history in one call', async () => {
    const { task } = await seedTask(chain, 'A1');
    const reply = replyOf(await open('wx-c1', task._id));
    expect(reply).toMatchObject({
      card: { memberId: 'A1', whyNow: '买过2次、上次在去年8月，已经216天没来了' },
      tierSentence: expect.stringContaining('2024年8月1日'),
      facts: {
        paidOrders: 2,
        paidFen: 38_400,
        aovFen: 19_200,
        firstPaidOn: '2024-06-01',
        lastPaidOn: '2024-08-01',
      },
      ownerText: '上次由孙晓梅接待',
      contactRefused: null,
      offer: { text: '7折 · 无门槛，最高减¥100', validHours: 48, trial: '新茶小样一份' },
      giftPath: `/member/gift/gift?l=${task.link}`,
      touches: [],
      coupon: null,
      followUp: null,
    });
    expect(reply.orders).toEqual([
      { orderNo: 'A1-2', paidOn: '2024-08-01', netFen: 25_600, branchName: '东湖店' },
      { orderNo: 'A1-1', paidOn: '2024-06-01', netFen: 12_800, branchName: '东湖店' },
    ]);
    expect(reply.scripts.length).toBeGreaterThanOrEqual(2);
    for (const script of reply.scripts) {
      expect(script.missing).toEqual([]);
      expect(script.text).not.toMatch(/[{}]/);
    }
  });

  it('costs two database calls beside the scope', async () => {
    const { task } = await seedTask(chain, 'A2');
    await open('wx-c1', task._id);
    const sent = await chain.send('wx-c1', 'outreach', {
      action: 'task.open',
      ask: { taskId: task._id },
      requestKey: newKey(),
    });
    expect(sent.databaseCalls).toBe(3);
  });

  it('leaves out orders that were refunded in full, cancelled or never paid', async () => {
    const { task, orders } = await seedTask(chain, 'A3');
    await table('orders').changeIf(
      { _id: orders[0]?._id ?? '' },
      { status: 'refunded', refundedFen: 12_800 },
    );
    await table('orders').changeIf({ _id: orders[1]?._id ?? '' }, { status: 'unpaid', paidAt: null });
    expect(replyOf(await open('wx-c1', task._id)).orders).toEqual([]);
  });

  it('says why not and until when, and hands out no words then', async () => {
    const touches = [1, 2, 3].map((n) => ({
      id: `t${n}`,
      at: TEN_O_CLOCK - n * DAY_MS,
      purpose: 'promo' as const,
      answered: false,
    }));
    const { task } = await seedTask(chain, 'A4', { member: { touches } });
    const reply = replyOf(await open('wx-c1', task._id));
    expect(reply.contactRefused).toEqual({ code: 'resting', nextAllowedAt: startOf(addDays(TODAY, 29), 9) });
    expect(reply.scripts).toEqual([]);
  });

  it('counts a ledger row her own memory has not heard of', async () => {
    const { task } = await seedTask(chain, 'A5');
    for (let i = 0; i < 3; i++) await touch(task._id);
    await table('members').changeIf({ _id: 'A5' }, { touches: [] });
    expect(replyOf(await open('wx-c1', task._id)).contactRefused?.code).toBe('resting');
  });

  it('lets her be contacted again once she has opened the card', async () => {
    const { task } = await seedTask(chain, 'A6');
    for (let i = 0; i < 3; i++) await touch(task._id);
    expect(replyOf(await open('wx-c1', task._id)).contactRefused?.code).toBe('resting');
    await chain.call('wx-A6', 'gifts', 'gift.open', { link: task.link });
    const reply = replyOf(await open('wx-c1', task._id));
    expect(reply.contactRefused).toBeNull();
    expect(reply.card.stage).toBe('opened');
  });

  it('lists what was sent, newest first, and suggests something else next', async () => {
    const { task } = await seedTask(chain, 'A7');
    const scriptId = await firstScript(task._id);
    await touch(task._id, scriptId);
    const reply = replyOf(await open('wx-c1', task._id));
    expect(reply.touches).toMatchObject([
      { clerkName: '孙晓梅', channel: 'copy', scenario: expect.any(String) },
    ]);
    expect(reply.scripts[0]?.scriptId).not.toBe(scriptId);
  });

  it('shows the coupon she claimed and promises no second one', async () => {
    const { task } = await seedTask(chain, 'A8');
    const claimed = replyOf(await chain.call('wx-A8', 'gifts', 'gift.claim', { link: task.link })).coupon;
    const reply = replyOf(await open('wx-c1', task._id));
    expect(reply.card.stage).toBe('claimed');
    expect(reply.coupon).toEqual({
      text: '7折 · 无门槛，最高减¥100',
      status: 'unused',
      expiresAt: claimed?.expiresAt,
    });
    for (const script of reply.scripts) expect(script.text).not.toContain('48小时');
  });

  it('opens to her clerk, the manager and headquarters only', async () => {
    const { task } = await seedTask(chain, 'A9');
    for (const openid of ['wx-c1', 'wx-m1', 'wx-hq']) expect((await open(openid, task._id)).ok).toBe(true);
    for (const openid of ['wx-c2', 'wx-c3', 'wx-m2'])
      expect(refusalOf(await open(openid, task._id))).toBe('out-of-scope');
    expect(refusalOf(await open('wx-A9', task._id))).toBe('not-staff');
    expect(refusalOf(await open('wx-c1', 'spring:nobody'))).toBe('not-found');
  });
});

describe('copying words', () => {
  it('hands out the script with its blanks filled', async () => {
    const { task } = await seedTask(chain, 'B1');
    const { scripts } = replyOf(await open('wx-c1', task._id));
    for (const script of scripts) {
      expect(replyOf(await copy('wx-c1', task._id, script.scriptId)).text).toBe(script.text);
    }
  });

  it('hands out her own draft, blanks filled', async () => {
    const { task } = await seedTask(chain, 'B2');
    const scriptId = await firstScript(task._id);
    const { text } = replyOf(await copy('wx-c1', task._id, scriptId, '{门店}的{导购}给您留了一份小礼物'));
    expect(text).toBe('东湖店的孙晓梅给您留了一份小礼物');
  });

  it('refuses a draft with a forbidden word and names it', async () => {
    const { task } = await seedTask(chain, 'B3');
    const scriptId = await firstScript(task._id);
    const refused = await copy('wx-c1', task._id, scriptId, '我们是国家级的好茶，快来');
    expect(refused).toMatchObject({
      ok: false,
      failure: { code: 'script-risky', detail: expect.stringContaining('国家级') },
    });
  });

  it('lets a countdown pass while the gift can be claimed, and not afterwards', async () => {
    const draft = '礼券领取后48小时内有效';
    const { task } = await seedTask(chain, 'B4');
    const scriptId = await firstScript(task._id);
    expect((await copy('wx-c1', task._id, scriptId, draft)).ok).toBe(true);
    await table('tasks').changeIf({ _id: task._id }, { claimBy: addDays(TODAY, -1) });
    expect(refusalOf(await copy('wx-c1', task._id, scriptId, draft))).toBe('script-risky');
  });

  it('refuses a blank nobody can fill', async () => {
    const { task } = await seedTask(chain, 'B5', { task: { claimBy: addDays(TODAY, -1) } });
    const refused = await copy('wx-c1', task._id, 'dormant-care-1', '送您{优惠}');
    expect(refused).toMatchObject({ ok: false, failure: { code: 'script-blank-missing', detail: '优惠' } });
  });

  it('asks the one ledger first: opt-out, cap and quiet hours refuse the words', async () => {
    const { task } = await seedTask(chain, 'B6', { member: { optOut: { at: 1, source: 'member' } } });
    expect(refusalOf(await copy('wx-c1', task._id, 'dormant-care-1'))).toBe('opted-out');
    expect(replyOf(await open('wx-c1', task._id)).contactRefused).toEqual({
      code: 'opted-out',
      nextAllowedAt: null,
    });

    const touches = [1, 2, 3, 4, 5].map((n) => ({
      id: `t${n}`,
      at: TEN_O_CLOCK - n * DAY_MS,
      purpose: 'promo' as const,
      answered: true,
    }));
    const { task: capped } = await seedTask(chain, 'B7', { member: { touches } });
    const refused = await copy('wx-c1', capped._id, 'dormant-care-1');
    expect(refused).toMatchObject({
      ok: false,
      failure: { code: 'contact-cap', nextAllowedAt: expect.any(Number) },
    });
  });

  it('refuses foreign tasks, finished ones and unknown scripts', async () => {
    const { task } = await seedTask(chain, 'B8');
    const { task: woken } = await seedTask(chain, 'B9', { task: { status: 'woken' } });
    const scriptId = await firstScript(task._id);
    for (const openid of ['wx-c2', 'wx-c3', 'wx-m2']) {
      expect(refusalOf(await copy(openid, task._id, scriptId))).toBe('out-of-scope');
    }
    expect(refusalOf(await copy('wx-B8', task._id, scriptId))).toBe('not-staff');
    expect(refusalOf(await copy('wx-c1', woken._id, scriptId))).toBe('task-closed');
    expect(refusalOf(await copy('wx-c1', task._id, 'no-such-script'))).toBe('not-found');
  });

  it('refuses at night and says nine in the morning', async () => {
    const { task } = await seedTask(chain, 'Z1');
    const scriptId = await firstScript(task._id);
    await chain.cloud.clock.moveTo(startOf(TODAY, 23));
    expect(await copy('wx-c1', task._id, scriptId)).toEqual({
      ok: false,
      failure: { code: 'quiet-hours', nextAllowedAt: startOf(TODAY, 24) + 9 * HOUR_MS },
    });
  });
});
