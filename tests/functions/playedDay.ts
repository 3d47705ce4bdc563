import { cloneDeepWith, isPlainObject, mapValues, omit } from 'lodash-es';
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
import type { World } from '../../devkit/demo/simulate/world';
import { castOf, worldOn } from '../../devkit/demo/simulate/onCloud';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import { startChain, TODAY } from './chain';
import type { Chain } from './chain';

const SECRET = 'a secret of the tests';
const MINUTE_MS = 60_000;
const TIMERS = new Set(['pulse', 'nightly']);
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
  'loyaltyRevision',
  'revision',
  // how often a cell of the boards was counted
  'turn',
]);
/** A struck timer comes a minute later; the day's outcome is known to the hour. */
const HOUR_MS = 60 * MINUTE_MS;
const isInstant = (value: unknown): value is number => typeof value === 'number' && value > 1e12;

/** A document without what must differ between two plays of one day. */
function outcomeOf(doc: unknown): unknown {
  const bare = (value: unknown): unknown => {
    if (isInstant(value)) return Math.floor(value / HOUR_MS);
    if (Array.isArray(value)) return value.map(bare);
    if (!isPlainObject(value)) return value;
    // A pulse that finds somebody waiting measures the cut-off of the day, one that finds nobody leaves it to the night.
    return mapValues(omit(value as Record<string, unknown>, 'recut'), (inner, field) =>
      RANDOM.has(field) ? '…' : bare(inner),
    );
  };
  return bare(cloneDeepWith(doc, () => undefined));
}

async function stateOf(): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  for (const name of COLLECTIONS as readonly (keyof Collections)[]) {
    // The cut-offs that were measured, each under its instant.
    if (name !== 'cuts') state[name] = (await table(name).all({}, 1000)).map(outcomeOf);
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

/** How many minutes may be struck one after another. */
const PATIENCE = 30;

/**
 * The world as timers see it: a run that was struck is not repeated by anybody, but the next minute comes. The simulation
 * jumps from one part of the day to the next, so after a jump the minutes pass until one passes unharmed.
 */
function minuteByMinute(world: World, chain: Chain): World {
  const struck = () => chain.cloud.faults.log().filter(({ function: name }) => TIMERS.has(name ?? '')).length;
  return {
    ...world,
    async moveTo(ms) {
      let before = struck();
      let fired = await world.moveTo(ms);
      for (let n = 0; n < PATIENCE && struck() > before; n++) {
        before = struck();
        fired = await world.moveTo(world.now() + MINUTE_MS);
      }
      return fired;
    },
  };
}

/** Plays a chain's days from nine in the morning until the next night has settled, and tells how everything stands then. */
export function played(day: DayToPlay): Promise<Played> {
  return inChain(day.port, async (chain) => {
    const demo = generateChain(day.seed, TODAY, day.members);
    await loadDemo({ add: (collection, docs) => chain.add(collection, docs as never) }, demo);
    const world = minuteByMinute(worldOn(chain.cloud, SECRET), chain);
    const cast = castOf(demo.staff, demo.members);
    await world.moveTo(startOf(TODAY, 9) + 30 * 60_000);
    chain.cloud.faults.set(day.faults ?? [], day.faultSeed ?? 0);
    await runningCampaign({ hq: phoneOf(world, cast.hqOpenid), approver: null }, world, 'the-launch');
    const simulated = await simulate(world, cast, { days: day.days, seed: day.seed });
    const faults = chain.cloud.faults.log().length;
    chain.cloud.faults.clear();
    // The night and the minutes after it take up what a lost answer left lying.
    for (const hour of [4, 5, 6, 7]) await world.moveTo(startOf(addDays(TODAY, day.days), hour));
    return { ...simulated, state: await stateOf(), faults, port: chain.cloud.port };
  });
}
