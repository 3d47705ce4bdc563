import { randomBytes } from 'node:crypto';
import { sealPhone } from '../../cloudfunctions/common/people/phones';
import { grantSubscription, subscriptionsLeft } from '../../cloudfunctions/common/flows/subscriptions';
import type { MemberDoc, OutboxDoc } from '../../cloudfunctions/common/store/documents';
import { putInOutbox } from '../../cloudfunctions/common/store/outbox';
import type { NewMessage } from '../../cloudfunctions/common/store/outbox';
import { table } from '../../cloudfunctions/common/store/table';
import { addDays, DAY_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
const KEY = randomBytes(32).toString('base64');
const TEMPLATE = 'tmpl-coupon';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['pulse', 'outreach', 'members'], {
    environment: {
      HUITOU_PHONE_KEY: KEY,
      HUITOU_SUBSCRIBE_COUPON: `${TEMPLATE}?thing1=title&time2=until`,
      HUITOU_SMS_URL: 'record:',
      HUITOU_SMS_SIGN: '半日闲',
      HUITOU_LINK_BASE: 'https://t.example.cn/',
    },
  });
  process.env['HUITOU_PHONE_KEY'] = KEY;
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());
afterEach(() => chain.cloud.faults.clear());

/** A coupon that ends soon; a service message of hers, unless told otherwise. */
function message(memberId: string, known: Partial<NewMessage> = {}): NewMessage {
  return {
    _id: `couponEnding:${memberId}`,
    kind: 'couponEnding',
    purpose: 'service',
    channel: 'subscribe',
    memberId,
    words: { title: '8折券', until: '3月8日' },
    page: 'member/coupons/coupons',
    dueAt: chain.now(),
    notAfter: chain.now() + 3 * DAY_MS,
    createdAt: chain.now(),
    ...known,
  };
}
/** A push by SMS, which the contact ledger is asked for. */
const push = (memberId: string, known: Partial<NewMessage> = {}) =>
  message(memberId, { _id: `push:${memberId}`, purpose: 'promo', channel: 'sms', ...known });

const pulse = async () =>
  ((await chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' })).result as {
    delivered: { sent: number; later: number; dead: number; dropped: number };
  }).delivered;
async function standing(id: string): Promise<OutboxDoc> {
  const found = await table('outbox').find(id);
  if (!found) throw new Error(`no message ${id}`);
  return found;
}
const touchesOf = async (id: string) => (await table('members').find(id))?.touches ?? [];
const sink = () => chain.cloud.wechat.sent();
const sentTo = (openid: string) => sink().filter((one) => one.openid === openid);
const smsTo = (memberId: string) => sink().filter((one) => one.request['memberId'] === memberId);
const seed = (_id: string, known: Partial<MemberDoc> = {}) =>
  chain.add('members', [
    aMember(_id, [], { openid: `wx-${_id}`, phone: sealPhone('13800001234'), ...known }),
  ]);
const touched = (count: number): Pick<MemberDoc, 'touches'> => ({
  touches: Array.from({ length: count }, (_, n) => ({
    id: `t${n}`,
    at: TEN_O_CLOCK - (count - n) * DAY_MS,
    purpose: 'promo' as const,
    answered: true,
  })),
});

