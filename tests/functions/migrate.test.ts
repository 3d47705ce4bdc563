import { migrate, migrationJob } from '../../cloudfunctions/common/migrations/migrate';
import { step } from '../../cloudfunctions/common/migrations/step';
import { MIGRATIONS } from '../../cloudfunctions/common/migrations/steps';
import { table } from '../../cloudfunctions/common/store/table';
import { TEN_O_CLOCK, startChain } from './chain';
import type { Chain } from './chain';
import { aMember } from './people';

jest.setTimeout(60_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain([]);
  await chain.add(
    'members',
    Array.from({ length: 450 }, (_, i) => ({ ...aMember(`M${String(i).padStart(4, '0')}`), name: ' 王 ' })),
  );
});
afterAll(() => chain.stop());

const trim = step<'members'>({
  number: 1,
  name: 'names without blanks',
  way: 'widen',
  collection: 'members',
  fields: ['name'],
  change: ({ name }) => (name.trim() === name ? null : { name: name.trim() }),
});
const seen: string[] = [];
const look = step<'members'>({
  number: 2,
  name: 'looks only',
  way: 'narrow',
  completes: 1,
  collection: 'members',
  change({ _id, name }) {
    seen.push(`${_id}${name}`);
    return null;
  },
});

/** Time for so many pages. */
const pages = (many: number) => {
  let left = many + 1;
  return () => --left < 0;
};
const trimmed = () => table('members').count({ name: '王' });

describe('data migrations', () => {
  it('are numbered 1, 2, 3 …, and a narrowing one names an earlier widening one', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
    for (const one of MIGRATIONS)
      if (one.way === 'narrow') expect(MIGRATIONS[one.completes - 1]?.way).toBe('widen');
  });

  it('stop when the time is up and go on from there, never beginning the next step before', async () => {
    expect(await migrate(TEN_O_CLOCK, pages(0), [trim, look])).toBe(1);
    expect(await trimmed()).toBe(200);
    // The lease of the one that was cut off runs out first.
    expect(await migrate(TEN_O_CLOCK, pages(9), [trim, look])).toBe(1);
    expect(seen).toEqual([]);
    const later = Date.now() + 120_000;
    expect(await migrate(later, pages(9), [trim, look])).toBeNull();
    expect(await trimmed()).toBe(450);
    expect(seen).toHaveLength(450);
    expect(new Set(seen).size).toBe(450);
    const job = await table('jobs').find(`${migrationJob(trim)}:0`);
    expect(job).toMatchObject({ done: 450, changed: 450 });
  });

  it('are not done again', async () => {
    seen.length = 0;
    expect(await migrate(Date.now(), () => false, [trim, look])).toBeNull();
    expect(seen).toEqual([]);
  });
});
