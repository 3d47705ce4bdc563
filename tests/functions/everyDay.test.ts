import { groupBy, omit } from 'lodash-es';
import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import type { ChainDoc, MemberDoc, OrderDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { generateChain } from '../../devkit/demo/chain';
import { addDays, day, DAY_MS, dayOf, endOf, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { factsOf } from '../../miniprogram/domain/membership/facts';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { startChain } from './chain';
import type { Chain } from './chain';

jest.setTimeout(600_000);
const SECRET = 'a secret of the tests';
const MEMBERS = Number(process.env['EVERY_DAY_MEMBERS'] ?? 80);
const DAYS = Number(process.env['EVERY_DAY_DAYS'] ?? 9);
/** A spring with two month ends in it. */
const LAST = day('2026-03-18');
const FIRST = addDays(LAST, -DAYS);
/** Refunds come two days after the payment. */
const REFUND_MS = 2 * DAY_MS;

let chain: Chain;
let members: MemberDoc[];
const events = new Map<Day, (OrderEvent & { at: number })[]>();

function plan(event: OrderEvent, at: number): void {
  const on = dayOf(at);
  events.set(on, [...(events.get(on) ?? []), { ...event, at }]);
}

function tell(order: OrderDoc): void {
  const told = {
    orderNo: order._id.replace('pos:', ''),
    memberNo: order.memberId,
    branchNo: order.branchId,
    clerkNo: order.clerkId ?? undefined,
    createdAt: order.createdAt,
    amountFen: order.paidFen,
  };
  plan({ ...told, event: 'order.created' }, order.createdAt);
  if (order.paidAt === null) return;
  const paid = { ...told, paidAt: order.paidAt };
  plan({ ...paid, event: 'order.paid' }, order.paidAt);
  if (order.refundedFen > 0) {
    plan({ ...paid, event: 'order.refunded', refundedFen: order.refundedFen }, order.paidAt + REFUND_MS);
  }
}

/** The chain as it stood on the evening before: older orders in the books, everybody placed by them. */
async function seedEvening(): Promise<void> {
  const demo = generateChain(7, LAST, MEMBERS);
  const before = endOf(addDays(FIRST, -1));
  const books = demo.orders.filter(({ createdAt }) => createdAt <= before);
  for (const order of demo.orders) if (order.createdAt > before) tell(order);
  const ordersBy = groupBy(books, 'memberId');
  const on = addDays(FIRST, -1);
  members = demo.members.map((member) => {
    const visitDays = member.visitDays.filter((visit) => visit <= on);
    const facts = factsOf(ordersBy[member._id] ?? [], visitDays);
    const placement = placeMember(facts, demo.chain.rules, demo.chain.aovCut, on);
    return {
      ...member,
      visitDays,
      facts,
      placement,
      lifecycle: placement.lifecycle,
      value: placement.value,
      quiet: placement.quiet,
      tierChangesOn: placement.changesOn ?? '9999-12-31',
      tieredAt: before,
    };
  });
  await chain.add('branches', demo.branches);
  await chain.add('staff', demo.staff);
  await chain.add('orders', books);
  await chain.add('members', members);
  await chain.add('chain', [demo.chain]);
}

async function deliver({ at, ...event }: OrderEvent & { at: number }): Promise<void> {
  const now = String(chain.now());
  const body = JSON.stringify({ ...event, at });
  const { result } = await chain.send(undefined, 'ingest', {
    path: '/ingest',
    httpMethod: 'POST',
    headers: { 'X-Huitou-Timestamp': now, 'X-Huitou-Signature': signatureOf(SECRET, now, body) },
    body,
    isBase64Encoded: false,
  });
  const { statusCode, body: answer } = result as { statusCode: number; body: string };
  if (statusCode !== 200) throw new Error(`${event.event} ${event.orderNo}: ${answer}`);
}

/** Everybody computed anew from what stands in the books; who stands elsewhere is told. */
async function differences(today: Day): Promise<string[]> {
  const settings = (await table('chain').find('chain')) as ChainDoc;
  const standing = await table('members').all({}, 1000);
  const ordersBy = groupBy(await table('orders').all({}, 1000), 'memberId');
  return standing.flatMap((member) => {
    const facts = factsOf(ordersBy[member._id] ?? [], member.visitDays, member.browseDays);
    const placement = placeMember(facts, settings.rules, settings.aovCut, today);
    const isSame =
      JSON.stringify(facts) === JSON.stringify(member.facts) &&
      JSON.stringify(placement) === JSON.stringify(member.placement) &&
      member.tierChangesOn === (placement.changesOn ?? '9999-12-31');
    return isSame
      ? []
      : [
          `${member._id} on ${today}: ${JSON.stringify(omit(member.placement))} ≠ ${JSON.stringify(placement)}`,
        ];
  });
}

beforeAll(async () => {
  chain = await startChain(['ingest', 'nightly', 'pulse'], {
    environment: { HUITOU_WEBHOOK_SECRET: SECRET },
    startAt: startOf(FIRST, 1),
    timers: true,
  });
  await seedEvening();
});
afterAll(() => chain.stop());

it('what the tills and the nights make of the members is what a rebuild makes of them, on every day', async () => {
  let [delivered, nights] = [0, 0];
  for (let today = FIRST; today <= LAST; today = addDays(today, 1)) {
    // The night's timer at half past three, then pulse, which carries on what the night began.
    const fired = await chain.cloud.clock.moveTo(startOf(today, 4));
    nights += fired.filter((name) => name === 'nightly').length;
    await chain.cloud.clock.moveTo(startOf(today, 22));
    for (const event of (events.get(today) ?? []).sort((a, b) => a.at - b.at)) {
      await deliver(event);
      delivered += 1;
    }
    await chain.cloud.clock.moveTo(startOf(today, 23));
    expect(await differences(today)).toEqual([]);
  }
  expect(nights).toBe(DAYS + 1);
  expect(delivered).toBeGreaterThan(MEMBERS / 4);
  const runs = await table('runs').all({}, 1000);
  expect(runs.reduce((sum, run) => sum + run.changed, 0)).toBeGreaterThan((MEMBERS * DAYS) / 400);
});