describe('a reminder she asked for', () => {
  it('goes out once, by the template the installation names, and takes one of her subscriptions', async () => {
    await seed('S1');
    await grantSubscription('wx-S1', TEMPLATE, 'said-yes-1', chain.now());
    await grantSubscription('wx-S1', TEMPLATE, 'said-yes-1', chain.now());
    expect(await subscriptionsLeft('wx-S1', TEMPLATE)).toBe(1);
    await putInOutbox([message('S1')]);
    await putInOutbox([message('S1')]);
    expect((await pulse()).sent).toBe(1);
    expect((await pulse()).sent).toBe(0);
    expect(sentTo('wx-S1')).toMatchObject([
      {
        templateId: TEMPLATE,
        request: {
          page: 'member/coupons/coupons',
          data: { thing1: { value: '8折券' }, time2: { value: '3月8日' } },
        },
      },
    ]);
    expect(await standing('couponEnding:S1')).toMatchObject({ status: 'sent', tries: 1, reason: null });
    expect(await subscriptionsLeft('wx-S1', TEMPLATE)).toBe(0);
    // It counts for no cap: she asked for it.
    expect(await touchesOf('S1')).toEqual([]);
  });

  it('waits for its hour, and is dropped when that is over', async () => {
    await seed('S2');
    await grantSubscription('wx-S2', TEMPLATE, 'said-yes-2', chain.now());
    await putInOutbox([
      message('S2', { dueAt: chain.now() + 60_000 }),
      message('S2', { _id: 'late:S2', dueAt: chain.now() - 2, notAfter: chain.now() - 1 }),
    ]);
    await pulse();
    expect((await standing('couponEnding:S2')).status).toBe('waiting');
    expect(await standing('late:S2')).toMatchObject({ status: 'dropped', reason: '过了有效时间，不再发送' });
    expect(sentTo('wx-S2')).toEqual([]);
  });

  it('is dropped without a subscription, without an account and without a template, each with its reason', async () => {
    await seed('S3');
    await seed('S4', { openid: null });
    await putInOutbox([
      message('S3'),
      message('S4'),
      message('S3', { _id: 'points:S3', kind: 'pointsEnding' }),
      message('nobody'),
      message('S3', { _id: 'wecom:S3', channel: 'wecom' }),
    ]);
    expect((await pulse()).dropped).toBe(5);
    const reasons = await Promise.all(
      ['couponEnding:S3', 'couponEnding:S4', 'points:S3', 'couponEnding:nobody', 'wecom:S3'].map(
        async (id) => (await standing(id)).reason,
      ),
    );
    expect(reasons).toEqual([
      '她没有订阅这类提醒，或订阅次数已用完',
      '她还没有用微信打开过小程序',
      '这类订阅消息没有配置模板',
      '会员已不在名单里',
      '没有配置企业微信通道',
    ]);
  });

  it('believes WeChat when it says that no subscription is left (43101)', async () => {
    await seed('S5');
    for (const key of ['yes-5a', 'yes-5b']) await grantSubscription('wx-S5', TEMPLATE, key, chain.now());
    await chain.cloud.wechat.setQuota('wx-S5', TEMPLATE, 1);
    await putInOutbox([message('S5'), message('S5', { _id: 'second:S5' })]);
    expect(await pulse()).toMatchObject({ sent: 1, dropped: 1 });
    expect((await standing('second:S5')).reason).toMatch(/43101/);
    expect(await subscriptionsLeft('wx-S5', TEMPLATE)).toBe(0);
  });

  it('is not sent after she opted out of everything, unless she asked for it later', async () => {
    const optOut = { at: chain.now() - 1000, source: 'member' as const };
    await seed('S6', { optOut });
    await grantSubscription('wx-S6', TEMPLATE, 'yes-6', chain.now());
    await putInOutbox([
      message('S6', { _id: 'before:S6', askedAt: optOut.at }),
      message('S6', { _id: 'after:S6', askedAt: optOut.at + 1 }),
    ]);
    await pulse();
    expect(await standing('before:S6')).toMatchObject({ status: 'dropped', reason: '她已退订' });
    expect((await standing('after:S6')).status).toBe('sent');
  });
});

