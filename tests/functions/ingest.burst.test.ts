import { groupBy, omit, pick, sortBy } from 'lodash-es';
import { wakeOrderOf, wakesOf } from '../../cloudfunctions/common/flows/creditOrder';
import { orderAfter } from '../../cloudfunctions/common/flows/orderEvent';
import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import { placedBy, placingOn } from '../../cloudfunctions/common/flows/placing';
import type { MemberDoc, OrderDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { diceOf } from '../../devkit/demo/dice';
import type { Dice } from '../../devkit/demo/dice';
import { factsOf } from '../../miniprogram/domain/membership/facts';
import { addDays, DAY_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, aTask, quietOrders } from './people';
import { startTill } from './till';
import type { Till } from './till';

jest.setTimeout(300_000);
/** `BURST=1000` sends the thousand of a busy day; the suite fewer, of as many fewer members, so that as many meet. */
const DELIVERIES = Number(process.env['BURST'] ?? 200);
const EVENTS = Math.round(DELIVERIES * 0.7);
const AT_ONCE = 8;

let till: Till;
let chain: Chain;
beforeAll(async () => {
  till = await startTill();
  chain = till.chain;
});
afterAll(() => chain.stop());

/** Members of the books, half of them with a task, and half as many whom only the till knows. */
const KNOWN = Array.from({ length: Math.round(DELIVERIES / 25) }, (_, i) => `M${100 + i}`);
const UNKNOWN = Array.from({ length: Math.round(DELIVERIES / 50) }, (_, i) => `N${100 + i}`);

async function seed(): Promise<void> {
  await till.startAfresh();
  const members: MemberDoc[] = [];
  for (const [i, id] of KNOWN.entries()) {
    const orders = quietOrders(id);
    const member = aMember(id, orders, i % 2 === 0 ? { campaignId: 'spring' } : {});
    members.push(member);
    await chain.add('orders', orders);
    if (i % 2 === 0)
      await chain.add('tasks', [aTask('spring', member, { enteredAt: startOf(addDays(TODAY, -20)) })]);
  }
  await chain.add('members', members);
}

/** What happens to one order: quoted, mostly paid, sometimes refunded in two steps, sometimes cancelled. */
function storyOf(n: number, dice: Dice): OrderEvent[] {
  const memberNo = dice.chance(0.8) ? dice.pick(KNOWN) : dice.pick(UNKNOWN);
  // A member nobody has told a home gets the first branch she is seen at; so she is seen at one.
  const branchNo = memberNo.startsWith('N') ? `U${memberNo.slice(-1)}` : dice.pick(['B1', 'B2', '机场店(3)']);
  const createdAt = startOf(addDays(TODAY, -dice.whole(1, 60)), 9) + dice.whole(0, 10 * 3_600_000);
  const paidFen = dice.whole(10, 400) * 100;
  const known = { orderNo: `P${n}`, memberNo, branchNo, clerkNo: dice.pick(['c1', 'c2']), createdAt };
  const story: OrderEvent[] = [{ event: 'order.created', ...known, amountFen: paidFen + 500 }];
  if (!dice.chance(0.9)) return story;
  const paidAt = createdAt + 60_000;
  const paid = { ...known, amountFen: paidFen, paidAt };
  const lines = [{ category: dice.pick(['奶粉', '纸尿裤', '茶']), fen: paidFen }];
  story.push({ event: 'order.paid', ...paid, lines });
  const refund = (refundedFen: number, days: number): OrderEvent => ({
    event: 'order.refunded',
    ...paid,
    refundedFen,
    refundedAt: Math.min(paidAt + days * DAY_MS, TEN_O_CLOCK),
  });
  if (dice.chance(0.3)) story.push(refund(Math.floor(paidFen / 2), 1), refund(paidFen, 3));
  else if (dice.chance(0.2)) story.push(refund(Math.floor(paidFen / 3), 2));
  if (dice.chance(0.1)) {
    story.push({ event: 'order.cancelled', ...known, amountFen: paidFen, cancelledAt: paidAt + 5_000 });
  }
  return story;
}

function storiesOfABusyDay(dice: Dice): OrderEvent[][] {
  const stories: OrderEvent[][] = [];
  for (let events = 0; events < EVENTS; events += stories.at(-1)?.length ?? 0) {
    stories.push(storyOf(stories.length, dice).slice(0, EVENTS - events));
  }
  return stories;
}

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  return items
    .map((item) => [dice.share(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** Sends until everything is taken, some at once, as a till with a queue does. @returns how many were sent */
async function sendAll(queue: OrderEvent[]): Promise<number> {
  let sent = 0;
  const send = async (): Promise<void> => {
    for (let event = queue.shift(); event; event = queue.shift()) {
      sent += 1;
      const { status } = await till.deliver(event);
      if (status === 503) queue.push(event);
      else if (status !== 200) throw new Error(`${event.event} ${event.orderNo}: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  return sent;
}

/** Whoever lost too many races is left waiting; the timer of the next minutes places her. */
async function settle(): Promise<void> {
  await table('members').changeIf({ _id: 'M100' }, { waiting: 1 });
  for (let turn = 0; turn < 4; turn++) {
    await chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
  }
}

/** The books after the clean sequence: every event once, in its order, without any database. */
function cleanBooks(stories: readonly OrderEvent[][]): OrderDoc[] {
  const orders = stories.flatMap((story) => {
    const order = story.reduce<OrderDoc | null>((read, event) => orderAfter(read, event, TEN_O_CLOCK), null);
    return order ? [order] : [];
  });
  return [...KNOWN.flatMap(quietOrders), ...orders];
}

/** What of a member follows from her orders. */
const computed = (member: MemberDoc) =>
  pick(member, ['_id', 'facts', 'placement', 'lifecycle', 'value', 'quiet', 'tierChangesOn', 'waiting']);

/** The members after it, each from all her orders at once, by the chain's settings as they stand now. */
async function cleanMembers(books: readonly OrderDoc[]) {
  const chainDoc = await table('chain').find('chain');
  if (!chainDoc) throw new Error('the chain has no settings');
  const placing = placingOn(chainDoc, TODAY);
  const ordersBy = groupBy(books, 'memberId');
  return Object.entries(ordersBy).map(([_id, own]) => {
    const facts = factsOf(own, []);
    return { _id, facts, ...placedBy(placing, facts), waiting: 0 };
  });
}

it(`ends as the clean sequence does after a burst of ${DELIVERIES} deliveries, three in ten repeated, all mixed up`, async () => {
  const dice = diceOf(20_250_305);
  const stories = storiesOfABusyDay(dice);
  const events = stories.flat();
  expect(events).toHaveLength(EVENTS);
  await seed();
  const seededTasks = await table('tasks').all({}, 1000);

  const repeated = Array.from({ length: DELIVERIES - EVENTS }, () => dice.pick(events));
  expect(await sendAll(shuffled([...events, ...repeated], dice))).toBeGreaterThanOrEqual(DELIVERIES);
  await settle();

  const books = cleanBooks(stories);
  const orders = await table('orders').all({}, 1000);
  expect(orders.map((order) => omit(order, 'revision'))).toEqual(sortBy(books, '_id'));

  const members = await table('members').all({}, 1000);
  expect(members.map(computed)).toEqual(sortBy(await cleanMembers(books), '_id'));
  // A home that was told stays; who was told none belongs where she bought, if anything is left of it.
  for (const { _id, homeBranchId, facts } of members) {
    if (KNOWN.includes(_id)) expect(homeBranchId).toBe('B1');
    else if (facts.lastBranchId !== null) expect(homeBranchId).toBe(facts.lastBranchId);
  }

  const woken = await table('tasks').all({}, 1000);
  for (const task of seededTasks) {
    const own = books.filter(({ memberId }) => memberId === task.memberId).map(wakeOrderOf);
    const wake = wakesOf([task], own).get(task._id) ?? null;
    const now = woken.find(({ _id }) => _id === task._id);
    expect(now).toMatchObject({
      status: wake ? 'woken' : 'open',
      wokenAt: wake?.wokenAt ?? null,
      wakeOrderId: wake?.orderId ?? null,
      wakeFen: wake?.netFen ?? null,
    });
  }
  expect(woken.filter(({ status }) => status === 'woken').length).toBeGreaterThan(1);

  const branches = await table('branches').all({}, 1000);
  const named = new Set(['B1', 'B2', ...books.map(({ branchId }) => branchId)]);
  expect(branches.map(({ _id }) => _id)).toEqual([...named].sort());
  expect(branches.filter(({ unknown }) => unknown === true)).toHaveLength(named.size - 2);
});
