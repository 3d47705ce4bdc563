import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type {
  BoardKeeperDoc,
  BranchDoc,
  JobPartDoc,
  MemberDoc,
  RunDoc,
  StaffDoc,
  TaskDoc,
} from '../../cloudfunctions/common/store/documents';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { costOf } from '../../miniprogram/domain/kernel/billing';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { buildFunctions } from '../build/functions';
import type { Bench, Measurement } from './measurement';
import { rounded } from './measurement';
import { playground } from './playground';
import type { Playground } from './playground';
import { deliveryOf } from './till';

/** Members beside the demo chain's own; `COST_N=1000000` for the figure of a whole million. */
const MEMBERS = Number(process.env['COST_N'] ?? 20_000);
/** A clerk for so many members, as a chain of that size has them; her day's care tasks follow from it. */
const MEMBERS_A_CLERK = 1000;
/** What a clerk does in a day. */
const CUSTOMERS_A_DAY = 12;
const BULK = 500;

/** What calls cost together: how many there were, what the database was asked, what went over the air. */
interface Cost {
  calls: number;
  databaseCalls: number;
  /** of these, how many wrote */
  writes: number;
  /** JSON of asks and replies */
  bytes: number;
  /** as long as functions ran, here */
  ms: number;
}
const nothing = (): Cost => ({ calls: 0, databaseCalls: 0, writes: 0, bytes: 0, ms: 0 });

/** What a function's own log line tells of a call. */
type Line = Partial<{ writes: number; parts: Record<string, number> }>;
const lineOf = (logs: readonly string[]): Line =>
  JSON.parse(logs.findLast((one) => one.includes('"databaseCalls"')) ?? '{}') as Line;

/** Calls functions and adds up what that costs. */
function meterOf(here: Playground) {
  const cost = nothing();
  const invoke = async (name: string, event: unknown, openid?: string): Promise<unknown> => {
    const { result, databaseCalls, ms, logs } = await here.cloud.invoke(
      name,
      event,
      openid ? { openid } : {},
    );
    cost.calls += 1;
    cost.ms += ms;
    cost.writes += lineOf(logs).writes ?? 0;
    cost.databaseCalls += databaseCalls;
    cost.bytes += Buffer.byteLength(JSON.stringify(event)) + Buffer.byteLength(JSON.stringify(result));
    return result;
  };
  return {
    cost,
    invoke,
    async act(openid: string, name: string, action: string, ask: object = {}): Promise<never> {
      const outcome = (await invoke(
        name,
        { action, ask, requestKey: randomUUID() },
        openid,
      )) as Outcome<unknown>;
      if (!outcome.ok) throw new Error(`${name} ${action} refused: ${JSON.stringify(outcome.failure)}`);
      return outcome.reply as never;
    },
  };
}

function* figures(name: string, cost: Cost, per = 1): Generator<Measurement> {
  const one = (unit: string, value: number) => ({
    bench: 'cost',
    case: `${name}: ${unit}`,
    value: rounded(value / per),
    unit,
  });
  yield one('function calls', cost.calls);
  yield one('database calls', cost.databaseCalls);
  yield one('of these writes', cost.writes);
  if (cost.bytes > 0) yield one('bytes', cost.bytes);
  const { calls, databaseCalls, writes, ms } = cost;
  yield one(
    'yuan for 10,000',
    100 * costOf({ calls, databaseReads: databaseCalls - writes, databaseWrites: writes, ms }),
  );
}

/** Puts whatever a member names of the demo's shops into shops of a region of its own. */
function inRegion(region: number) {
  const id = <T extends string | null>(of: T): T => (of === null ? of : (`${of}-${region}` as T));
  return {
    branch: (like: BranchDoc): BranchDoc => ({ ...like, _id: id(like._id), name: `${like.name}${region}` }),
    staff: (like: StaffDoc): StaffDoc => ({
      ...like,
      _id: id(like._id),
      openid: id(like.openid),
      branchId: id(like.branchId),
    }),
    member: (like: MemberDoc, _id: string): MemberDoc => ({
      ...like,
      _id,
      openid: null,
      homeBranchId: id(like.homeBranchId),
      ownerClerkId: id(like.ownerClerkId),
      facts: {
        ...like.facts,
        lastBranchId: id(like.facts.lastBranchId),
        lastClerkId: id(like.facts.lastClerkId),
      },
    }),
  };
}

