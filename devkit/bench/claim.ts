import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { chunk, sortBy } from 'lodash-es';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import type { PotDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import type { GiftOpened } from '../../miniprogram/contract/gifts';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { stableHash } from '../../miniprogram/domain/kernel/stableHash';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { shardsOf } from '../../miniprogram/domain/offers/stock';
import { buildFunctions } from '../build/functions';
import { startLocalCloud } from '../cloud/index';
import type { LocalCloud } from '../cloud/index';
import { hotCampaign } from './claim/people';
import type { Bench, Measurement } from './measurement';
import { rounded } from './measurement';

const TODAY = day('2026-03-18');
const IN_FLIGHT = 32;
/** The functions and the bare SDK take turns, so that a busy minute of the machine hits both. */
const TURN = 1000;

interface Tap {
  memberId: string;
  link: string;
}
interface Answered extends Tap {
  ms: number;
  calls: number;
  outcome: Outcome<GiftOpened>;
}

/** Runs all, at most 32 at a time, and tells how long it took. */
async function lanes<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<{ ms: number; answers: R[] }> {
  const begun = performance.now();
  const answers: R[] = [];
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) answers.push(await work(item));
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return { ms: performance.now() - begun, answers };
}

const percentile = (values: readonly number[], share: number): number =>
  sortBy(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

async function tap(cloud: LocalCloud, one: Tap): Promise<Answered> {
  const begun = performance.now();
  const event = { action: 'gift.claim', ask: { link: one.link }, requestKey: randomUUID() };
  const { result, databaseCalls } = await cloud.invoke('gifts', event, { openid: `wx-${one.memberId}` });
  const ms = performance.now() - begun;
  return { ...one, ms, calls: databaseCalls, outcome: result as Outcome<GiftOpened> };
}

const barePots = (shards: readonly number[], name: string) =>
  shards.map((left, shard) => ({ _id: `${name}:${shard}`, left, takes: {} }));

/** The same number of calls of the same kinds, in the same order, by the SDK alone. */
async function bareTurn(cloud: LocalCloud, answered: readonly Answered[], shards: number): Promise<number> {
  const { ms } = await lanes(answered, ({ memberId, link, calls }) =>
    cloud.invoke('bareclaim', {
      calls,
      openid: `wx-${memberId}`,
      link,
      key: randomUUID().replace(/-/g, ''),
      pot: `bare:${stableHash(memberId) % shards}`,
    }),
  );
  return ms;
}

/** Pieces a second from pots of a name, the piece alone. */
async function piecesASecond(
  cloud: LocalCloud,
  name: string,
  shards: number,
  pieces: number,
): Promise<number> {
  const keys = Array.from({ length: pieces }, () => randomUUID().replace(/-/g, ''));
  const { ms } = await lanes(keys, (key) =>
    cloud.invoke('bareclaim', { calls: 'take', key, pot: `${name}:${stableHash(key) % shards}` }),
  );
  return (pieces / ms) * 1000;
}

async function* measured(
  cloud: LocalCloud,
  members: number,
  stock: number,
  say: (line: string) => void,
): AsyncGenerator<Measurement> {
  const hot = hotCampaign(members, stock, TODAY);
  // What a warm function remembers of the chain has to be there: a missing document is looked for each time.
  await table('chain').addNew({ _id: 'chain', name: '连锁', rules: rulesOf('retail', 1), aovCut: null });
  await table('branches').addNew({ _id: 'B1', name: '东湖店', address: '', active: true });
  await table('staff').addNew({
    _id: 'c1',
    openid: 'wx-c1',
    name: '导购',
    role: 'clerk',
    branchId: 'B1',
    active: true,
  });
  await table('campaigns').addNew(hot.campaign);
  for (const some of chunk(hot.members, 500)) await table('members').addAll(some);
  for (const some of chunk(hot.tasks, 500)) await table('tasks').addAll(some);
  const shards = shardsOf(stock);
  for (const name of ['bare', 'sharded']) {
    await table('barePots' as never).addAll(
      barePots(
        shards.map(() => 1_000_000),
        name,
      ) as never[],
    );
  }
  await table('barePots' as never).addAll(barePots([1_000_000], 'single') as never[]);
  say(`${members} members are in, ${stock} packs`);

  const twice = hot.tasks.flatMap(({ memberId, link }) => [
    { memberId, link, at: stableHash(`1${memberId}`) },
    { memberId, link, at: stableHash(`2${memberId}`) },
  ]);
  const taps = sortBy(twice, 'at');
  // The first calls load the functions; that is the bench `coldstart`.
  await lanes(taps.slice(0, 8), ({ memberId, link }) =>
    cloud.invoke('gifts', { action: 'gift.open', ask: { link } }, { openid: `wx-${memberId}` }),
  );
  await bareTurn(cloud, [{ ...(taps[0] as Tap), ms: 0, calls: 1, outcome: null as never }], shards.length);

  let [ours, bare] = [0, 0];
  const all: Answered[] = [];
  for (const turn of chunk(taps, TURN)) {
    const { ms, answers } = await lanes(turn, (one) => tap(cloud, one));
    ours += ms;
    all.push(...answers);
    bare += await bareTurn(cloud, answers, shards.length);
    say(`${all.length} of ${taps.length} taps`);
  }
  const refused = all.filter(({ outcome }) => !outcome.ok);
  const coupons = await table('coupons').all({ campaignId: 'hot' }, 1000, ['memberId']);
  const pots = (await table('stock').all({}, 1000)) as PotDoc[];
  const first = all.filter(
    ({ calls, outcome }) => outcome.ok && outcome.reply.face === 'claimed' && calls > 3,
  );
  const figure = (
    name: string,
    value: number,
    unit: string,
    more: Partial<Measurement> = {},
  ): Measurement => ({
    bench: 'claim',
    case: name,
    value: rounded(value),
    unit,
    ...more,
  });
  const goal = (is: number) => ({ goal: `${is}` });
  yield figure('attempts a second at 32 in flight', (all.length / ours) * 1000, '1/s', {
    ratio: rounded(ours / bare),
    against: 'the SDK alone making the same calls (time)',
    goal: 'ratio ≤ 1.25',
  });
  yield figure('packs given out a second', (coupons.length / ours) * 1000, '1/s');
  yield figure(
    'p50 of an attempt',
    percentile(
      all.map(({ ms }) => ms),
      0.5,
    ),
    'ms',
  );
  yield figure(
    'p99 of an attempt',
    percentile(
      all.map(({ ms }) => ms),
      0.99,
    ),
    'ms',
  );
  yield figure('refused with a code', refused.length, 'attempts', goal(0));
  yield figure('packs given out', coupons.length, 'packs', goal(stock));
  yield figure('sold over', Math.max(0, coupons.length - stock), 'packs', goal(0));
  yield figure(
    'members with two',
    coupons.length - new Set(coupons.map(({ memberId }) => memberId)).size,
    'members',
    goal(0),
  );
  yield figure(
    'pieces left',
    pots.reduce((sum, { left }) => sum + left, 0),
    'pieces',
    goal(stock - coupons.length),
  );
  yield figure(
    'database calls of a claim beside the scope, median',
    percentile(
      first.map(({ calls }) => calls - 1),
      0.5,
    ),
    'calls',
    {
      goal: '≤ 3',
    },
  );
  const pieces = Math.max(500, Math.floor(members / 2));
  const single = await piecesASecond(cloud, 'single', 1, pieces);
  const sharded = await piecesASecond(cloud, 'sharded', shards.length, pieces);
  yield figure(`pieces a second from ${shards.length} shards`, sharded, '1/s', {
    ratio: rounded(sharded / single),
    against: `one hot counter with ${pieces} takings on it`,
    goal: 'ratio ≥ 2 where the store is the limit',
  });
}

/**
 * A hot pack: 4,000 members tap twice each on 3,000 packs, 32 at a time, as phones of a local cloud.
 * `CLAIM_MEMBERS=400` measures with fewer, three packs for four of them.
 */
export const claim: Bench = async function* (root, say) {
  const members = Number(process.env['CLAIM_MEMBERS'] ?? 4000);
  if (!Number.isInteger(members) || members < 100) throw new Error('CLAIM_MEMBERS 应为不小于 100 的整数。');
  const folder = await mkdtemp(path.join(tmpdir(), 'huitou-claim-'));
  const functionsDir = path.join(folder, 'functions');
  await buildFunctions(path.join(root, 'cloudfunctions'), { into: functionsDir, names: ['gifts'] });
  await buildFunctions(path.join(root, 'devkit/bench/claim/functions'), { into: functionsDir });
  const cloud = await startLocalCloud({
    dataDir: path.join(folder, 'data'),
    functionsDir,
    collections: [...COLLECTIONS, 'barePots', 'bareCoupons'],
    indexes: [
      ...INDEXES.map((index) => ({ ...index })),
      { collection: 'bareCoupons', name: 'code', keys: [['code', 1]], unique: true },
      { collection: 'bareCoupons', name: 'secretWord', keys: [['secretWord', 1]], unique: true },
      { collection: 'bareCoupons', name: 'owes', keys: [['owes', 1]] },
      { collection: 'bareCoupons', name: 'memberId', keys: [['memberId', 1]] },
    ],
    startAt: startOf(TODAY, 10),
    timers: false,
  });
  try {
    Object.assign(process.env, cloud.sdkEnvironment());
    yield* measured(cloud, members, Math.floor((members * 3) / 4), say);
  } finally {
    await cloud.close();
    await rm(folder, { recursive: true, force: true });
  }
};
