import type { CouponDoc, MemberDoc, PotDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import { table } from '../../cloudfunctions/common/store/table';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { readPoints } from '../../miniprogram/domain/offers/points';
import { dayOf } from '../../miniprogram/domain/kernel/day';
import { addDays } from '../../miniprogram/domain/kernel/day';
import type { MemberOffer } from '../../miniprogram/domain/offers/types';
import { startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, aPlan, aTask, quietOrders, seedStaff } from './people';

const WEBHOOK = 'a secret of the tests';
/** The offline code's secret of this shop. */
export const COUPON_SECRET = 'another secret of the tests';

/** The key of phones of this shop; a test that seals or opens one sets it for its own process, too. */
export const PHONE_KEY = Buffer.alloc(32, 9).toString('base64');

/** A chain where gifts are given out: phones, till and timers. */
export interface GiftShop {
  chain: Chain;
  /** a campaign of its own with members who each have a task; ids are `campaign:member` */
  campaign(id: string, memberIds: readonly string[], offer?: Partial<MemberOffer>): Promise<TaskDoc[]>;
  /** one minute's timer */
  pulse(): Promise<void>;
  /** pulses until takings that nobody completed are old enough to go back */
  settle(): Promise<void>;
  deliver(event: Told): Promise<number>;
  /** the same with everything the cloud tells about the call */
  told(event: Told): ReturnType<Chain['send']>;
}

type Told = Partial<OrderEvent> & Pick<OrderEvent, 'event' | 'orderNo' | 'memberNo'>;

export async function startGiftShop(functions = ['gifts', 'ingest', 'pulse']): Promise<GiftShop> {
  const chain = await startChain(functions, {
    environment: {
      HUITOU_WEBHOOK_SECRET: WEBHOOK,
      HUITOU_COUPON_SECRET: COUPON_SECRET,
      HUITOU_SUBSCRIBE_POINTS: 'points-ending?thing1=points&time2=until',
      HUITOU_PHONE_KEY: PHONE_KEY,
    },
  });
  await seedStaff(chain);
  const pulse = async () => {
    await chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
  };
  const told: GiftShop['told'] = (known) => {
    const now = chain.now();
    const body = JSON.stringify({ branchNo: 'B1', createdAt: now, paidAt: now, amountFen: 20_000, ...known });
    return chain.send(undefined, 'ingest', {
      path: '/ingest',
      httpMethod: 'POST',
      headers: {
        'x-huitou-timestamp': String(now),
        'x-huitou-signature': signatureOf(WEBHOOK, String(now), body),
      },
      body,
      isBase64Encoded: false,
    });
  };
  return {
    chain,
    pulse,
    async campaign(id, memberIds, offer = {}) {
      await chain.add('campaigns', [aCampaign(id, { plan: aPlan({ endsOn: addDays(TODAY, 60) }) })]);
      const orders = quietOrders('any');
      const members = memberIds.map((_id) => aMember(_id, orders, { campaignId: id }));
      const tasks = members.map((member) => {
        const task = aTask(id, member, { claimBy: addDays(TODAY, 60) });
        return { ...task, offer: task.offer && { ...task.offer, ...offer } };
      });
      await chain.add('members', members);
      await chain.add('tasks', tasks);
      return tasks;
    },
    async settle() {
      await pulse();
      await chain.cloud.clock.moveTo(chain.now() + 11 * 60_000);
      await pulse();
      await pulse();
    },
    async deliver(event) {
      const { result } = await told(event);
      return (result as { statusCode: number }).statusCode;
    },
    told,
  };
}

export const couponsOf = (campaignId: string): Promise<CouponDoc[]> =>
  table('coupons').all({ campaignId }, 1000);
export const potsOf = (name: 'stock' | 'budgets', campaignId: string): Promise<PotDoc[]> =>
  table(name)
    .all({}, 1000)
    .then((pots) => pots.filter(({ of }) => of.split(':')[0] === campaignId));

/** What was given out and what is left come to what there was, piece by piece and fen by fen, and points to the ledger. */
export async function expectBooksBalance(campaignId: string): Promise<void> {
  const coupons = await couponsOf(campaignId);
  for (const pot of await potsOf('stock', campaignId)) {
    expect(pot.takes).toEqual({});
    expect(pot.left).toBeGreaterThanOrEqual(0);
    const issued = coupons.filter(({ stock }) => stock?.pot === pot._id);
    expect(pot.left + issued.length).toBe(pot.initial);
  }
  for (const pot of await potsOf('budgets', campaignId)) {
    expect(pot.takes).toEqual({});
    const held = coupons.filter(({ budget }) => budget?.pot === pot._id);
    expect(pot.left + held.reduce((sum, { budget }) => sum + (budget?.heldFen ?? 0), 0)).toBe(pot.initial);
  }
  const memberIds = [...new Set(coupons.map(({ memberId }) => memberId))];
  for (const member of await table('members').findMany(memberIds)) await expectLedgerAgrees(member);
}

export async function expectLedgerAgrees(member: MemberDoc): Promise<void> {
  const lines = await table('points').all({ memberId: member._id }, 1000);
  const sum = lines.reduce((total, { points }) => total + points, 0);
  expect(member.loyalty?.points ?? 0).toBe(sum);
  const last = Math.max(0, ...lines.map(({ at }) => at));
  const entries = lines.map(({ _id, ...line }) => ({ id: _id, ...line }));
  expect(readPoints(entries, dayOf(last)).points).toBe(sum);
}
