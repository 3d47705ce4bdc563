import { cloneDeepWith, isPlainObject, mapValues } from 'lodash-es';
import type { Collections } from '../../cloudfunctions/common/store/documents';
import { COLLECTIONS } from '../../cloudfunctions/common/store/indexes';
import { table } from '../../cloudfunctions/common/store/table';
import type { FaultRule } from '../../devkit/cloud/faults/rule';
import { generateChain } from '../../devkit/demo/chain';
import { loadDemo } from '../../devkit/demo/load';
import { runningCampaign } from '../../devkit/demo/simulate/campaign';
import { phoneOf } from '../../devkit/demo/simulate/phone';
import { simulate } from '../../devkit/demo/simulate/days';
import type { Simulated } from '../../devkit/demo/simulate/days';
import { castOf, worldOn } from '../../devkit/demo/simulate/onCloud';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import { startChain, TODAY } from './chain';
import type { Chain } from './chain';

const SECRET = 'a secret of the tests';
const FUNCTIONS = ['members', 'campaigns', 'outreach', 'gifts', 'boards', 'ingest', 'nightly', 'pulse'];

export interface Played extends Simulated {
  state: Record<string, unknown[]>;
  /** how many faults there were */
  faults: number;
  port: number;
}

export interface DayToPlay {
  seed: number;
  members: number;
  days: number;
  faults?: readonly FaultRule[];
  faultSeed?: number;
  /** of the chain that was played before: a process knows one */
  port?: number;
}

/** What is drawn by chance when it is made, and how often somebody had to write: nothing of it is the day's outcome. */
const RANDOM = new Set([
  'link',
  'code',
  'secretWord',
  'sealed',
  'ms',
  'leaseKey',
  'leaseUntil',
  // which of two marks of one change stands last
  'stale',
  'touchRevision',
  'revision',
]);

/** A document without what must differ between two plays of one day. */
function outcomeOf(doc: unknown): unknown {
  const bare = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(bare);
    if (!isPlainObject(value)) return value;
    return mapValues(value as Record<string, unknown>, (inner, field) =>
      RANDOM.has(field) ? '…' : bare(inner),
    );
  };
  return bare(cloneDeepWith(doc, () => undefined));
}

async function stateOf(): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  for (const name of COLLECTIONS as readonly (keyof Collections)[]) {
    state[name] = (await table(name).all({}, 1000)).map(outcomeOf);
  }
  return state;
}

async function inChain<T>(port: number | undefined, act: (chain: Chain) => Promise<T>): Promise<T> {
  const chain = await startChain(FUNCTIONS, {
    environment: { HUITOU_WEBHOOK_SECRET: SECRET },
    startAt: startOf(TODAY, 9),
    timers: true,
    ...(port === undefined ? {} : { port }),
  });
  try {
    return await act(chain);
  } finally {
    await chain.stop();
  }
}

/** Plays a chain's days from nine in the morning until the next night has settled, and tells how everything stands then. */
export function played(day: DayToPlay): Promise<Played> {
  return inChain(day.port, async (chain) => {
    const demo = generateChain(day.seed, TODAY, day.members);
    await loadDemo({ add: (collection, docs) => chain.add(collection, docs as never) }, demo);
    const world = worldOn(chain.cloud, SECRET);
    const cast = castOf(demo.staff, demo.members);
    await world.moveTo(startOf(TODAY, 9) + 30 * 60_000);
    // A launch that is cut off waits for its lease, and so would the day; campaigns.test.ts cuts launches off.
    await runningCampaign({ hq: phoneOf(world, cast.hqOpenid), approver: null }, world, 'the-launch');
    chain.cloud.faults.set(day.faults ?? [], day.faultSeed ?? 0);
    const simulated = await simulate(world, cast, { days: day.days, seed: day.seed });
    const faults = chain.cloud.faults.log().length;
    chain.cloud.faults.clear();
    // The night and the minutes after it take up what a lost answer left lying.
    for (const hour of [4, 5, 6, 7]) await world.moveTo(startOf(addDays(TODAY, day.days), hour));
    return { ...simulated, state: await stateOf(), faults, port: chain.cloud.port };
  });
}
