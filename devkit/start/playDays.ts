import type { MemberDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
import type { LocalCloud } from '../cloud/index';
import { progressOn } from '../demo/import/progress';
import { castOf, worldOn } from '../demo/simulate/onCloud';
import { simulate } from '../demo/simulate/days';
import type { Simulated, SimulateOptions } from '../demo/simulate/days';
import type { ChainDatabase } from './chainDatabase';

const PAGE = 1000;
/** Two in ten instead of one: a chain this small tells a lift only with that many held out. */
const HOLDOUT = 0.2;

/** A chain that stands in a running cloud. */
export interface StandingChain {
  cloud: LocalCloud;
  db: ChainDatabase;
  secret: string;
}

/** Everybody of a collection, by id. */
async function allOf<T extends { _id: string }>(db: ChainDatabase, collection: string): Promise<T[]> {
  const found: T[] = [];
  for (let after = ''; ; after = found.at(-1)?._id ?? '') {
    const page = await db.pageBehind<T>(collection, after, PAGE);
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}

/** Plays so many days of the chain that stands, from its own today or tomorrow. The clock runs on from there, also when it failed. */
export async function playDays(
  { cloud, db, secret }: StandingChain,
  options: Pick<SimulateOptions, 'days' | 'seed' | 'onDay' | 'tally'>,
): Promise<Simulated> {
  const [staff, members] = await Promise.all([allOf<StaffDoc>(db, 'staff'), allOf<MemberDoc>(db, 'members')]);
  try {
    return await simulate(worldOn(cloud, secret), castOf(staff, members), { ...options, holdout: HOLDOUT });
  } finally {
    // It stood still for the play; the desk's day goes on.
    await cloud.clock.moveTo(cloud.clock.now());
  }
}

/** `npm start -- --simulate 28`: the same with a bar that shows how far it is. */
export async function playDaysWithBar(chain: StandingChain, days: number, seed: number): Promise<Simulated> {
  const bar = progressOn(process.stderr, '演练日子', '天');
  bar.show(0, days);
  try {
    return await playDays(chain, { days, seed, onDay: (played) => bar.show(played, days) });
  } finally {
    bar.end();
  }
}
