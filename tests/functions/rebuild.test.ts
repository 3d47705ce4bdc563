import { table } from '../../cloudfunctions/common/store/table';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { crowd, everybody, expectPlacedFromScratch } from './crowd';
import { killedAt } from './killing';
import { seedStaff } from './people';
import { rebuilding } from './rebuilding';

jest.setTimeout(240_000);
const MEMBERS = 1_020;
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'pulse']);
  await seedStaff(chain);
  await chain.add('members', crowd(MEMBERS, 2));
});
afterAll(() => chain.stop());

const { settings, save, step, lane, pulse, leasesOver, runOf, expectRebuilt } = rebuilding(() => chain);

it('is split into parts that hold everybody once', async () => {
  const { rulesVersion, parts } = await save();
  expect(parts.map(({ total }) => total)).toEqual([510, 510]);
  const stored = (await table('jobs').page({ where: { job: `rebuild:${rulesVersion}` }, limit: 20 })).sort(
    (a, b) => a.part - b.part,
  );
  expect(stored.map(({ from, to }) => [from, to])).toEqual([
    ['', 'M00509'],
    ['M00509', null],
  ]);
  await lane();
});

it('is worked by two callers side by side, each in a part of its own', async () => {
  const before = await everybody();
  const { rulesVersion } = await save();
  const [one, two] = await Promise.all([lane(), lane()]);
  expect(one).toEqual(two);
  expect(one).toMatchObject({ rulesVersion, done: MEMBERS, total: MEMBERS, finished: true });
  await expectRebuilt(before, rulesVersion);
  const parts = await table('jobs').page({ where: { job: `rebuild:${rulesVersion}` }, limit: 20 });
  expect(new Set(parts.map(({ leaseKey }) => leaseKey)).size).toBe(2);
});

it('is gone on with by the pulse when nobody else does', async () => {
  const before = await everybody();
  const { rulesVersion } = await save();
  await pulse();
  await expectRebuilt(before, rulesVersion);
  expect(await step()).toMatchObject({
    finished: true,
    done: MEMBERS,
    changed: (await runOf(rulesVersion)).changed,
  });
});

it('says by which rules each member stands while it goes on', async () => {
  const { rulesVersion } = await save();
  const overview = replyOf(await chain.call('wx-hq', 'members', 'tier.overview', {}));
  expect(overview.rebuild).toMatchObject({ rulesVersion, done: 0, finished: false });
  expect(replyOf(await chain.call('wx-hq', 'members', 'jobs.list', {})).rebuild).toEqual(overview.rebuild);
  // Half-way: the second part's worker has died, and the first part goes on.
  const part = table('jobs').changeIf(
    { _id: `rebuild:${rulesVersion}:1` },
    { leaseUntil: chain.now() + 60_000, leaseKey: 'somebody else' },
  );
  expect(await part).toBe(true);
  expect(await step()).toMatchObject({ done: 510, finished: false });
  const { rules: current, aovCut } = await settings();
  const versions = await table('rules').all({}, 1000);
  const cuts = await table('cuts').all({}, 1000);
  const before = versions.find(({ rules }) => rules.version === rulesVersion - 1);
  const earlierCut = cuts.at(-2)?.cut ?? null;
  for (const { _id, facts, placement } of await everybody()) {
    const isNew = _id <= 'M00509';
    expect(placement.rulesVersion).toBe(isNew ? rulesVersion : rulesVersion - 1);
    const rules = isNew ? current : (before?.rules ?? current);
    expect(placement).toEqual(placeMember(facts, rules, isNew ? aovCut : earlierCut, TODAY));
  }
  await leasesOver();
  await lane();
  await expectPlacedFromScratch(TODAY);
});

it('is worked on by others when one of two callers is killed', async () => {
  const before = await everybody();
  const { rulesVersion } = await save();
  expect(await killedAt(chain, 'members', 30, 'dropReply', () => Promise.all([step(), step()]))).toBe(true);
  await leasesOver();
  await Promise.all([lane(), pulse()]);
  await expectRebuilt(before, rulesVersion);
});

it('ends where the newest rules put everybody when rules are saved during a rebuild', async () => {
  await save();
  const first = lane();
  const { rulesVersion } = await save();
  await Promise.all([first, lane()]);
  await lane();
  await expectPlacedFromScratch(TODAY);
  expect((await settings()).rules.version).toBe(rulesVersion);
  expect((await table('jobs').all({}, 100)).every(({ job }) => job === `rebuild:${rulesVersion}`)).toBe(true);
});

it('finds a member whom a writer with older rules placed after the rebuild had gone by', async () => {
  const { rulesVersion } = await save();
  await lane();
  await table('members').changeIf(
    { _id: 'M00007' },
    { lifecycle: 'lost', 'placement.lifecycle': 'lost', 'placement.rulesVersion': rulesVersion - 1 },
  );
  await pulse();
  await expectPlacedFromScratch(TODAY);
});

it('never goes back in its progress while an import settles', async () => {
  await table('members').changeAll({ homeBranchId: 'B2' }, { waiting: 1 });
  await table('chain').changeIf({ _id: 'chain' }, { recut: { on: TODAY, placedSince: 100_000 } });
  const seen: number[] = [];
  for (;;) {
    const { done, total, finished } = replyOf(await chain.call('wx-hq', 'members', 'import.settle', {}));
    expect(total).toBe(MEMBERS);
    seen.push(done);
    if (finished) break;
  }
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(MEMBERS);
});
