import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { BranchDoc, StaffDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import { rebuildBoards } from '../../cloudfunctions/common/flows/boards/keep';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import { command, table } from '../../cloudfunctions/common/store/table';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { DAY_MS, day, startOf } from '../../miniprogram/domain/kernel/day';
import { RETAIL_LADDER } from '../../miniprogram/domain/offers/ladder';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import { buildFunctions } from '../build/functions';
import { startLocalCloud } from '../cloud/index';
import type { LocalCloud } from '../cloud/index';
import { diceOf } from '../demo/dice';
import { rounded } from './measurement';
import type { Bench, Measurement } from './measurement';
import { deliveryOf } from './till';

const TODAY = day('2026-03-18');
const AT = startOf(TODAY, 10);
const ENTERED = AT - 10 * DAY_MS;
const SECRET = 'the secret of a bench';
const ROUNDS = 40;
const MANY_TASKS = '100000';
const RULE = RETAIL_LADDER[0]?.rule ?? { kind: 'amountOff' as const, offFen: 2000, minFen: 0 };

/** A chain of so many branches with a campaign ten days old. */
async function fill(branches: number, tasks: number): Promise<void> {
  const dice = diceOf(branches);
  const branchId = (i: number): string => `B${String(i).padStart(4, '0')}`;
  const inBatches = async <T>(docs: readonly T[], add: (some: readonly T[]) => Promise<void>) => {
    for (let from = 0; from < docs.length; from += 1000) await add(docs.slice(from, from + 1000));
  };
  await table('chain').addNew({
    _id: 'chain',
    name: '量一量',
    rules: { ...PRESETS.retail, version: 1 },
    aovCut: null,
  });
  await inBatches(
    Array.from({ length: branches }, (_none, i): BranchDoc => ({
      _id: branchId(i),
      name: `第${i + 1}店`,
      address: '',
      active: true,
    })),
    (some) => table('branches').addAll(some),
  );
  const person = (_id: string, role: StaffDoc['role'], at: string | null): StaffDoc => ({
    _id,
    openid: `wx-${_id}`,
    name: _id,
    role,
    branchId: at,
    active: true,
  });
  await inBatches(
    [
      person('hq', 'hq', null),
      person('m1', 'manager', branchId(branches - 1)),
      ...Array.from({ length: branches * 2 }, (_none, i) => person(`c${i}`, 'clerk', branchId(i >> 1))),
    ],
    (some) => table('staff').addAll(some),
  );
  await table('campaigns').addNew({
    _id: 'spring',
    plan: {
      name: '回归周',
      audience: { lifecycles: ['dormant', 'lost'], values: ['high', 'mid', 'low'], branchIds: null },
      offer: { title: '回归礼', ladder: RETAIL_LADDER, validHours: 48, trial: null },
      startsOn: day('2026-03-08'),
      endsOn: day('2026-03-22'),
      holdout: 0.1,
      dailyCapacity: 20,
    },
    status: 'live',
    requestKey: 'bench',
    createdBy: 'hq',
    createdAt: ENTERED,
    launch: { cursor: '', done: 0, total: 0, loads: {}, leaseUntil: 0 },
  });
  const at = (chance: number) => (dice.chance(chance) ? ENTERED + dice.whole(1, 9) * DAY_MS : null);
  await inBatches(
    Array.from({ length: tasks }, (_none, i): TaskDoc => {
      const branch = i % branches;
      const isHeldOut = dice.chance(0.1);
      const contactedAt = isHeldOut ? null : at(0.6);
      const wokenAt = at(isHeldOut ? 0.05 : 0.09);
      const memberId = `M${String(i).padStart(7, '0')}`;
      return {
        _id: `spring:${memberId}`,
        campaignId: 'spring',
        memberId,
        branchId: branchId(branch),
        clerkId: isHeldOut ? null : `c${branch * 2 + dice.whole(0, 1)}`,
        arm: isHeldOut ? 'heldOut' : 'treated',
        status: isHeldOut
          ? 'heldOut'
          : wokenAt !== null
            ? 'woken'
            : contactedAt !== null
              ? 'contacted'
              : 'open',
        lifecycle: dice.pick(['dormant', 'lost'] as const),
        value: dice.pick(['high', 'mid', 'low'] as const),
        offer: { title: '回归礼', rule: RULE, validHours: 48, trial: null },
        claimBy: day('2026-03-22'),
        link: `link-${memberId}`,
        assignReason: '',
        enteredAt: ENTERED,
        dueOn: TODAY,
        urged: false,
        member: { name: memberId, phoneTail: '0000', paidOrders: 2, lastPaidOn: null, lastTouchedAt: null },
        contactedAt,
        openedAt: null,
        claimedAt: null,
        couponExpiresAt: null,
        redeemedAt: null,
        wokenAt,
        wakeOrderId: null,
        wakeFen: wokenAt === null ? null : 12_000,
        followUp: null,
      };
    }),
    (some) => table('tasks').addAll(some),
  );
}

interface Read {
  calls: number;
  bytes: number;
  ms: number;
}

/** A page as a phone asks for it, warm; calls without the one that finds the caller. */
async function readPage(cloud: LocalCloud, openid: string, action: string, ask: object): Promise<Read> {
  const call = () => cloud.invoke('boards', { action, ask, requestKey: randomUUID() }, { openid });
  const times: number[] = [];
  let [calls, bytes] = [0, 0];
  for (let i = 0; i < ROUNDS + 3; i++) {
    const begun = performance.now();
    const answer = await call();
    const ms = performance.now() - begun;
    const outcome = answer.result as Outcome<unknown>;
    if (!outcome.ok) throw new Error(`${action} refused: ${JSON.stringify(outcome.failure)}`);
    if (i >= 3) times.push(ms);
    calls = answer.databaseCalls - 1;
    bytes = Buffer.byteLength(JSON.stringify(outcome.reply));
  }
  // The quickest: what else the machine does only ever adds.
  return { calls, bytes, ms: Math.min(...times) };
}

const PAGES: readonly { name: string; openid: string; action: string; ask: object }[] = [
  { name: 'board of branches', openid: 'wx-m1', action: 'board.branches', ask: {} },
  { name: 'board of the week', openid: 'wx-m1', action: 'board.branches', ask: { period: 'week' } },
  { name: 'board of clerks', openid: 'wx-m1', action: 'board.clerks', ask: {} },
  { name: 'report of the chain', openid: 'wx-hq', action: 'report.campaign', ask: {} },
  { name: 'report of a branch', openid: 'wx-m1', action: 'report.campaign', ask: {} },
];

async function inCloud<T>(functionsDir: string, work: (cloud: LocalCloud) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'huitou-boards-'));
  const cloud = await startLocalCloud({
    dataDir: folder,
    functionsDir,
    collections: [...COLLECTIONS],
    indexes: INDEXES.map((index) => ({ ...index })),
    startAt: AT,
    timers: false,
    // Which call is drawn for the day's figures is dice; here each call is counted.
    environment: { HUITOU_USAGE_EVERY: '0', HUITOU_WEBHOOK_SECRET: SECRET },
  });
  try {
    Object.assign(process.env, cloud.sdkEnvironment());
    return await work(cloud);
  } finally {
    await cloud.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Database calls of the second order of somebody: what comes with the first is her own card and her wake. */
async function secondOrder(cloud: LocalCloud, memberNo: string): Promise<number> {
  let calls = 0;
  for (const nth of [1, 2]) {
    const [paidAt, branchNo] = [AT + nth, 'B0000'];
    const order = { event: 'order.paid' as const, orderNo: `${memberNo}-${nth}`, memberNo, branchNo };
    const paid = { ...order, createdAt: paidAt, paidAt, amountFen: 9_900 };
    const answer = await cloud.invoke('ingest', deliveryOf(paid, SECRET, cloud.clock.now()));
    const { statusCode } = answer.result as { statusCode: number };
    if (statusCode !== 200) throw new Error(`an order was refused: ${JSON.stringify(answer.result)}`);
    calls = answer.databaseCalls;
  }
  return calls;
}

/** One size of chain: counted, counted again, and read. */
async function* measureSize(
  cloud: LocalCloud,
  branches: number,
  tasks: number,
  say: (line: string) => void,
): AsyncGenerator<Measurement> {
  await fill(branches, tasks);
  say(`${branches} branches with ${tasks} tasks are in`);
  const at = { now: AT, today: TODAY };
  const first = performance.now();
  await rebuildBoards(at, () => false);
  const counted = (performance.now() - first) / 1000;
  await table('tasks').changeAll({ _id: command().gt('') }, { uncounted: null });
  const again = performance.now();
  await rebuildBoards(at, () => false);
  const rebuilt = (performance.now() - again) / 1000;
  yield {
    bench: 'boards',
    case: `first count of ${tasks} tasks in ${branches} branches`,
    value: rounded(counted),
    unit: 's',
  };
  yield {
    bench: 'boards',
    case: `nightly rebuild of ${tasks} tasks in ${branches} branches`,
    value: rounded(rebuilt),
    unit: 's',
  };
  yield {
    bench: 'boards',
    case: `calls that boards add to an order, ${branches} branches`,
    value: (await secondOrder(cloud, 'M0000000')) - (await secondOrder(cloud, 'N0000000')),
    unit: 'calls',
    goal: '≤ 1',
  };
  for (const page of PAGES) {
    const { calls, bytes, ms } = await readPage(cloud, page.openid, page.action, page.ask);
    const where = `${page.name}, ${branches} branches`;
    yield { bench: 'boards', case: `calls: ${where}`, value: calls, unit: 'calls', goal: '≤ 2' };
    yield {
      bench: 'boards',
      case: `reply: ${where}`,
      value: rounded(bytes / 1024),
      unit: 'KB',
      goal: '≤ 24',
    };
    yield { bench: 'boards', case: `time: ${where}`, value: rounded(ms), unit: 'ms' };
  }
}

/**
 * Pages of boards and reports with 10 and with 2,000 branches, and a night's rebuild. Calls are counted beside the one that
 * finds who is asking. `BOARDS_N=20000` measures with fewer tasks. An event costs no call: the mark lies in the task's own
 * write; an order of a member with a task costs one, which is measured against the same order of one without.
 */
export const boards: Bench = async function* (root, say) {
  const tasks = Number(process.env['BOARDS_N'] ?? MANY_TASKS);
  if (!Number.isInteger(tasks) || tasks < 1000) throw new Error('BOARDS_N 应为不小于 1000 的整数。');
  const folder = await mkdtemp(path.join(tmpdir(), 'huitou-boards-f-'));
  try {
    await buildFunctions(path.join(root, 'cloudfunctions'), { into: folder, names: ['boards', 'ingest'] });
    const times = new Map<string, number>();
    for (const branches of [10, 2000]) {
      const figures: Measurement[] = [];
      await inCloud(folder, async (cloud) => {
        for await (const figure of measureSize(cloud, branches, tasks, say)) figures.push(figure);
      });
      for (const figure of figures) {
        const name = /^time: (.*), \d+ branches$/.exec(figure.case)?.[1];
        if (name !== undefined && branches === 10) times.set(name, figure.value);
        const small = name === undefined ? undefined : times.get(name);
        yield name !== undefined && branches !== 10 && small !== undefined
          ? { ...figure, ratio: rounded(figure.value / small), against: '10 branches', goal: 'ratio ≤ 1.5' }
          : figure;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
