import type { MemberDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
import type { LocalCloud } from '../cloud/index';
import { progressOn } from '../demo/import/progress';
import { castOf, worldOn } from '../demo/simulate/onCloud';
import { simulate } from '../demo/simulate/days';
import type { Simulated } from '../demo/simulate/days';
import type { ChainDatabase } from './chainDatabase';

const PAGE = 1000;

/** Everybody of a collection, by id. */
async function allOf<T extends { _id: string }>(db: ChainDatabase, collection: string): Promise<T[]> {
  const found: T[] = [];
  for (let after = ''; ; after = found.at(-1)?._id ?? '') {
    const page = await db.pageBehind<T>(collection, after, PAGE);
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}

/**
 * `npm start -- --simulate 28`: plays so many days of the chain that stands, on first or on existing data, with a bar that
 * shows how far it is. The clock runs on from there.
 */
export async function playDays(
  chain: { cloud: LocalCloud; db: ChainDatabase; secret: string },
  days: number,
  seed: number,
): Promise<Simulated> {
  const { cloud, db, secret } = chain;
  const [staff, members] = await Promise.all([allOf<StaffDoc>(db, 'staff'), allOf<MemberDoc>(db, 'members')]);
  const bar = progressOn(process.stderr, '演练日子', '天');
  bar.show(0, days);
  try {
    const onDay = (played: number) => bar.show(played, days);
    return await simulate(worldOn(cloud, secret), castOf(staff, members), { days, seed, onDay });
  } finally {
    bar.end();
    // It stood still for the play; the desk's day goes on.
    await cloud.clock.moveTo(cloud.clock.now());
  }
}
