import path from 'node:path';
import { groupBy, isEqual, sumBy } from 'lodash-es';
import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { buildFunctions } from '../build/functions';
import { generateChain } from '../demo/chain';
import type { DemoChain } from '../demo/chain';
import { loadDemo } from '../demo/load';
import { simulate } from '../demo/simulate/days';
import type { Simulated } from '../demo/simulate/days';
import { castOf, worldOn } from '../demo/simulate/onCloud';
import { got, phoneOf } from '../demo/simulate/phone';
import { keptBetween, trueLiftOf } from '../demo/simulate/tape';
import { diceFor } from '../demo/simulate/truth';
import type { World } from '../demo/simulate/world';
import { openChainDatabase } from '../start/chainDatabase';
import { rankCorrelation } from './correlation';
import { rounded } from './measurement';
import type { Bench, Measurement } from './measurement';
import { ownCloud } from './ownCloud';
import { keptAndRebuilt } from './rebuilt';

const TODAY = day('2026-03-18');
const SECRET = 'the secret of a bench';
const FUNCTIONS = ['members', 'campaigns', 'outreach', 'gifts', 'boards', 'ingest', 'nightly', 'pulse'];
const HOLDOUT = 0.2;

const whole = (name: string, otherwise: number): number => {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} 应为正整数。`);
  return value;
};

/** What one played campaign came to: as the product says, and as it was. */
interface Compared {
  seed: number;
  isCovered: boolean;
  trueLift: number;
  interval: { value: number; low: number; high: number } | null;
  fair: number;
  count: number;
  rate: number;
  /** wakes without a purchase that was kept, and such purchases without a wake */
  wrongWakes: number;
  /** whole refunds among the purchases of its members */
  refunds: number;
  unequalDays: number;
}

/** Treated and held-out members against the tape: who is woken on the books and who truly bought and kept it. */
function wrongWakesOf(tasks: readonly TaskDoc[], { tape }: Simulated, until: number): number {
  return tasks.filter(({ memberId, enteredAt, wokenAt }) => {
    const kept = keptBetween(tape, { after: enteredAt, until });
    return kept.has(memberId) !== (wokenAt !== null);
  }).length;
}

async function compare(played: Simulated, world: World, hqOpenid: string) {
  const hq = phoneOf(world, hqOpenid);
  const { campaignId } = played;
  if (campaignId === null) throw new Error('nobody was left to be asked');
  const { report } = got(await hq('boards', 'report.campaign', { campaignId }));
  const { rows } = got(await hq('boards', 'board.clerks', { campaignId }));
  const tasks = (await table('tasks').all({ campaignId }, 1000)).filter(({ kind }) => kind !== 'care');
  const treated = tasks.filter(({ arm }) => arm === 'treated').map(({ memberId }) => memberId);
  const span = { after: Math.min(...tasks.map(({ enteredAt }) => enteredAt)), until: world.now() };
  const trueLift = trueLiftOf(played.tape, treated, span);
  const interval = report?.lift.estimate ?? null;
  const ranked = rows.filter(({ id }) => played.truth.clerkSkill[id] !== undefined);
  const skill = ranked.map(({ id }) => played.truth.clerkSkill[id] ?? 0);
  const inIt = new Set(tasks.map(({ memberId }) => memberId));
  return {
    trueLift,
    interval,
    isCovered: interval !== null && interval.low <= trueLift && trueLift <= interval.high,
    fair: rankCorrelation(
      ranked.map(({ score }) => score),
      skill,
    ),
    count: rankCorrelation(
      ranked.map(({ woken }) => woken),
      skill,
    ),
    rate: rankCorrelation(
      ranked.map(({ woken, assigned }) => (assigned > 0 ? woken / assigned : 0)),
      skill,
    ),
    wrongWakes: wrongWakesOf(tasks, played, world.now()),
    refunds: played.tape.filter(({ memberId, refundedAt }) => inIt.has(memberId) && refundedAt !== null)
      .length,
  };
}

/** What the clerks of a branch own of the dormant and of the lost, first to last: loads and tiers differ, as they do in life. */
const SHARES = { dormant: [5, 3, 1], lost: [1, 3, 5] } as const;

/**
 * The demo chain with members dealt unevenly: whoever came last inherits the lost ones, who hardly ever answer. Where all clerks have
 * the same tiers and loads there is nothing for a fair score to be fair about.
 */
function unevenly(demo: DemoChain, seed: number): DemoChain {
  const clerksOf = groupBy(
    demo.staff.filter(({ role }) => role === 'clerk'),
    ({ branchId }) => branchId,
  );
  const members = demo.members.map((member) => {
    const clerks = clerksOf[member.homeBranchId ?? ''] ?? [];
    const shares = member.lifecycle === 'lost' ? SHARES.lost : SHARES.dormant;
    const owner = diceFor(seed, 'owner', member._id).weighted(
      clerks.map(({ _id }, at) => [_id, shares[at] ?? 1] as const),
    );
    return { ...member, ownerClerkId: owner };
  });
  return { ...demo, members };
}

/** Plays one seed's chain through the real functions, comparing the boards with a rebuild after every day. */
async function play(root: string, seed: number, members: number, days: number, say: (line: string) => void) {
  const here = await ownCloud(
    startOf(TODAY, 9),
    (into) => buildFunctions(path.join(root, 'cloudfunctions'), { into, names: FUNCTIONS }),
    { timers: true, isFlushed: false, environment: { HUITOU_WEBHOOK_SECRET: SECRET } },
  );
  try {
    const demo = unevenly(generateChain(seed, TODAY, members), seed);
    await loadDemo(openChainDatabase(here.cloud.sdkEnvironment(), here.cloud.env), demo);
    const [world, cast] = [worldOn(here.cloud, SECRET), castOf(demo.staff, demo.members)];
    let unequalDays = 0;
    const onDay = async (played: number) => {
      const { kept, rebuilt } = await keptAndRebuilt(world.now());
      if (!isEqual(kept, rebuilt)) unequalDays += 1;
      say(`seed ${seed}: day ${played} of ${days}`);
    };
    const played = await simulate(world, cast, { days, seed, holdout: HOLDOUT, onDay });
    return { seed, unequalDays, ...(await compare(played, world, cast.hqOpenid)) } satisfies Compared;
  } finally {
    await here.end();
  }
}

function* figuresOf({ seed, trueLift, interval, isCovered }: Compared): Generator<Measurement> {
  const points = (share: number) => rounded(share * 100);
  const of = (name: string, value: number, unit: string) => ({
    bench: 'truth',
    case: `seed ${seed}: ${name}`,
    value,
    unit,
  });
  yield of('true lift', points(trueLift), 'points');
  if (interval) {
    yield of('lift as the report says', points(interval.value), 'points');
    yield of('lower end of its interval', points(interval.low), 'points');
    yield of('upper end of its interval', points(interval.high), 'points');
  }
  yield of('the interval holds the true lift', Number(isCovered), 'yes = 1');
}

/**
 * The product's own numbers against what truly happened: campaigns played day by day through the real functions, the tape of all
 * purchases written beside them. `TRUTH_SEEDS=3 TRUTH_MEMBERS=800 TRUTH_DAYS=14` is what it does by itself; the true lift
 * is of these very members, with and without having been asked, which the dice of the seed both know.
 */
export const truth: Bench = async function* (root, say) {
  const [seeds, members, days] = [
    whole('TRUTH_SEEDS', 3),
    whole('TRUTH_MEMBERS', 800),
    whole('TRUTH_DAYS', 14),
  ];
  const all: Compared[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const one = await play(root, seed, members, days, say);
    all.push(one);
    yield* figuresOf(one);
  }
  const figure = (name: string, value: number, unit: string, goal?: string): Measurement => ({
    bench: 'truth',
    case: name,
    value: rounded(value),
    unit,
    ...(goal === undefined ? {} : { goal }),
  });
  const mean = (of: (one: Compared) => number) => sumBy(all, of) / all.length;
  const [fair, count, rate] = [mean((one) => one.fair), mean((one) => one.count), mean((one) => one.rate)];
  const covered = all.filter(({ isCovered }) => isCovered).length;
  yield figure('intervals that hold the true lift', covered, `of ${all.length}`, `${all.length}`);
  yield figure('rank correlation with true skill: fair score', fair, '', 'above both below');
  yield figure('rank correlation with true skill: raw count', count, '');
  yield figure('rank correlation with true skill: raw rate', rate, '');
  yield figure('whole refunds', sumBy(all, 'refunds'), 'purchases');
  yield figure(
    'wakes that no kept purchase made, or the other way round',
    sumBy(all, 'wrongWakes'),
    'tasks',
    '0',
  );
  yield figure('days whose boards differ from a rebuild', sumBy(all, 'unequalDays'), 'days', '0');
};