/** Members like those of the demo, in regions of shops and clerks like the demo's. */
async function addRegions({ demo, db }: Playground, say: (line: string) => void): Promise<void> {
  const clerks = demo.staff.filter(({ role }) => role === 'clerk').length;
  for (let from = 0; from < MEMBERS; from += BULK) {
    const region = Math.floor(from / (clerks * MEMBERS_A_CLERK));
    const here = inRegion(region);
    if (from === region * clerks * MEMBERS_A_CLERK) {
      await db.add('branches', demo.branches.map(here.branch));
      const people = demo.staff.filter(({ role }) => role !== 'hq');
      await db.add('staff', people.map(here.staff));
    }
    const numbers = Array.from({ length: Math.min(BULK, MEMBERS - from) }, (_, i) => from + i);
    const docs = numbers.map((n) => {
      const like = demo.members[n % demo.members.length];
      if (!like) throw new Error('the demo has no members');
      return here.member(like, `X${String(n).padStart(8, '0')}`);
    });
    await db.add('members', docs);
    if (from % 100_000 === 0) say(`${from} of ${MEMBERS} members`);
  }
}

/** What a night came to: what it cost altogether, each of its parts in database calls, and how many it placed and gave care. */
interface Night {
  cost: Cost;
  parts: Record<string, number>;
  placed: number;
  given: number;
  /** runs that reached their function's limit and left no figures; the next minute went on */
  cutOff: number;
}

/** One night at three o'clock, with the minutes of the pulse after it until all that it began is through. */
async function oneNight({ cloud, db }: Playground, on: Day, say: (line: string) => void): Promise<Night> {
  await cloud.clock.moveTo(startOf(on, 3));
  const night: Night = { cost: nothing(), parts: {}, placed: 0, given: 0, cutOff: 0 };
  const run = async (name: string): Promise<void> => {
    night.cost.calls += 1;
    const run = await cloud.invoke(name, {}).catch((error: { code?: string }) => {
      if (error.code !== 'FUNCTIONS_TIME_LIMIT_EXCEEDED') throw error;
      return null;
    });
    if (run === null) {
      night.cutOff += 1;
      return;
    }
    const { logs, databaseCalls, ms } = run;
    const { writes = 0, parts = {} } = lineOf(logs);
    night.cost.databaseCalls += databaseCalls;
    night.cost.writes += writes;
    night.cost.ms += ms;
    for (const [part, calls] of Object.entries(parts)) night.parts[part] = (night.parts[part] ?? 0) + calls;
    say(`${name}: ${JSON.stringify({ databaseCalls, ms, parts })}`);
  };
  const isUnfinished = async (): Promise<boolean> => {
    const jobs = await db.page<JobPartDoc>('jobs', { finishedAt: null }, 100);
    const [keeper] = await db.page<BoardKeeperDoc>('boards', { _id: 'keeper' }, 1);
    return jobs.length > 0 || (keeper?.night ?? null) !== null;
  };
  await run('nightly');
  while (await isUnfinished()) {
    await cloud.clock.moveTo(cloud.clock.now() + 61_000);
    await run('pulse');
  }
  for (const { job, changed, read } of await db.page<RunDoc>('runs', { on }, 100)) {
    if (job === 'nightly') night.placed += read;
    if (job === 'care') night.given += changed;
  }
  return night;
}

/** The default campaign, launched; its busiest clerk and her tasks. */
async function launched(here: Playground): Promise<{ openid: string; tasks: TaskDoc[] }> {
  const hq = meterOf(here);
  const plan = await hq.act('wx-hq', 'campaigns', 'campaign.draft');
  const { fingerprint } = (await hq.act('wx-hq', 'campaigns', 'campaign.preview', { plan })) as {
    fingerprint: string;
  };
  const { campaignId } = (await hq.act('wx-hq', 'campaigns', 'campaign.launch', { plan, fingerprint })) as {
    campaignId: string;
  };
  for (;;) {
    const { finished } = (await hq.act('wx-hq', 'campaigns', 'campaign.step', { campaignId })) as {
      finished: boolean;
    };
    if (finished) break;
  }
  const own = new Set(here.demo.members.map(({ _id }) => _id));
  for (const { _id, openid, role } of here.demo.staff) {
    if (role !== 'clerk') continue;
    const tasks = await here.db.page<TaskDoc>(
      'tasks',
      { clerkId: _id, status: 'open', arm: 'treated' },
      1000,
    );
    const known = tasks.filter(({ memberId }) => own.has(memberId)).slice(0, CUSTOMERS_A_DAY);
    if (known.length === CUSTOMERS_A_DAY) return { openid, tasks: known };
  }
  throw new Error(`no clerk has ${CUSTOMERS_A_DAY} tasks`);
}

