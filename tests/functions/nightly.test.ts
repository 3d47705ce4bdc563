import { table } from '../../cloudfunctions/common/store/table';
import type { MemberDoc } from '../../cloudfunctions/common/store/documents';
import { addDays, dayOf, day, startOf } from '../../miniprogram/domain/kernel/day';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, anOrder, CHAIN, seedStaff } from './people';

jest.setTimeout(60_000);
let chain: Chain;
const orders: MemberDoc[] = [];
beforeAll(async () => {
  chain = await startChain(['nightly']);
  await seedStaff(chain);
  // Last purchases spread over a year and a half: some turn drowsy, dormant or lost every day.
  for (let i = 0; i < 500; i++) {
    const id = `M${String(i).padStart(3, '0')}`;
    orders.push(
      aMember(id, [
        anOrder(id, id, addDays(TODAY, -i), 9_900),
        anOrder(`${id}b`, id, addDays(TODAY, -i - 9), 5_000),
      ]),
    );
  }
  await chain.add('members', orders);
});
afterAll(() => chain.stop());

const night = async () =>
  (await chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' })).result as {
    read: number;
    changed: number;
    left: number;
  };
async function expectPlacedAsOn(today: ReturnType<typeof dayOf>): Promise<void> {
  const members = await table('members').all({}, 1000);
  for (const { facts, placement, lifecycle, value, quiet, tierChangesOn } of members) {
    const wanted = placeMember(facts, CHAIN.rules, null, today);
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
  expect(await night()).toEqual({ read: 0, changed: 0, left: 0 });
});

it('places everybody whom a single night moved, and reads nobody else', async () => {
  const tomorrow = addDays(TODAY, 1);
  await chain.cloud.clock.moveTo(startOf(tomorrow, 4));
  const due = await table('members').count({ tierChangesOn: tomorrow });
  expect(due).toBeGreaterThan(2);
  expect(await night()).toEqual({ read: due, changed: due, left: 0 });
  await expectPlacedAsOn(tomorrow);
});

it('keeps a record of each night: how many were read, and who moved from where to where', async () => {
  const runs = (await table('runs').all({}, 1000)).sort((a, b) => a.at - b.at);
  const [first, second] = runs;
  expect(first).toMatchObject({ job: 'nightly', on: TODAY, read: 0, changed: 0, moves: {}, left: 0 });
  expect(second).toMatchObject({ on: addDays(TODAY, 1), left: 0, cutRenewed: false });
  const moved = Object.values(second?.moves ?? {}).reduce((sum, members) => sum + members, 0);
  expect(moved).toBe(second?.changed);
  expect(second?.moves).toMatchObject({ 'active>drowsy': 1, 'drowsy>dormant': 1, 'dormant>lost': 1 });
});

it('catches up after forty missed nights, also when two nights overlap', async () => {
  const later = addDays(TODAY, 41);
  await chain.cloud.clock.moveTo(startOf(later, 4));
  const runs = await Promise.all([night(), night()]);
  await night();
  expect(runs.some((run) => run.changed > 0)).toBe(true);
  await expectPlacedAsOn(later);
  expect(await night()).toEqual({ read: 0, changed: 0, left: 0 });
});

it('keeps its page when a night is as long as a year', async () => {
  const later = day('2026-06-30');
  await chain.cloud.clock.moveTo(startOf(later, 4));
  const run = await night();
  expect(run.read).toBeGreaterThan(200);
  expect(run.left).toBe(0);
  await expectPlacedAsOn(later);
  expect(dayOf(chain.now())).toBe(later);
});

it('computes the cut-off anew once a week, and not before', async () => {
  const now = dayOf(chain.now());
  const cut = (age: number) => ({ fen: 1, computedOn: addDays(now, -age), members: 1 });
  const settings = table('chain');
  await settings.changeAll({}, { aovCut: cut(6) });
  await night();
  expect((await settings.find('chain'))?.aovCut).toEqual(cut(6));
  await settings.changeAll({}, { aovCut: cut(7) });
  await night();
  expect((await settings.find('chain'))?.aovCut).toMatchObject({ computedOn: now, members: 500 });
});
