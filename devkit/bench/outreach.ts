import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StaffDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { dayOf } from '../../miniprogram/domain/kernel/day';
import { buildFunctions } from '../build/functions';
import { runningCampaign } from '../demo/simulate/campaign';
import { worldOn } from '../demo/simulate/onCloud';
import { phoneOf } from '../demo/simulate/phone';
import type { Questions } from './functions/bare/main';
import { median, rounded } from './measurement';
import type { Bench, Measurement } from './measurement';
import { playground } from './playground';
import type { Playground } from './playground';

const ROUNDS = 41;
/** The first calls load the function; `coldstart` measures them. */
const WARM_UP = 60;
const ON_THE_LIST = 50;
const FEW = 100;
const MANY = Number(process.env['OUTREACH_BENCH_N'] ?? 100_000);
const BULK = 500;

interface Cost {
  ms: number;
  /** a function that asks the same and does nothing else */
  bareMs: number;
  /** a function that does nothing: what it takes to reach one and come back */
  emptyMs: number;
  calls: number;
  bytes: number;
}

/** One act of a phone and the same questions to the database, through the same SDK in the same kind of place. */
interface Act {
  name: string;
  /** database calls that only find out who asks */
  ofScope: number;
  event: (round: number) => object;
  bare: (round: number) => Questions;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The act and its bare questions take turns, so that a busy moment of the machine meets both. */
async function costOf({ cloud }: Playground, openid: string, act: Act): Promise<Cost> {
  const rows: Cost[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    let [calls, bytes] = [0, 0];
    const ms = await timed(async () => {
      const said = await cloud.invoke('outreach', act.event(round), { openid });
      const text = JSON.stringify(said.result);
      if (!text.startsWith('{"ok":true')) throw new Error(`${act.name}: ${text.slice(0, 200)}`);
      calls = said.databaseCalls;
      bytes = Buffer.byteLength(text);
    });
    const asking = (questions: Questions) => timed(() => cloud.invoke('bare', questions, { openid }));
    const bareMs = await asking(act.bare(round));
    const emptyMs = await asking({ of: 'nothing' });
    if (round >= WARM_UP) rows.push({ ms, bareMs, emptyMs, calls, bytes });
  }
  const of = (part: keyof Cost) => median(rows.map((row) => row[part]));
  return {
    ms: of('ms'),
    bareMs: of('bareMs'),
    emptyMs: of('emptyMs'),
    calls: of('calls'),
    bytes: of('bytes'),
  };
}

function* told(act: Act, cost: Cost): Iterable<Measurement> {
  const { name, ofScope } = act;
  const bench = 'outreach';
  const calls = cost.calls - ofScope;
  yield {
    bench,
    case: `${name}: database calls beside the caller's scope`,
    value: calls,
    unit: 'calls',
    goal: '≤ 2',
  };
  yield { bench, case: `${name}: reply`, value: rounded(cost.bytes / 1024), unit: 'KB', goal: '≤ 24' };
  yield {
    bench,
    case: `${name}: time`,
    value: rounded(cost.ms),
    unit: 'ms',
    ratio: rounded(cost.ms / cost.bareMs),
    against: `a function that asks the bare SDK the same, ${rounded(cost.emptyMs)} ms of it reaching a function`,
    goal: 'ratio ≤ 1.25',
  };
}

/** Copies of a task under other names: as many as are wanted on somebody's list. */
function copies(of: TaskDoc, count: number, name: string, known: Partial<TaskDoc>): TaskDoc[] {
  return Array.from({ length: count }, (_, n) => ({
    ...of,
    ...known,
    _id: `bench:${name}${n}`,
    campaignId: 'bench',
    memberId: `${name}${n}`,
    link: `bench-${name}${n}`,
  }));
}

async function addAll(docs: readonly TaskDoc[]): Promise<void> {
  for (let from = 0; from < docs.length; from += BULK)
    await table('tasks').addAll(docs.slice(from, from + BULK));
}

/** Launches through the real functions. @returns how long it took and how many tasks there are */
async function launch(here: Playground): Promise<{ ms: number; tasks: number }> {
  const world = worldOn(here.cloud, '');
  const hq = phoneOf(world, 'wx-hq');
  const ms = await timed(() => runningCampaign({ hq, approver: null }, world, 'bench-launch'));
  return { ms, tasks: await table('tasks').count({}) };
}

/** The same documents once more, in bulk and with nothing around them. */
async function addBare(name: string): Promise<number> {
  const docs = await table('tasks').all({}, 1000);
  const bare = docs.map((doc, n) => ({ ...doc, _id: `${name}${n}`, link: `${name}${n}`, campaignId: name }));
  const ms = await timed(() => addAll(bare));
  await table('tasks').removeAll({ campaignId: name });
  return ms;
}

/**
 * The clerk's two pages: database calls, bytes, and milliseconds beside the bare questions; the list in a branch of few
 * and of many tasks; and the launch beside a bare bulk add.
 */
export const outreach: Bench = async function* (root, say) {
  const functionsDir = await mkdtemp(path.join(tmpdir(), 'huitou-bench-functions-'));
  await buildFunctions(path.join(root, 'cloudfunctions'), { into: functionsDir });
  await buildFunctions(path.join(root, 'devkit/bench/functions'), { into: functionsDir });
  const here = await playground(root, {}, functionsDir);
  try {
    say('launching');
    const launched = await launch(here);
    const bareLaunchMs = await addBare('bare');
    yield {
      bench: 'outreach',
      case: `launch of ${launched.tasks} tasks`,
      value: rounded(launched.tasks / (launched.ms / 1000)),
      unit: 'tasks/s',
      ratio: rounded(launched.ms / bareLaunchMs),
      against: 'a bare bulk add of the same tasks',
    };
    yield* pages(here, say);
  } finally {
    await here.end();
    await rm(functionsDir, { recursive: true, force: true });
  }
};

async function* pages(here: Playground, say: (line: string) => void): AsyncIterable<Measurement> {
  const clerk = (await table('staff').find('c01')) as StaffDoc;
  const now = here.cloud.clock.now();
  const today = dayOf(now);
  const own = await table('tasks').page({ where: { clerkId: clerk._id, status: 'open' }, limit: 1000 });
  const [model] = own;
  if (!model || clerk.branchId === null) throw new Error('c01 has no task');
  // Her own ones leave the tab, so that exactly as many stand on it as are to be measured.
  await table('tasks').changeAll({ clerkId: clerk._id, dueOn: today }, { dueOn: model.claimBy });
  const onList = { clerkId: clerk._id, branchId: clerk.branchId, dueOn: today };
  await addAll(copies(model, ON_THE_LIST, 'list', onList));

  const list: Act = {
    name: `list of ${ON_THE_LIST}`,
    ofScope: 1,
    event: () => ({ action: 'task.list', ask: { tab: 'today' } }),
    bare: () => ({ of: 'list', openid: clerk.openid, clerkId: clerk._id }),
  };
  const idAt = (round: number) => own[round % own.length]?._id ?? '';
  const customer: Act = {
    name: 'customer page',
    ofScope: 1,
    event: (round) => ({ action: 'task.open', ask: { taskId: idAt(round) } }),
    bare: (round) => ({ of: 'customer', openid: clerk.openid, taskId: idAt(round) }),
  };
  for (const act of [list, customer]) {
    say(act.name);
    yield* told(act, await costOf(here, clerk.openid, act));
  }
  const elsewhere = { clerkId: 'c02', branchId: clerk.branchId };
  await addAll(copies(model, FEW, 'few', elsewhere));
  const few = await costOf(here, clerk.openid, list);
  say(`${MANY} tasks in the branch`);
  await addAll(copies(model, MANY, 'many', elsewhere));
  const many = await costOf(here, clerk.openid, list);
  yield {
    bench: 'outreach',
    case: `list with ${MANY} tasks in the branch`,
    value: rounded(many.ms),
    unit: 'ms',
    ratio: rounded(many.ms / few.ms),
    against: `the list with ${FEW}`,
    goal: 'ratio ≤ 1.3',
  };
}
