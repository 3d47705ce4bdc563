import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { MemberDoc } from '../../cloudfunctions/common/store/documents';
import { command, table } from '../../cloudfunctions/common/store/table';
import type { Contracts } from '../../miniprogram/contract';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { addDays, day, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import { buildFunctions } from '../build/functions';
import type { LocalCloud } from '../cloud/index';
import type { Bench, Measurement } from './measurement';
import { rounded } from './measurement';
import { ownCloud } from './ownCloud';
import { chainOf } from './rebuild/members';

const TODAY = day('2026-03-18');
const MEMBERS = '200000';
const BATCH = 1000;
const DUE_SHARE = 0.02;

type Members = Contracts['members'];

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function callHq<A extends 'rules.save' | 'rebuild.step'>(
  cloud: LocalCloud,
  action: A,
  ask: Members[A]['ask'],
): Promise<Members[A]['reply']> {
  const { result } = await cloud.invoke(
    'members',
    { action, ask, requestKey: randomUUID() },
    { openid: 'wx-hq' },
  );
  const outcome = result as Outcome<Members[A]['reply']>;
  if (!outcome.ok) throw new Error(`${action} refused: ${JSON.stringify(outcome.failure)}`);
  return outcome.reply;
}

async function fill(count: number, say: (line: string) => void): Promise<void> {
  const { chain, members } = chainOf(count, TODAY);
  await table('chain').addNew(chain);
  const hq = { _id: 'hq', openid: 'wx-hq', name: '总部', role: 'hq' as const, branchId: null, active: true };
  await table('staff').addNew(hq);
  let batch: MemberDoc[] = [];
  for (const member of members) {
    batch.push(member);
    if (batch.length < BATCH) continue;
    await table('members').addAll(batch);
    batch = [];
  }
  if (batch.length > 0) await table('members').addAll(batch);
  say(`${count} members are in`);
}

/** Retail with shorter windows: two in three members get another tier or another next day. */
const NEXT_RULES = {
  ...PRESETS.retail,
  preset: 'custom' as const,
  ladder: [
    { stage: 'lost' as const, months: 10 },
    { stage: 'dormant' as const, months: 5 },
    { stage: 'drowsy' as const, months: 2 },
  ],
};

/** The whole of it as HQ's page does it: save, then step after step, `lanes` of them side by side. */
async function rebuildAll(cloud: LocalCloud, basedOn: number, lanes: number): Promise<number> {
  const rules = basedOn % 2 === 1 ? NEXT_RULES : PRESETS.retail;
  const saved = await callHq(cloud, 'rules.save', { rules, basedOn, note: '' });
  let { changed } = saved;
  const lane = async () => {
    for (let finished = false; !finished;) {
      ({ finished, changed } = await callHq(cloud, 'rebuild.step', {}));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return changed;
}

/** The first day by which about 2 % of the members are due, and how many those are. */
async function nightWithDue(count: number): Promise<{ on: Day; due: number }> {
  for (let on = addDays(TODAY, 1); ; on = addDays(on, 1)) {
    const due = await table('members').count({ tierChangesOn: command().lte(on) });
    if (due >= count * DUE_SHARE) return { on, due };
  }
}

async function* measured(
  cloud: LocalCloud,
  count: number,
  say: (line: string) => void,
): AsyncGenerator<Measurement> {
  await fill(count, say);
  const bare = await secondsOf(() => cloud.invoke('bare', {}));
  yield {
    bench: 'rebuild',
    case: `SDK alone: scan and write ${count} members`,
    value: rounded(bare),
    unit: 's',
  };
  let changed = 0;
  const one = await secondsOf(async () => (changed = await rebuildAll(cloud, 1, 1)));
  say(`${changed} members moved`);
  yield {
    bench: 'rebuild',
    case: `rebuild of ${count} members by one caller`,
    value: rounded(one),
    unit: 's',
    ratio: rounded(one / bare),
    against: 'SDK alone',
    goal: 'ratio ≤ 1.3',
  };
  const two = await secondsOf(() => rebuildAll(cloud, 2, 2));
  yield {
    bench: 'rebuild',
    case: `rebuild of ${count} members by two callers at once`,
    value: rounded(two),
    unit: 's',
    ratio: rounded(two / bare),
    against: 'SDK alone',
  };
  const { on, due } = await nightWithDue(count);
  await cloud.clock.moveTo(startOf(on, 4));
  let read = 0;
  const night = await secondsOf(async () => {
    const { result } = await cloud.invoke('nightly', { Type: 'Timer', TriggerName: 'nightly' });
    ({ read } = result as { read: number });
  });
  yield {
    bench: 'rebuild',
    case: `documents read in a night with ${due} due`,
    value: read,
    unit: 'documents',
    ratio: rounded(read / due),
    against: 'members due',
    goal: 'ratio ≤ 1.05',
  };
  yield {
    bench: 'rebuild',
    case: `a night with ${due} of ${count} due`,
    value: rounded(night),
    unit: 's',
    ratio: rounded(night / one),
    against: 'rebuild by one caller',
    goal: 'ratio ≤ 0.0333',
  };
}

/**
 * A full rebuild and a night, called as functions of a local cloud as HQ's page and the timer call them.
 * `REBUILD_N=20000` measures with fewer members.
 */
export const rebuild: Bench = async function* (root, say) {
  const count = Number(process.env['REBUILD_N'] ?? MEMBERS);
  if (!Number.isInteger(count) || count < 1000) throw new Error('REBUILD_N 应为不小于 1000 的整数。');
  const { cloud, end } = await ownCloud(startOf(TODAY, 10), async (into) => {
    await buildFunctions(path.join(root, 'cloudfunctions'), { into, names: ['members', 'nightly'] });
    await buildFunctions(path.join(root, 'devkit/bench/rebuild/functions'), { into });
  });
  try {
    yield* measured(cloud, count, say);
  } finally {
    await end();
  }
};
