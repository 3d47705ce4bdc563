import { randomUUID } from 'node:crypto';
import { buildFunctions } from '../build/functions';
import path from 'node:path';
import type { AssignmentPreview, CampaignPlan } from '../../miniprogram/contract/campaigns';
import type { Contracts, FunctionName } from '../../miniprogram/contract/index';
import type { Outcome } from '../../miniprogram/contract/outcome';
import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import { median, rounded } from './measurement';
import type { Bench } from './measurement';
import { playground } from './playground';
import type { Playground } from './playground';

const ROUNDS = 15;
/** The first calls load the function; a phone's user meets them once a day. They are measured by `coldstart`. */
const WARM_UP = 3;

interface Answer<R> {
  reply: R;
  ms: number;
  databaseCalls: number;
}

/**
 * What each act of a user costs: milliseconds from call to answer and database calls, beside the same number of point
 * reads through the bare SDK, taken in turn with it.
 */
export const journey: Bench = async function* (root, say) {
  await buildFunctions(path.join(root, 'cloudfunctions'));
  say('loading the demo chain and launching a campaign');
  const here = await playground(root);
  try {
    const call = callerOf(here);
    const clerk = await busiestClerk(here, call);
    const tasks = (await here.db.page<TaskDoc>('tasks', { clerkId: clerk.id, status: 'open' }, 1000)).slice(
      0,
      ROUNDS + WARM_UP,
    );
    if (tasks.length < ROUNDS + WARM_UP) throw new Error(`the busiest clerk has only ${tasks.length} tasks`);
    const acts = actsOf(call, clerk.openid, clerk.managerOpenid);
    say(`${ROUNDS} customers of one clerk, from list to till`);
    const costs = new Map<string, { ms: number[]; calls: number[]; bareMs: number[] }>();
    for (const [i, task] of tasks.entries()) {
      for (const [name, act] of acts) {
        const { ms, databaseCalls } = await act(task);
        const bareMs = await bareReads(here, databaseCalls);
        if (i < WARM_UP) continue;
        const cost = costs.get(name) ?? { ms: [], calls: [], bareMs: [] };
        cost.ms.push(ms);
        cost.calls.push(databaseCalls);
        cost.bareMs.push(bareMs);
        costs.set(name, cost);
      }
    }
    for (const [name, { ms, calls, bareMs }] of costs) {
      const reads = median(calls);
      yield {
        bench: 'journey',
        case: name,
        value: rounded(median(ms)),
        unit: 'ms',
        ratio: rounded(median(ms) / median(bareMs)),
        against: `${reads} point reads through the bare SDK`,
      };
      yield { bench: 'journey', case: `${name}: database calls`, value: reads, unit: 'calls' };
    }
  } finally {
    await here.end();
  }
};

type Caller = <F extends FunctionName, A extends keyof Contracts[F] & string>(
  openid: string,
  name: F,
  action: A,
  ask: Contracts[F][A] extends { ask: infer Ask } ? Ask : never,
) => Promise<Answer<Contracts[F][A] extends { reply: infer Reply } ? Reply : never>>;

function callerOf(here: Playground): Caller {
  return async (openid, name, action, ask) => {
    const begun = performance.now();
    const { result, databaseCalls } = await here.cloud.invoke(
      name,
      { action, ask, requestKey: randomUUID() },
      { openid },
    );
    const ms = performance.now() - begun;
    const outcome = result as Outcome<never>;
    if (!outcome.ok) throw new Error(`${name} ${action} refused: ${JSON.stringify(outcome.failure)}`);
    return { reply: outcome.reply, ms, databaseCalls };
  };
}

/** Launches the default campaign as HQ and answers the clerk with the most tasks. */
async function busiestClerk(
  here: Playground,
  call: Caller,
): Promise<{ id: string; openid: string; managerOpenid: string }> {
  const plan: CampaignPlan = (await call('wx-hq', 'campaigns', 'campaign.draft', {})).reply;
  const preview: AssignmentPreview = (await call('wx-hq', 'campaigns', 'campaign.preview', { plan })).reply;
  const { fingerprint } = preview;
  const { campaignId } = (await call('wx-hq', 'campaigns', 'campaign.launch', { plan, fingerprint })).reply;
  while (!(await call('wx-hq', 'campaigns', 'campaign.step', { campaignId })).reply.finished);
  const shares = preview.branches.flatMap(({ branchId, clerks }) => clerks.map((c) => ({ ...c, branchId })));
  const [busiest] = shares.sort((a, b) => b.tasks - a.tasks);
  const openidOf = (matches: (person: (typeof here.demo.staff)[number]) => boolean) =>
    here.demo.staff.find(matches)?.openid;
  const openid = openidOf(({ _id }) => _id === busiest?.clerkId);
  const managerOpenid = openidOf(
    ({ role, branchId }) => role === 'manager' && branchId === busiest?.branchId,
  );
  if (!busiest || !openid || !managerOpenid) throw new Error('the campaign gave nobody a task');
  return { id: busiest.clerkId, openid, managerOpenid };
}

/** The acts of one customer's recall in their order, each done once per customer. */
function actsOf(call: Caller, clerk: string, manager: string) {
  const scripts = new Map<string, string>();
  const memberOf = (task: TaskDoc) => `wx-${task.memberId}`;
  const coupons = new Map<string, string>();
  const acts: [name: string, act: (task: TaskDoc) => Promise<Answer<unknown>>][] = [
    ['open the list', () => call(clerk, 'outreach', 'task.list', { tab: 'today' })],
    [
      'open a customer',
      async ({ _id }) => {
        const answer = await call(clerk, 'outreach', 'task.open', { taskId: _id });
        const script = answer.reply.scripts[0];
        if (script) scripts.set(_id, script.scriptId);
        return answer;
      },
    ],
    [
      'copy a script',
      ({ _id }) =>
        call(clerk, 'outreach', 'script.copy', {
          taskId: _id,
          scriptId: scripts.get(_id) ?? '',
          draft: null,
        }),
    ],
    [
      'say it was sent',
      ({ _id }) =>
        call(clerk, 'outreach', 'touch.record', {
          taskId: _id,
          channel: 'copy',
          scriptId: scripts.get(_id) ?? null,
          text: null,
        }),
    ],
    ['open the gift', (task) => call(memberOf(task), 'gifts', 'gift.open', { link: task.link })],
    [
      'claim the gift',
      async (task) => {
        const answer = await call(memberOf(task), 'gifts', 'gift.claim', { link: task.link });
        coupons.set(task._id, answer.reply.coupon?.couponId ?? '');
        return answer;
      },
    ],
    [
      'redeem the coupon',
      ({ _id }) =>
        call(clerk, 'gifts', 'coupon.redeem', { couponId: coupons.get(_id) ?? '', basketFen: 16_800 }),
    ],
    ['open the board', () => call(manager, 'boards', 'board.branches', {})],
  ];
  return acts;
}

/** Milliseconds for so many reads of one document by its id, one after another. */
async function bareReads(here: Playground, count: number): Promise<number> {
  const { members } = here.demo;
  const begun = performance.now();
  for (let i = 0; i < Math.max(1, count); i++) {
    const id = members[(i * 37) % members.length]?._id;
    await here.db.page('members', { _id: id }, 1);
  }
  return performance.now() - begun;
}
