import { table } from '../../cloudfunctions/common/store/table';
import type { ChainDoc } from '../../cloudfunctions/common/store/documents';
import type { DraftRules, MovesPage, TierMove } from '../../miniprogram/contract/rules';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import type { AovCut } from '../../miniprogram/domain/membership/types';
import { explainPlacement } from '../../miniprogram/domain/membership/explain';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { crowd, everybody, expectPlacedFromScratch } from './crowd';
import { CHAIN, seedStaff } from './people';

jest.setTimeout(120_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'nightly']);
  await seedStaff(chain);
  await chain.add('members', crowd(1_300));
});
afterAll(() => chain.stop());

const settings = async () => (await table('chain').find('chain')) as ChainDoc;
const draft = (change: Partial<DraftRules> = {}): DraftRules => ({
  ...PRESETS.retail,
  preset: 'custom',
  ladder: [
    { stage: 'lost', months: 9 },
    { stage: 'dormant', months: 4 },
    { stage: 'drowsy', months: 2 },
  ],
  ...change,
});
const save = (rules: DraftRules, basedOn: number, key = newKey(), openid = 'wx-hq') =>
  chain.call(openid, 'members', 'rules.save', { rules, basedOn, note: '试一试' }, key);
async function rebuilt() {
  for (;;) {
    const progress = replyOf(await chain.call('wx-hq', 'members', 'rebuild.step', {}));
    if (progress.finished) return progress;
  }
}
type Preview = MovesPage & { aovCut: AovCut | null };
async function previewed(rules: DraftRules): Promise<Preview[]> {
  const pages: Preview[] = [];
  let after: string | null = null;
  do {
    // All pages go by the cut-off that came with the first.
    const [first] = pages;
    const ask = { rules, after, ...(first ? { aovCut: first.aovCut } : {}) };
    const page: Preview = replyOf(await chain.call('wx-hq', 'members', 'rules.preview', ask));
    pages.push(page);
    after = page.next;
  } while (after !== null);
  return pages;
}
const wordOf = ({ from, to }: TierMove) => `${from.lifecycle} ${from.value} > ${to.lifecycle} ${to.value}`;
function added(moves: readonly TierMove[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const move of moves) sum[wordOf(move)] = (sum[wordOf(move)] ?? 0) + move.members;
  return sum;
}

it('lists the rules the chain came with although nobody saved them', async () => {
  expect(replyOf(await chain.call('wx-hq', 'members', 'rules.list', {}))).toEqual({
    current: 1,
    versions: [{ rules: CHAIN.rules, savedAt: 0, savedBy: '', note: '' }],
  });
});

it('previews by pages and writes nothing', async () => {
  const before = await everybody();
  const pages = await previewed(draft());
  expect(pages.map(({ read, total }) => [read, total])).toEqual([
    [1000, 1300],
    [300, 1300],
  ]);
  // A fifth of those who bought are at the cut-off or above it.
  const bought = before.filter(({ facts }) => facts.aovFen !== null);
  const cut = pages[0]?.aovCut;
  expect(cut).toMatchObject({ members: bought.length, computedOn: TODAY });
  expect(bought.filter(({ facts }) => (facts.aovFen ?? 0) >= (cut?.fen ?? 0)).length).toBe(
    Math.floor(bought.length / 5),
  );
  expect(pages[1]?.aovCut).toEqual(cut);
  expect(await everybody()).toEqual(before);
  expect(await settings()).toEqual(CHAIN);
});

it('gives ten examples of different moves with the sentence of each side', async () => {
  const [page] = await previewed(draft());
  expect(page?.examples).toHaveLength(10);
  const kinds = new Set(page?.examples.map((one) => wordOf({ ...one, members: 1 })));
  expect(kinds.size).toBe(Math.min(10, page?.moves.length ?? 0));
  const members = new Map((await everybody()).map((member) => [member._id, member]));
  for (const example of page?.examples ?? []) {
    const member = members.get(example.memberId);
    if (!member) throw new Error(`${example.memberId} is nobody`);
    expect(example.before).toBe(explainPlacement(member.facts, member.placement, CHAIN.rules, null, TODAY));
    expect(example.after).not.toBe(example.before);
    expect(example).toMatchObject({ name: member.name, phoneTail: member.phoneTail });
  }
});