describe('a message the shop sends by itself', () => {
  it('carries signature and way out within seventy characters, and becomes a touch', async () => {
    await seed('P1');
    await putInOutbox([push('P1', { words: { title: '好'.repeat(80), until: '3月8日' } })]);
    await pulse();
    const [sms] = smsTo('P1');
    const text = String(sms?.request['text']);
    expect(text).toMatch(/^【半日闲】.*… 回T退订$/);
    expect(text).toHaveLength(70);
    expect(sms?.request['phone']).toBe('*******1234');
    expect(await touchesOf('P1')).toMatchObject([{ id: 'outbox:push:P1:1', purpose: 'promo', answered: false }]);
    expect(await table('touches').find('outbox:push:P1:1')).toMatchObject({ channel: 'sms', clerkName: '系统' });
  });

  it('waits while the cap is full, and is dropped when room comes too late', async () => {
    await seed('P2', touched(4));
    await putInOutbox([
      push('P2', { notAfter: chain.now() + 40 * DAY_MS }),
      push('P2', { _id: 'short:P2', notAfter: chain.now() + DAY_MS }),
    ]);
    await pulse();
    const first = TEN_O_CLOCK - 4 * DAY_MS;
    expect(await standing('push:P2')).toMatchObject({ status: 'waiting', tries: 0 });
    expect((await standing('push:P2')).dueAt).toBe(startOf(addDays(TODAY, 26), 9));
    expect(first).toBeLessThan(TEN_O_CLOCK);
    expect(await standing('short:P2')).toMatchObject({ status: 'dropped', reason: '近期联系已满，顺延' });
    expect(smsTo('P2')).toEqual([]);
  });

  it('is never sent to whoever opted out of pushes', async () => {
    await seed('P3', { optOut: { at: 1, source: 'import', scope: 'promo' } });
    await putInOutbox([push('P3'), push('P3', { _id: 'care:P3', purpose: 'care' })]);
    await pulse();
    expect((await standing('push:P3')).status).toBe('dropped');
    expect((await standing('care:P3')).status).toBe('sent');
  });

  it('leaves one bad recipient behind and sends to the others', async () => {
    await seed('Q1', { phone: null });
    await seed('Q2', { phone: { sealed: 'broken', hash: 'x' } });
    await seed('Q3');
    await putInOutbox([push('Q1'), push('Q2'), push('Q3')]);
    await pulse();
    expect((await standing('push:Q1')).reason).toBe('没有她的手机号');
    expect((await standing('push:Q3')).status).toBe('sent');
    expect((await standing('push:Q2')).status).not.toBe('sent');
    await table('outbox').removeAll({ _id: 'push:Q2' });
  });
});

describe('the last contact of a member', () => {
  it('goes to exactly one of two clerks and the timer', async () => {
    for (let round = 0; round < 4; round++) {
      const id = `R${round}`;
      const { task } = await seedTask(chain, id, {
        member: { ...touched(3), openid: `wx-${id}`, phone: sealPhone('13800001234') },
      });
      await putInOutbox([push(id, { notAfter: chain.now() + DAY_MS })]);
      const begin = (who: string) =>
        chain.call(who, 'outreach', 'touch.begin', { taskId: task._id, channel: 'shareCard' });
      // Who comes first changes from round to round.
      const [pulsed, ...clerks] = await Promise.all(
        round % 2 === 0
          ? [pulse(), begin('wx-c1'), begin('wx-m1')]
          : [begin('wx-c1'), pulse(), begin('wx-m1')].reverse(),
      ).then((all) => [
        all.find((one) => 'sent' in one) as { sent: number },
        ...all.filter((one): one is Awaited<ReturnType<typeof begin>> => 'ok' in one),
      ] as const);
      const winners = clerks.filter((one) => 'ok' in one && one.ok).length + (pulsed.sent > 0 ? 1 : 0);
      expect(winners).toBe(1);
      const member = await table('members').find(id);
      expect((member?.touches.length ?? 0) + (member?.holds?.length ?? 0)).toBe(4);
      expect(smsTo(id)).toHaveLength(pulsed.sent);
      await table('outbox').removeAll({ _id: `push:${id}` });
    }
  });

  it('is sent once however many timers overlap', async () => {
    await seed('R9');
    await putInOutbox([push('R9')]);
    const runs = await Promise.all([pulse(), pulse(), pulse()]);
    expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(smsTo('R9')).toHaveLength(1);
  });
});

