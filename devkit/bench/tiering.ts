import { aovCutOf } from '../../miniprogram/domain/membership/aov';
import { placeAll } from '../../miniprogram/domain/membership/bulk/placeAll';
import { aovsOf } from '../../miniprogram/domain/membership/bulk/rhythms';
import { statistics } from '../../miniprogram/domain/membership/bulk/statistics';
import type { MemberColumns } from '../../miniprogram/domain/membership/bulk/statistics';
import { placeWith, prepare } from '../../miniprogram/domain/membership/place';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import type { TierRules } from '../../miniprogram/domain/membership/types';
import { rounded } from './measurement';
import type { Bench, Measurement } from './measurement';
import { rebuild } from './rebuild';
import { factsFrom } from './tiering/facts';
import { interned, objectPass, typedArrayPass } from './tiering/passes';
import { rawOrders, TODAY } from './tiering/shop';
import type { RawOrders } from './tiering/shop';

const MEMBERS = 1_000_000;
const ORDERS = 5_000_000;
const SEED = 4;
/** Members as objects take memory; as many as this are placed one by one, a part of the same chain. */
const ONE_BY_ONE = 200_000;
const ROUNDS = 5;

const RULES = rulesOf('retail', 1);
const BY_SPEND: TierRules = { ...RULES, value: { by: 'annualSpend', highFen: 200_000, midFen: 100_000 } };

/** Milliseconds this process has worked so far: on a busy machine the clock on the wall would measure the others. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Things measured beside each other: one round of all, then the next, so that a busy minute hits them alike. */
function bestOf<K extends string>(
  rounds: number,
  tasks: Readonly<Record<K, () => unknown>>,
): Record<K, number> {
  const names = Object.keys(tasks) as K[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<K, number>;
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const begun = worked();
      tasks[name]();
      best[name] = Math.min(best[name], worked() - begun);
    }
  return best;
}

const perSecond = (count: number, ms: number): number => Math.round((count / ms) * 1000);

/** (a) The core placing members from their statistics, in columns and one by one. */
function* placing(columns: MemberColumns): Generator<Measurement> {
  const cut = aovCutOf(aovsOf(columns), 0.2, TODAY);
  const facts = factsFrom(columns, ONE_BY_ONE);
  const best = bestOf(ROUNDS, {
    frequency: () => placeAll(columns, RULES, cut, TODAY),
    spend: () => placeAll(columns, BY_SPEND, null, TODAY),
    oneByOne: () => {
      const by = prepare(RULES, cut, TODAY);
      for (const one of facts) placeWith(by, one);
    },
  });
  const figure = { bench: 'tiering', unit: 'members/s' };
  const goal = '≥ 2,000,000';
  yield { ...figure, case: 'place all, by frequency', value: perSecond(MEMBERS, best.frequency), goal };
  yield { ...figure, case: 'place all, by annual spend', value: perSecond(MEMBERS, best.spend), goal };
  yield { ...figure, case: 'place one by one (placeWith)', value: perSecond(facts.length, best.oneByOne) };
}

/** (b) Statistics from raw orders, beside the same by hand, with members as numbers and as texts. */
function* reading({ columns, memberNos }: RawOrders): Generator<Measurement> {
  const whole = bestOf(ROUNDS, {
    core: () => statistics(columns),
    byHand: () => typedArrayPass(columns),
  });
  const figure = { bench: 'tiering', unit: 'ms', goal: 'ratio ≤ 1.5' };
  yield {
    ...figure,
    case: `statistics of ${ORDERS} orders, members as numbers`,
    value: Math.round(whole.core),
    ratio: rounded(whole.core / whole.byHand),
    against: `a typed-array pass by hand: ${Math.round(whole.byHand)} ms`,
  };
  const fromText = bestOf(2, {
    core: () => statistics({ ...columns, ...interned(memberNos) }),
    byHand: () => typedArrayPass({ ...columns, ...interned(memberNos) }),
  });
  yield {
    ...figure,
    case: `statistics of ${ORDERS} orders, member numbers as text`,
    value: Math.round(fromText.core),
    ratio: rounded(fromText.core / fromText.byHand),
    against: `the same by hand: ${Math.round(fromText.byHand)} ms`,
  };
  const scale = bestOf(1, { objects: () => objectPass(columns, memberNos) });
  yield {
    bench: 'tiering',
    case: 'for scale: an object per member under her number',
    value: Math.round(scale.objects),
    unit: 'ms',
    ratio: rounded(scale.objects / fromText.core),
    against: 'statistics, member numbers as text',
  };
}

/**
 * Placing a chain of a million members and five million orders, the same at every run: from statistics, and the
 * statistics from raw orders. Processor time, best of several rounds, each beside what it is held against. Then a rebuild
 * and a night through the SDK.
 */
export const tiering: Bench = async function* (root, say) {
  say(`generating ${MEMBERS} members, ${ORDERS} orders, seed ${SEED}`);
  const raw = rawOrders(MEMBERS, ORDERS, SEED);
  yield* placing(statistics(raw.columns));
  say('reading raw orders');
  yield* reading(raw);
  yield* rebuild(root, say);
};