it.each([
  ['a ladder', draft()],
  ['another definition of value', draft({ value: { by: 'annualSpend', highFen: 60_000, midFen: 20_000 } })],
  ['a smaller top share', draft({ value: { by: 'frequency', orders: 2, months: 6, topShare: 0.05 } })],
])('what a preview says is what saving does: %s', async (_, rules) => {
  const before = await everybody();
  const pages = await previewed(rules);
  const version = (await settings()).rules.version;
  const begun = replyOf(await save(rules, version));
  expect(begun).toMatchObject({ rulesVersion: version + 1, done: 0, total: 1300, finished: false });
  const ended = await rebuilt();
  const after = new Map((await everybody()).map((member) => [member._id, member]));

  const moved = before.flatMap((member): TierMove[] => {
    const next = after.get(member._id)?.placement;
    const { lifecycle, value } = member.placement;
    if (!next || (next.lifecycle === lifecycle && next.value === value)) return [];
    return [{ from: { lifecycle, value }, to: { lifecycle: next.lifecycle, value: next.value }, members: 1 }];
  });
  expect(moved.length).toBeGreaterThan(50);
  expect(added(pages.flatMap(({ moves }) => moves))).toEqual(added(moved));
  expect(ended).toMatchObject({ done: 1300, total: 1300, changed: moved.length });
  expect((await settings()).aovCut).toEqual(pages[0]?.aovCut);
  await expectPlacedFromScratch(TODAY);
  expect(new Set([...after.values()].map(({ placement }) => placement.rulesVersion))).toEqual(
    new Set([version + 1]),
  );
});

it('refuses rules based on others than those in force, and says which those are', async () => {
  const { version } = (await settings()).rules;
  expect(refusalOf(await save(draft(), version - 1))).toBe('rules-stale');
  expect(await save(draft(), version - 1)).toMatchObject({ failure: { detail: String(version) } });
  expect((await settings()).rules.version).toBe(version);
});

it('lets one of two people win who save at once', async () => {
  const { version } = (await settings()).rules;
  const outcomes = await Promise.all([
    save(draft({ unpaidDays: 5 }), version),
    save(draft({ unpaidDays: 6 }), version),
  ]);
  expect(outcomes.map((one) => (one.ok ? 'saved' : one.failure.code)).sort()).toEqual([
    'rules-stale',
    'saved',
  ]);
  const { rules } = await settings();
  expect(rules).toMatchObject({ version: version + 1, unpaidDays: outcomes[0]?.ok ? 5 : 6 });
  await rebuilt();
});

it('answers a repeated save as the first time, also after others have saved since', async () => {
  const { version } = (await settings()).rules;
  const key = newKey();
  replyOf(await save(draft(), version, key));
  expect(replyOf(await save(draft(), version, key))).toMatchObject({ rulesVersion: version + 1 });
  expect((await settings()).rules.version).toBe(version + 1);
  replyOf(await save(draft({ unpaidDays: 9 }), version + 1));
  expect(replyOf(await save(draft(), version, key))).toMatchObject({ rulesVersion: version + 2 });
  expect((await settings()).rules.version).toBe(version + 2);
  await rebuilt();
});

it('keeps every version with who saved it, newest first', async () => {
  const { current, versions } = replyOf(await chain.call('wx-hq', 'members', 'rules.list', {}));
  expect(versions.map(({ rules }) => rules.version)).toEqual(
    Array.from({ length: current }, (_, i) => current - i),
  );
  expect(versions[0]).toMatchObject({ savedBy: '总部小陈', note: '试一试', rules: { unpaidDays: 9 } });
  expect(versions[0]?.savedAt).toBeGreaterThanOrEqual(TEN_O_CLOCK);
  expect(versions.at(-1)).toMatchObject({ rules: CHAIN.rules, savedAt: 0 });
});

it('refuses rules that make no sense with the sentence that says what to change', async () => {
  const { version } = (await settings()).rules;
  const wrong = draft({ unpaidDays: 31 });
  const words = { failure: { code: 'bad-ask', detail: '未付订单的有效天数要填 1 到 30 的整数。' } };
  expect(await save(wrong, version)).toMatchObject(words);
  const ask = { rules: wrong, after: null };
  expect(await chain.call('wx-hq', 'members', 'rules.preview', ask)).toMatchObject(words);
});

