import { table } from '../../cloudfunctions/common/store/table';
import type { ChainDoc, MemberDoc, RunDoc } from '../../cloudfunctions/common/store/documents';
import { addDays, dayOf, day, startOf } from '../../miniprogram/domain/kernel/day';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { killedAt } from './killing';
import { aMember, anOrder, seedStaff } from './people';

jest.setTimeout(120_000);
/** One write in some is tried in the suite; `EVERY_NTH_WRITE=1` tries all. */
const EVERY_NTH_WRITE = Number(process.env['EVERY_NTH_WRITE'] ?? 8);
let chain: Chain;
const members: MemberDoc[] = [];
beforeAll(async () => {
  chain = await startChain(['nightly', 'pulse']);
  await seedStaff(chain);
  // Last purchases spread over a year and a half: some turn drowsy, dormant or lost every day.
  for (let i = 0; i < 500; i++) {
    const id = `M${String(i).padStart(3, '0')}`;
    members.push(
      aMember(id, [
        anOrder(id, id, addDays(TODAY, -i), 9_900),
        anOrder(`${id}b`, id, addDays(TODAY, -i - 9), 5_000),
      ]),
    );
  }
  await chain.add('members', members);
  await cutComputed(0, dayOf(chain.now()));
});
afterAll(() => chain.stop());
afterEach(() => chain.cloud.faults.clear());

interface Night {
  read: number;
  changed: number;
  left: number;
  isResumed: boolean;
}
const night = async () =>
  (
    (await chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' })).result as {
      night: Night | null;
    }
  ).night;
const pulse = () => chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
const settings = async () => (await table('chain').find('chain')) as ChainDoc;
/** Says that the cut-off was computed so many days before a day, and that nobody had bought. */
const cutComputed = (age: number, today: ReturnType<typeof dayOf>) =>
  table('chain').changeAll({}, { aovCut: null, recut: { on: addDays(today, -age), placedSince: 0 } });
/** Goes to four in the morning so many days later, the cut-off being fresh. */
async function sleep(days: number) {
  const on = addDays(dayOf(chain.now()), days);
  await chain.cloud.clock.moveTo(startOf(on, 4));
  await cutComputed(0, on);
  return on;
}
const due = () => table('members').count({ tierChangesOn: { $lte: dayOf(chain.now()) } });
async function runs(): Promise<RunDoc[]> {
  return (await table('runs').all({ job: 'nightly' }, 1000)).sort((a, b) => a.at - b.at);
}

async function expectPlacedAsOn(today: ReturnType<typeof dayOf>): Promise<void> {
  const { rules, aovCut } = await settings();
  for (const { facts, placement, lifecycle, value, quiet, tierChangesOn } of await table('members').all(
    {},
    1000,
  )) {
    const wanted = placeMember(facts, rules, aovCut, today);
    expect(placement).toEqual(wanted);
    expect({ lifecycle, value, quiet, tierChangesOn }).toEqual({
      lifecycle: wanted.lifecycle,
      value: wanted.value,
      quiet: wanted.quiet,
      tierChangesOn: wanted.changesOn ?? '9999-12-31',
    });
  }
}

it('finds nobody due on the day they were placed', async () => {
  expect(await night()).toEqual({ read: 0, changed: 0, left: 0, isResumed: false });
});

it('places everybody whom a single night moved, and reads nobody else', async () => {
  const tomorrow = await sleep(1);
  const moved = await due();
  expect(moved).toBeGreaterThan(2);
  expect(await night()).toEqual({ read: moved, changed: moved, left: 0, isResumed: false });
  await expectPlacedAsOn(tomorrow);
});

it('keeps a record of each night: how many were read, who moved, and how the chain stood then', async () => {
  const [first, second] = await runs();
  expect(first).toMatchObject({ job: 'nightly', on: TODAY, read: 0, changed: 0, moves: {}, left: 0 });
  expect(second).toMatchObject({ on: addDays(TODAY, 1), left: 0, cutRenewed: false });
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0);
  expect(sum(second?.moves ?? {})).toBe(second?.changed);
  expect(second?.moves).toMatchObject({ 'active>drowsy': 1, 'drowsy>dormant': 1, 'dormant>lost': 1 });
  expect(sum(second?.counts ?? {})).toBe(members.length);
  expect(second?.counts?.lost).toBe(await table('members').count({ lifecycle: 'lost' }));
});

it('catches up after forty missed nights in one, of which only one is at work', async () => {
  const later = await sleep(40);
  const moved = await due();
  const nights = await Promise.all([night(), night(), night()]);
  // One of the others may be so late that the first has ended: it finds nobody left.
  const worked = nights.filter((one) => one !== null && one.read > 0);
  expect(worked).toEqual([{ read: moved, changed: moved, left: 0, isResumed: false }]);
  await expectPlacedAsOn(later);
  expect(await night()).toEqual({ read: 0, changed: 0, left: 0, isResumed: false });
});

it.each([
  ['before a write', 'error'],
  ['after a write', 'dropReply'],
] as const)('goes on with a night killed %s, whichever, and counts everybody once', async (_, kind) => {
  for (let write = 1; ; write += EVERY_NTH_WRITE) {
    const later = await sleep(2);
    const moved = await due();
    const isKilled = await killedAt(chain, 'nightly', write, kind, night);
    // Whoever died holds the night for a minute.
    await chain.cloud.clock.moveTo(chain.now() + 61_000);
    await pulse();
    // Killed before it had taken the night, nobody knows that there was one.
    if (write === 1 && kind === 'error') await night();
    await expectPlacedAsOn(later);
    const tonight = (await runs()).filter(({ on }) => on === later);
    expect(tonight).toHaveLength(1);
    expect(tonight[0]).toMatchObject({ read: moved, changed: moved, left: 0 });
    if (isKilled) continue;
    expect(write).toBeGreaterThan(5);
    return;
  }
});

it('goes to tonight after it ended an earlier night that was left half-way', async () => {
  await sleep(2);
  expect(await killedAt(chain, 'nightly', 2, 'dropReply', night)).toBe(true);
  const later = await sleep(3);
  await night();
  await expectPlacedAsOn(later);
});

it('reads a year at once', async () => {
  const later = day('2026-10-30');
  await chain.cloud.clock.moveTo(startOf(later, 4));
  await cutComputed(0, later);
  const moved = await due();
  expect(await night()).toMatchObject({ read: moved, left: 0 });
  await expectPlacedAsOn(later);
});

it('computes the cut-off anew once a week, not before, and pulse places whom it moves', async () => {
  const now = dayOf(chain.now());
  await cutComputed(6, now);
  await night();
  expect((await settings()).aovCut).toBeNull();
  await cutComputed(7, now);
  await night();
  const renewed = await settings();
  // Ninety-nine and fifty yuan are an average of 74.50 for each of them.
  expect(renewed.aovCut).toEqual({ fen: 7_450, medianFen: 7_450, members: 500, computedOn: now });
  expect(renewed.rhythm).toMatchObject({ computedOn: now });
  expect((await runs()).at(-1)).toMatchObject({ cutRenewed: true });
  await pulse();
  expect((await settings()).pass?.finishedAt).not.toBeNull();
  await expectPlacedAsOn(now);
  const cuts = await table('cuts').all({}, 1000);
  expect(cuts.map(({ cut }) => cut.fen)).toEqual([7_450]);
});