describe('a message whose sender was cut off', () => {
  const cutOff = async (id: string, known: Partial<OutboxDoc>) =>
    chain.add('outbox', [
      {
        ...push(id, known),
        status: 'sending',
        tries: 1,
        leaseUntil: chain.now() - 1,
        triedAt: chain.now() - 60_001,
        reason: null,
        endedAt: null,
        ...known,
      } as OutboxDoc,
    ]);
  const reserved = (id: string): Pick<MemberDoc, 'touches'> => ({
    touches: [{ id: `outbox:push:${id}:1`, at: chain.now() - 60_001, purpose: 'promo', answered: false }],
  });

  it('goes out after all when it had not even counted its contact', async () => {
    await seed('K1');
    await cutOff('K1', {});
    await pulse();
    expect(await standing('push:K1')).toMatchObject({ status: 'sent', tries: 2 });
    expect(smsTo('K1')).toHaveLength(1);
  });

  it('is a dead letter that counts as a contact when nobody knows whether it left', async () => {
    await seed('K2', reserved('K2'));
    await cutOff('K2', {});
    await seed('K3');
    await cutOff('K3', { _id: 'service:K3', purpose: 'service' });
    expect((await pulse()).dead).toBe(2);
    expect(await standing('push:K2')).toMatchObject({ status: 'dead' });
    expect(await touchesOf('K2')).toHaveLength(1);
    expect(await table('touches').find('outbox:push:K2:1')).not.toBeNull();
    expect([...smsTo('K2'), ...sentTo('wx-K3')]).toEqual([]);
    expect((await pulse()).dead).toBe(0);
  });

  it('is known to be sent when its touch was written', async () => {
    await seed('K4', reserved('K4'));
    await cutOff('K4', {});
    await table('touches').put({
      ...((await table('touches').find('outbox:push:K2:1')) as never as object),
      _id: 'outbox:push:K4:1',
      memberId: 'K4',
    } as never);
    await pulse();
    expect(await standing('push:K4')).toMatchObject({ status: 'sent', tries: 1 });
    expect(smsTo('K4')).toEqual([]);
  });

  it('is left alone while its lease lasts', async () => {
    await seed('K5');
    await cutOff('K5', { leaseUntil: chain.now() + 60_000 });
    await pulse();
    expect((await standing('push:K5')).status).toBe('sending');
  });
});

describe('dead letters', () => {
  it('are shown to HQ with their reason, and can be sent anew or let go', async () => {
    const before = replyOf(await chain.call('wx-hq', 'members', 'operations.overview', {}));
    expect(before.counts.dead).toBe(before.dead.length);
    const letter = before.dead.find(({ messageId }) => messageId === 'push:K2');
    expect(letter).toMatchObject({ channel: 'sms', memberName: '王小2', tries: 1 });
    expect(letter?.reason).toMatch(/不知道对方收到没有/);

    const key = newKey();
    const retry = () => chain.call('wx-hq', 'members', 'outbox.retry', { messageId: 'push:K2' }, key);
    expect(replyOf(await retry()).state).toBe('waiting');
    expect(replyOf(await retry()).state).toBe('waiting');
    await pulse();
    expect(smsTo('K2')).toHaveLength(1);
    expect(await touchesOf('K2')).toHaveLength(2);
    expect(refusalOf(await retry())).toBe('message-moved');

    const discard = () => chain.call('wx-hq', 'members', 'outbox.discard', { messageId: 'service:K3' });
    expect(replyOf(await discard()).state).toBe('dropped');
    expect(replyOf(await discard()).state).toBe('dropped');
    const told = (await table('audit').all({ what: 'outbox' }, 100)).map(({ detail }) => detail.slice(0, 2));
    expect(told.sort()).toEqual(['丢弃', '重发']);
  });

  it('cannot be sent anew after their hour', async () => {
    await chain.add('outbox', [
      {
        ...push('K2', { _id: 'old:K2', notAfter: chain.now() - 1 }),
        status: 'dead',
        tries: 6,
        leaseUntil: 0,
        reason: 'x',
        endedAt: chain.now(),
      },
    ]);
    const retry = await chain.call('wx-hq', 'members', 'outbox.retry', { messageId: 'old:K2' });
    expect(refusalOf(retry)).toBe('message-late');
  });
});
