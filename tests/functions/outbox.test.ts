import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sealPhone } from '../../cloudfunctions/common/people/phones';
import { grantSubscription, subscriptionsLeft } from '../../cloudfunctions/common/flows/subscriptions';
import type { MemberDoc, OutboxDoc } from '../../cloudfunctions/common/store/documents';
import { putInOutbox } from '../../cloudfunctions/common/store/outbox';
import type { NewMessage } from '../../cloudfunctions/common/store/outbox';
import { table } from '../../cloudfunctions/common/store/table';
import { addDays, DAY_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { MAX_TRIES } from '../../miniprogram/domain/outreach/delivery';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { killedAt } from './killing';
import { aCampaign, aMember, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
const KEY = randomBytes(32).toString('base64');
const TEMPLATE = 'tmpl-coupon';

/** What the gateway got, and what it answers. */
const received: { body: string; timestamp: string; signature: string }[] = [];
let answers = 204;
const gatewayServer = createServer((ask, answer) => {
  let body = '';
  ask.on('data', (part) => (body += String(part)));
  ask.on('end', () => {
    const header = (name: string) => String(ask.headers[`x-huitou-${name}`]);
    received.push({ body, timestamp: header('timestamp'), signature: header('signature') });
    answer.writeHead(answers).end();
  });
});

let chain: Chain;
beforeAll(async () => {
  await new Promise<void>((done) => gatewayServer.listen(0, '127.0.0.1', done));
  const { port } = gatewayServer.address() as AddressInfo;
  chain = await startChain(['pulse', 'outreach', 'members'], {
    environment: {
      HUITOU_PHONE_KEY: KEY,
      HUITOU_SUBSCRIBE_COUPON: `${TEMPLATE}?thing1=title&time2=until`,
      HUITOU_SMS_URL: 'record:',
      HUITOU_SMS_SIGN: '半日闲',
      HUITOU_WECOM_URL: `http://127.0.0.1:${port}/send`,
      HUITOU_GATEWAY_SECRET: 'gateway-secret',
      HUITOU_LINK_BASE: 'https://t.example.cn/',
    },
  });
  process.env['HUITOU_PHONE_KEY'] = KEY;
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(async () => {
  await chain.stop();
  gatewayServer.close();
});
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
  (
    (await chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' })).result as {
      delivered: { sent: number; later: number; dead: number; dropped: number };
    }
  ).delivered;
async function standing(id: string): Promise<OutboxDoc> {
  const found = await table('outbox').find(id);
  if (!found) throw new Error(`no message ${id}`);
  return found;
}
const touchesOf = async (id: string) => (await table('members').find(id))?.touches ?? [];
const sink = () => chain.cloud.wechat.sent();
const sentTo = (openid: string) => sink().filter((one) => one.openid === openid);
const smsTo = (memberId: string) => sink().filter((one) => one.request['member'] === memberId);
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
    ]);
    expect((await pulse()).dropped).toBe(4);
    const reasons = await Promise.all(
      ['couponEnding:S3', 'couponEnding:S4', 'points:S3', 'couponEnding:nobody'].map(
        async (id) => (await standing(id)).reason,
      ),
    );
    expect(reasons).toEqual([
      '她没有订阅这类提醒，或订阅次数已用完',
      '她还没有用微信打开过小程序',
      '这类订阅消息没有配置模板',
      '会员已不在名单里',
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
    expect(await touchesOf('P1')).toMatchObject([
      { id: 'outbox:push:P1:1', purpose: 'promo', answered: false },
    ]);
    expect(await table('touches').find('outbox:push:P1:1')).toMatchObject({
      channel: 'sms',
      clerkName: '系统',
    });
  });

  it('waits while the cap is full, and is dropped when room comes too late', async () => {
    await seed('P2', touched(4));
    await putInOutbox([
      push('P2', { notAfter: chain.now() + 40 * DAY_MS }),
      push('P2', { _id: 'short:P2', notAfter: chain.now() + DAY_MS }),
    ]);
    await pulse();
    expect(await standing('push:P2')).toMatchObject({ status: 'waiting', tries: 0 });
    expect((await standing('push:P2')).dueAt).toBe(startOf(addDays(TODAY, 26), 9));
    expect(await standing('short:P2')).toMatchObject({ status: 'dropped', reason: '近期联系已满' });
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
    // What throws is put off like a failed try: it never stands in the way.
    expect(await standing('push:Q2')).toMatchObject({ status: 'waiting', tries: 1 });
    expect((await standing('push:Q2')).dueAt).toBeGreaterThan(chain.now());
  });
});

