import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { chunk } from 'lodash-es';
import type { MemberDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
import { command, table } from '../../cloudfunctions/common/store/table';
import type { CampaignPlan, CampaignsContract } from '../../miniprogram/contract/campaigns';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { addDays, day, startOf } from '../../miniprogram/domain/kernel/day';
import { RETAIL_LADDER } from '../../miniprogram/domain/offers/ladder';
import { buildFunctions } from '../build/functions';
import type { LocalCloud } from '../cloud/index';
import type { Bench, Measurement } from './measurement';
import { rounded } from './measurement';
import { ownCloud } from './ownCloud';
import { chainOf } from './rebuild/members';

const TODAY = day('2026-03-18');
const TASKS = '20000';
const BATCH = 1000;
const CLERKS_PER_BRANCH = 4;

const PLAN: CampaignPlan = {
  name: '测量',
  audience: {
    lifecycles: ['drowsy', 'dormant', 'lost'],
    values: ['high', 'mid', 'low'],
    branchIds: null,
  },
  offer: { title: '回归礼包', ladder: RETAIL_LADDER, validHours: 48, trial: null },
  startsOn: TODAY,
  endsOn: addDays(TODAY, 13),
  holdout: 0.1,
  dailyCapacity: 20,
  waves: { perDay: 5000 },
};

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

function callerOf(cloud: LocalCloud) {
  return async <A extends keyof CampaignsContract>(
    action: A,
    ask: CampaignsContract[A]['ask'],
  ): Promise<CampaignsContract[A]['reply']> => {
    const event = { action, ask, requestKey: randomUUID() };
    const { result } = await cloud.invoke('campaigns', event, { openid: 'wx-hq' });
    const outcome = result as Outcome<CampaignsContract[A]['reply']>;
    if (!outcome.ok) throw new Error(`${action} refused: ${JSON.stringify(outcome.failure)}`);
    return outcome.reply;
  };
}

async function addInBatches<N extends 'members' | 'tasks' | 'staff'>(
  name: N,
  docs: readonly Parameters<ReturnType<typeof table<N>>['addAll']>[0][number][],
): Promise<void> {
  for (let from = 0; from < docs.length; from += BATCH)
    await table(name).addAll(docs.slice(from, from + BATCH));
}

/** So many members who can be called back, each of a branch that has clerks. */
async function fill(count: number): Promise<void> {
  const { chain, members } = chainOf(count * 2, TODAY);
  await table('chain').addNew(chain);
  const people: MemberDoc[] = [];
  for (const member of members) {
    if (people.length === count) break;
    if (PLAN.audience.lifecycles.includes(member.lifecycle)) people.push(member);
  }
  const branches = [...new Set(people.map((one) => one.homeBranchId ?? ''))];
  const someone = (_id: string, role: StaffDoc['role'], branchId: string | null): StaffDoc => ({
    _id,
    openid: `wx-${_id}`,
    name: _id,
    role,
    branchId,
    active: true,
  });
  await addInBatches('staff', [
    someone('hq', 'hq', null),
    ...branches.flatMap((branchId) =>
      Array.from({ length: CLERKS_PER_BRANCH }, (_, n) => someone(`${branchId}-${n}`, 'clerk', branchId)),
    ),
  ]);
  await addInBatches('members', people);
}

/** Launches a campaign for so many members as HQ's page does, and adds the very same documents by the SDK alone. */
export async function* launchMeasured(
  cloud: LocalCloud,
  count: number,
  say: (line: string) => void,
): AsyncGenerator<Measurement> {
  await fill(count);
  say(`${count} members are in`);
  const call = callerOf(cloud);
  let fingerprint = '';
  const seen = await secondsOf(async () => {
    ({ fingerprint } = await call('campaign.preview', { plan: PLAN }));
  });
  yield { bench: 'launch', case: `preview of ${count} members`, value: rounded(seen), unit: 's' };
  const { campaignId } = await call('campaign.launch', { plan: PLAN, fingerprint });
  const launched = await secondsOf(async () => {
    for (;;) {
      const { done, total, finished } = await call('campaign.step', { campaignId });
      say(`${done} of ${total}`);
      if (finished) return;
    }
  });
  const tasks = await table('tasks').all({ campaignId }, BATCH);
  if (tasks.length !== count) throw new Error(`${tasks.length} tasks for ${count} members`);
  // In turns: removing all of them at once takes longer than a call may.
  for (const batch of chunk(tasks, BATCH))
    await table('tasks').removeAll({ _id: command().in(batch.map((task) => task._id)) });
  const bare = await secondsOf(() => addInBatches('tasks', tasks));
  yield {
    bench: 'launch',
    case: `tasks a second, ${count} of them`,
    value: Math.round(count / launched),
    unit: 'tasks/s',
  };
  yield {
    bench: 'launch',
    case: `launch of ${count} tasks`,
    value: rounded(launched),
    unit: 's',
    ratio: rounded(launched / bare),
    against: 'SDK alone adding the same documents',
  };
}

/** The launch of a campaign through the functions of a local cloud. `LAUNCH_N=100000` measures with more tasks. */
export const launch: Bench = async function* (root, say) {
  const count = Number(process.env['LAUNCH_N'] ?? TASKS);
  if (!Number.isInteger(count) || count < 100) throw new Error('LAUNCH_N 应为不小于 100 的整数。');
  const { cloud, end } = await ownCloud(startOf(TODAY, 10), (into) =>
    buildFunctions(path.join(root, 'cloudfunctions'), { into, names: ['campaigns'] }),
  );
  try {
    yield* launchMeasured(cloud, count, say);
  } finally {
    await end();
  }
};