it.each([
  ['no rules', { basedOn: 1, note: '' }],
  ['a version of their own', { rules: { ...draft(), version: 9 }, basedOn: 1, note: '' }],
  ['text for a number', { rules: { ...draft(), unpaidDays: '7' }, basedOn: 1, note: '' }],
  ['infinity', { rules: { ...draft(), unpaidDays: 1e999 }, basedOn: 1, note: '' }],
  ['a value of no definition', { rules: { ...draft(), value: { by: 'mood' } }, basedOn: 1, note: '' }],
  ['a ladder that is none', { rules: { ...draft(), ladder: 'lost' }, basedOn: 1, note: '' }],
  ['a note without end', { rules: draft(), basedOn: 1, note: '长'.repeat(201) }],
])('refuses an ask with %s', async (_, ask) => {
  const { result } = await chain.send('wx-hq', 'members', {
    action: 'rules.save',
    ask,
    requestKey: newKey(),
  });
  expect(result).toMatchObject({ ok: false, failure: { code: 'bad-ask' } });
});

it.each([
  'rules.list',
  'rules.preview',
  'rules.save',
  'rebuild.step',
  'jobs.list',
  'tier.branches',
  'tier.trend',
])('lets nobody but HQ ask for %s', async (action) => {
  const asks: Record<string, unknown> = {
    'rules.preview': { rules: draft(), after: null },
    'rules.save': { rules: draft(), basedOn: 1, note: '' },
    'tier.trend': { days: 30 },
  };
  const event = { action, ask: asks[action] ?? {}, requestKey: newKey() };
  for (const [openid, code] of [
    ['wx-m1', 'not-allowed'],
    ['wx-c1', 'not-allowed'],
    ['wx-nobody', 'not-staff'],
  ]) {
    const { result } = await chain.send(openid, 'members', event);
    expect(result).toMatchObject({ ok: false, failure: { code } });
  }
});

it('shows what ran: the rebuilds, and nights with the chain as they left it', async () => {
  await chain.cloud.clock.moveTo(startOf(addDays(TODAY, 1), 4));
  await chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' });
  const jobs = replyOf(await chain.call('wx-hq', 'members', 'jobs.list', {}));
  expect(jobs).toMatchObject({ rebuild: null, waiting: 0, due: 0 });
  expect(jobs.runs[0]).toMatchObject({ job: 'nightly', on: addDays(TODAY, 1) });
  expect(jobs.runs.slice(1).map(({ job }) => job)).toContain('rebuild');
  for (const { moves, changed } of jobs.runs) {
    expect(moves.reduce((sum, { members }) => sum + members, 0)).toBe(changed);
  }
  const { points } = replyOf(await chain.call('wx-hq', 'members', 'tier.trend', { days: 30 }));
  const matrix = replyOf(await chain.call('wx-hq', 'members', 'tier.overview', {}));
  const dormant = Object.values(matrix.matrix.dormant ?? {}).reduce((sum, n) => sum + n, 0);
  expect(points).toHaveLength(1);
  expect(points[0]).toMatchObject({ on: addDays(TODAY, 1), counts: { dormant } });
});

it('counts the members of each branch, the largest first, and of none', async () => {
  const { branches, next } = replyOf(await chain.call('wx-hq', 'members', 'tier.branches', {}));
  const members = await everybody();
  const of = (branchId: string | null) => members.filter((one) => one.homeBranchId === branchId).length;
  expect(branches.map(({ name, members: n }) => [name, n])).toEqual(
    [
      ['西溪店', of('B2')],
      ['东湖店', of('B1')],
      ['还没有门店', of(null)],
    ].sort((a, b) => Number(b[1]) - Number(a[1])),
  );
  for (const branch of branches) {
    expect(Object.values(branch.counts).reduce((sum, n) => sum + n, 0)).toBe(branch.members);
  }
  expect(next).toBeNull();
});

it('goes on behind a branch with the next smaller ones', async () => {
  const { branches } = replyOf(await chain.call('wx-hq', 'members', 'tier.branches', {}));
  const [largest] = branches;
  const after = `${largest?.members}|${largest?.branchId}`;
  const rest = replyOf(await chain.call('wx-hq', 'members', 'tier.branches', { after }));
  expect(rest.branches).toEqual(branches.slice(1));
  const { result } = await chain.send('wx-hq', 'members', { action: 'tier.branches', ask: { after: '$gt' } });
  expect(result).toMatchObject({ ok: false, failure: { code: 'bad-ask', detail: '请从第一页重新打开' } });
});