const SECRET = 'huitou-cost-bench';

async function oneOrder(here: Playground, memberNo: string, branchNo: string): Promise<Cost> {
  const meter = meterOf(here);
  const now = here.cloud.clock.now();
  const order = { event: 'order.paid' as const, orderNo: 'COST1', memberNo, branchNo };
  const paid = { ...order, createdAt: now, paidAt: now, amountFen: 16_800 };
  const answer = (await meter.invoke('ingest', deliveryOf(paid, SECRET, now))) as {
    statusCode: number;
    body: string;
  };
  if (answer.statusCode !== 200) throw new Error(`the order was refused: ${answer.body}`);
  return meter.cost;
}

/**
 * What the acts that a chain pays for cost, counted and not timed: function calls, database calls and bytes, at as many
 * members as are asked for. Multiply by the service's price list; docs/scale.md does.
 */
export const cost: Bench = async function* (root, say) {
  await buildFunctions(path.join(root, 'cloudfunctions'));
  const here = await playground(root, { HUITOU_WEBHOOK_SECRET: SECRET });
  try {
    say('launching a campaign');
    // Before the others come: a clerk's day does not depend on how many are nobody's task, and twelve clerks are no match for them.
    const { openid, tasks } = await launched(here);
    await addRegions(here, say);
    const clerk = meterOf(here);
    const member = meterOf(here);
    for (const { _id: taskId, memberId, link } of tasks) {
      await clerk.act(openid, 'outreach', 'task.list', { tab: 'today' });
      const { scripts } = (await clerk.act(openid, 'outreach', 'task.open', { taskId })) as {
        scripts: { scriptId: string }[];
      };
      const scriptId = scripts[0]?.scriptId ?? '';
      await clerk.act(openid, 'outreach', 'script.copy', { taskId, scriptId, draft: null });
      await clerk.act(openid, 'outreach', 'touch.record', { taskId, channel: 'copy', scriptId, text: null });
      await member.act(`wx-${memberId}`, 'gifts', 'gift.open', { link });
      await member.act(`wx-${memberId}`, 'gifts', 'gift.claim', { link });
    }
    yield* figures(`a clerk's day of ${CUSTOMERS_A_DAY} customers`, clerk.cost);
    yield* figures('a member opens her gift and claims it', member.cost, tasks.length);
    const [task] = tasks;
    if (!task) throw new Error('no task');
    yield* figures('one order from the till', await oneOrder(here, task.memberId, task.branchId ?? ''));
    const boards = meterOf(here);
    await boards.act('wx-hq', 'boards', 'board.branches');
    yield* figures('headquarters opens the board', boards.cost);

    // The first night also gives all the care that is due at once and learns what runs out; nights are like the second.
    for (const [nth, name] of ['the first night', 'a night'].entries()) {
      say(name);
      const night = await oneNight(here, addDays(here.demo.today, nth + 1), say);
      const of = `${name} of ${MEMBERS + here.demo.members.length} members, ${night.placed} due, ${night.given} given care`;
      yield* figures(of, night.cost);
      if (night.cutOff > 0)
        yield { bench: 'cost', case: `${of}: cut off`, value: night.cutOff, unit: 'function calls' };
      for (const [part, calls] of Object.entries(night.parts))
        yield { bench: 'cost', case: `${of}: ${part}`, value: calls, unit: 'database calls' };
    }
    // What the acts of this bench left to it comes first.
    for (let minute = 0; minute < 2; minute++) await here.cloud.invoke('pulse', {});
    const idle = meterOf(here);
    await idle.invoke('pulse', {});
    yield* figures('a minute of the timer with nothing to do', idle.cost);
    const bytes = here.demo.members.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
    yield {
      bench: 'cost',
      case: 'a member at rest',
      value: rounded(bytes / here.demo.members.length),
      unit: 'bytes',
    };
    const orders = here.demo.orders.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
    yield {
      bench: 'cost',
      case: 'an order at rest',
      value: rounded(orders / here.demo.orders.length),
      unit: 'bytes',
    };
  } finally {
    await here.end();
  }
};