describe('the last contact of a member', () => {
  it('goes to exactly one of two clerks and the timer', async () => {
    for (let round = 0; round < 6; round++) {
      const id = `R${round}`;
      const { task } = await seedTask(chain, id, {
        member: { ...touched(3), openid: `wx-${id}`, phone: sealPhone('13800001234') },
      });
      await putInOutbox([push(id, { notAfter: chain.now() + DAY_MS })]);
      const begin = (who: string) => async () => {
        const answer = await chain.call(who, 'outreach', 'touch.begin', {
          taskId: task._id,
          channel: 'shareCard',
        });
        return answer.ok ? 1 : 0;
      };
      const racers = [async () => (await pulse()).sent, begin('wx-c1'), begin('wx-m1')];
      // Who starts first changes from round to round.
      const order = [0, 1, 2].map((n) => (n + round) % 3);
      const won = await Promise.all(order.map((n) => racers[n]?.() ?? 0));
      expect(won.reduce((sum, one) => sum + one, 0)).toBe(1);
      const member = await table('members').find(id);
      expect((member?.touches.length ?? 0) + (member?.holds?.length ?? 0)).toBe(4);
      expect(smsTo(id)).toHaveLength(won[order.indexOf(0)] ?? 0);
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

describe('a sender that is killed', () => {
  it.each(['error', 'dropReply'] as const)(
    'at any write (%s) leaves one message at most, and a contact for it that counts',
    async (kind) => {
      for (let write = 1; ; write++) {
        const id = `W${write}${kind}`;
        await seed(id);
        await putInOutbox([push(id)]);
        const isKilled = await killedAt(chain, 'pulse', write, kind, pulse);
        for (let again = 0; again < 2; again++) {
          await chain.cloud.clock.moveTo(chain.now() + 121_000);
          await pulse();
        }
        const { status } = await standing(`push:${id}`);
        const sent = smsTo(id).length;
        expect(['sent', 'dead']).toContain(status);
        expect(sent).toBeLessThanOrEqual(1);
        if (status === 'sent') expect(sent).toBe(1);
        expect(await touchesOf(id)).toHaveLength(1);
        expect(await table('touches').count({ memberId: id })).toBe(1);
        if (isKilled) continue;
        expect(write).toBeGreaterThan(2);
        return;
      }
    },
  );

  it('that hears nothing from the service does not send again', async () => {
    await seed('N1');
    await grantSubscription('wx-N1', TEMPLATE, 'yes-n1', chain.now());
    await putInOutbox([message('N1')]);
    chain.cloud.faults.set([{ action: 'wx.openApi', kind: 'dropReply', probability: 1, times: 9 }], 1);
    await pulse();
    chain.cloud.faults.clear();
    expect(await standing('couponEnding:N1')).toMatchObject({ status: 'dead' });
    await pulse();
    expect(sentTo('wx-N1')).toHaveLength(1);
  });
});

describe('a gateway of the chain’s own', () => {
  const gateway = (memberId: string) =>
    message(memberId, { _id: `wecom:${memberId}`, channel: 'wecom', purpose: 'care' });

  it('is given the message signed, and asked again later and later until the message is dead', async () => {
    await seed('G1');
    await putInOutbox([gateway('G1')]);
    answers = 503;
    for (let n = 1; n <= MAX_TRIES; n++) {
      await pulse();
      const { status, tries, dueAt } = await standing('wecom:G1');
      expect(tries).toBe(n);
      expect(status).toBe(n < MAX_TRIES ? 'waiting' : 'dead');
      if (n < MAX_TRIES) expect(dueAt).toBeGreaterThan(chain.now());
      if (n < MAX_TRIES) await chain.cloud.clock.moveTo(Math.max(dueAt, chain.now()) + 1);
    }
    expect((await standing('wecom:G1')).reason).toBe('发送通道答复 503');
    expect(received).toHaveLength(MAX_TRIES);
    expect(new Set(received.map(({ body }) => JSON.parse(body).id))).toEqual(new Set(['wecom:G1']));
    for (const { timestamp, body, signature } of received) {
      const right = createHmac('sha256', 'gateway-secret').update(`${timestamp}.${body}`).digest('hex');
      expect(signature).toBe(right);
    }
    // What did not leave is no contact.
    expect(await touchesOf('G1')).toEqual([]);
  });

  it('may refuse a recipient for good, and take the next one', async () => {
    await seed('G2');
    await putInOutbox([gateway('G2')]);
    answers = 404;
    await pulse();
    expect(await standing('wecom:G2')).toMatchObject({ status: 'dropped', reason: '发送通道答复 404' });
    await seed('G3');
    await putInOutbox([gateway('G3')]);
    answers = 204;
    await pulse();
    expect((await standing('wecom:G3')).status).toBe('sent');
    expect(await touchesOf('G3')).toHaveLength(1);
  });
});

describe('a clerk’s SMS', () => {
  it('is offered with a text, a short link and the whole number, through the same gate as everything else', async () => {
    const { task } = await seedTask(chain, 'M1', {
      member: { ...touched(3), phone: sealPhone('13800001234') },
    });
    const opened = replyOf(await chain.call('wx-c1', 'outreach', 'task.open', { taskId: task._id }));
    expect(opened.moreWays).toEqual(['sms']);
    const begin = (channel: 'sms' | 'wecom' | 'call', who = 'wx-c1') =>
      chain.call(who, 'outreach', 'touch.begin', { taskId: task._id, channel });
    const { text, phone } = replyOf(await begin('sms'));
    expect(text).toBe(
      `【东湖店】王小1您好，给您留了7折回归礼，点开看看 https://t.example.cn/s${task.link} 回T退订`,
    );
    expect(phone).toBe('13800001234');
    expect(await table('audit').count({ memberId: 'M1', what: 'phoneShown' })).toBe(1);
    expect(refusalOf(await begin('call', 'wx-m1'))).toBe('contact-held');
    expect(refusalOf(await begin('wecom'))).toBe('channel-unset');
    const said = { taskId: task._id, channel: 'sms' as const, scriptId: null, text: text ?? null };
    expect((await chain.call('wx-c1', 'outreach', 'touch.record', said)).ok).toBe(true);
    expect(await touchesOf('M1')).toHaveLength(4);
  });

  it('names no gift that can neither be claimed nor used any more', async () => {
    const { task } = await seedTask(chain, 'M2', { task: { claimBy: addDays(TODAY, -1) } });
    const { text } = replyOf(
      await chain.call('wx-c1', 'outreach', 'touch.begin', { taskId: task._id, channel: 'sms' }),
    );
    expect(text).toBe('【东湖店】王小2您好，好久不见，有空来店坐坐，我是孙晓梅 回T退订');
  });
});

describe('dead letters', () => {
  it('are shown to HQ with their reason, and can be sent anew or let go', async () => {
    const { outbox } = replyOf(await chain.call('wx-hq', 'members', 'operations.overview', {}));
    if (!outbox) throw new Error('HQ sees the outbox');
    const before = outbox;
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
