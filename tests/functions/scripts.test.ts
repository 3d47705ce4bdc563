import { scriptAsOf, scriptLibrary } from '../../cloudfunctions/common/store/scripts';
import { table } from '../../cloudfunctions/common/store/table';
import type { ScriptDraft, ScriptShown } from '../../miniprogram/contract/scripts';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { STARTER_SCRIPTS } from '../../miniprogram/domain/outreach/scripts/starter';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { seedStaff } from './people';

jest.setTimeout(60_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['outreach']);
  await seedStaff(chain);
});
afterAll(() => chain.stop());

const STARTER = 'lost-care-1';
const draft = (known: Partial<ScriptDraft> = {}): ScriptDraft => ({
  tone: 'care',
  occasion: 'care',
  purpose: 'care',
  lifecycles: ['dormant', 'lost'],
  values: ['high', 'mid', 'low'],
  scenario: '很久没联系时问候；刚联系过的别发',
  text: '{称呼}，好久没见，我是{门店}的{导购}，您最近都好吗？',
  ...known,
});
const save = (openid: string, scriptId: string | null, basedOn: number, d = draft(), key = newKey()) =>
  chain.call(openid, 'outreach', 'script.save', { scriptId, basedOn, draft: d }, key);
const flip = (openid: string, scriptId: string, active: boolean, key = newKey()) =>
  chain.call(openid, 'outreach', 'script.switch', { scriptId, active }, key);
const judge = (openid: string, scriptId: string, good: boolean) =>
  chain.call(openid, 'outreach', 'script.feedback', { scriptId, good });
async function list(openid: string, ask: { lifecycle?: 'lost'; occasion?: 'birthday' } = {}) {
  return replyOf(await chain.call(openid, 'outreach', 'script.list', ask)).scripts;
}
const oneOf = (scripts: readonly ScriptShown[], id: string) => scripts.find((one) => one.scriptId === id);
const detailOf = (outcome: Outcome<unknown>) => (outcome.ok ? '' : outcome.failure.detail);
/** The library as a function that remembers nothing sees it; each asks at a later minute than the one before. */
let later = TEN_O_CLOCK;
const libraryOf = async (branchId: string | null) => {
  later += 300_000;
  return scriptLibrary(branchId, later);
};

describe('the library', () => {
  it('begins as it came, and filters by lifecycle and occasion', async () => {
    const all = await list('wx-hq');
    expect(all.map(({ scriptId }) => scriptId)).toEqual(STARTER_SCRIPTS.map(({ id }) => id));
    expect(all.every(({ active, owner }) => active && owner.kind === 'starter')).toBe(true);
    const lost = await list('wx-c1', { lifecycle: 'lost' });
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every(({ lifecycles }) => lifecycles.includes('lost'))).toBe(true);
    const birthdays = await list('wx-m1', { occasion: 'birthday' });
    expect(new Set(birthdays.map(({ occasion }) => occasion))).toEqual(new Set(['birthday']));
  });

  it('shows a branch its own and the chain’s, and headquarters all', async () => {
    const ours = replyOf(await save('wx-m1', null, 0));
    const chains = replyOf(await save('wx-hq', null, 0));
    expect(ours.owner).toEqual({ kind: 'branch', branchId: 'B1', branchName: '东湖店' });
    expect(chains.owner).toEqual({ kind: 'hq' });
    const seen = async (openid: string) => {
      const scripts = await list(openid);
      return [oneOf(scripts, ours.scriptId), oneOf(scripts, chains.scriptId)].map(Boolean);
    };
    expect(await seen('wx-hq')).toEqual([true, true]);
    expect(await seen('wx-c1')).toEqual([true, true]);
    expect(await seen('wx-c3')).toEqual([false, true]);
    expect(await seen('wx-m2')).toEqual([false, true]);
    const offered = async (branchId: string | null) => {
      const ids = (await libraryOf(branchId)).map(({ id }) => id);
      return [ids.includes(ours.scriptId), ids.includes(chains.scriptId)];
    };
    expect(await offered('B1')).toEqual([true, true]);
    expect(await offered('B2')).toEqual([false, true]);
    expect(await offered(null)).toEqual([false, true]);
  });
});

describe('saving', () => {
  it('gives a starter script the chain’s wording, keeps the old one, and refuses who has not seen it', async () => {
    const before = await scriptAsOf(STARTER, TEN_O_CLOCK);
    const saved = replyOf(await save('wx-hq', STARTER, 1));
    expect(saved).toMatchObject({ scriptId: STARTER, version: 2, owner: { kind: 'hq' }, text: draft().text });
    const again = await save('wx-hq', STARTER, 1);
    expect(refusalOf(again)).toBe('script-stale');
    expect(detailOf(again)).toBe('2');
    const offered = (await libraryOf('B2')).filter(({ id }) => id === STARTER);
    expect(offered).toEqual([{ ...draft(), id: STARTER, version: 2 }]);
    expect(await scriptAsOf(STARTER, chain.now() - 1_000_000)).toEqual(before);
    expect((await scriptAsOf(STARTER, chain.now()))?.version).toBe(2);
  });

  it('adds one script however often the same act arrives, at the same time too', async () => {
    const key = newKey();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => save('wx-m2', null, 0, draft(), key)));
    const ids = outcomes.map((outcome) => replyOf(outcome).scriptId);
    expect(new Set(ids).size).toBe(1);
    expect(await table('scripts').count({ 'owner.branchId': 'B2' })).toBe(1);
    const next = newKey();
    const id = ids[0] ?? '';
    const nexts = await Promise.all([1, 2, 3].map(() => save('wx-m2', id, 1, draft(), next)));
    expect(nexts.map((outcome) => replyOf(outcome).version)).toEqual([2, 2, 2]);
  });

  it('lets one of two who change the same version win', async () => {
    const id = replyOf(await save('wx-hq', null, 0)).scriptId;
    const outcomes = await Promise.all([1, 2, 3].map(() => save('wx-hq', id, 1)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter(({ ok }) => !ok).map(refusalOf)).toEqual(['script-stale', 'script-stale']);
    expect((await table('scripts').find(id))?.versions.map(({ version }) => version)).toEqual([1]);
  });

  it('is headquarters’ for the chain and the manager’s for her branch', async () => {
    const id = replyOf(await save('wx-m1', null, 0)).scriptId;
    expect(refusalOf(await save('wx-m2', id, 1))).toBe('not-found');
    expect(refusalOf(await save('wx-m1', 'drowsy-care-1', 1))).toBe('not-allowed');
    expect(refusalOf(await save('wx-c1', id, 1))).toBe('not-allowed');
    expect(refusalOf(await save('wx-nobody', id, 1))).toBe('not-staff');
    expect(refusalOf(await save('wx-m1', 'never-was', 1))).toBe('not-found');
    const byHq = replyOf(await save('wx-hq', id, 1));
    expect(byHq.owner).toMatchObject({ kind: 'branch', branchId: 'B1' });
  });

  it.each<[string, Partial<ScriptDraft>, string]>([
    ['no name', { text: '您好，我是{门店}的{导购}，有空来坐坐。' }, '称呼'],
    ['an unknown blank', { text: '{称呼}，您好，{姓名}给您问好。' }, '姓名'],
    ['an open brace', { text: '{称呼}，您好，{门店 给您问好。' }, '配成对'],
    ['words nobody may use', { text: '{称呼}，这是全网最低价，您看看。' }, '最低价'],
    ['a deadline nothing stands behind', { text: '{称呼}，48小时内来店里看看吧。' }, '48小时'],
    ['somebody’s number', { text: '{称呼}，打我电话13812345678就行。' }, '手机号'],
    ['a promise that is not called one', { text: '{称呼}，给您留了一张{优惠}券，有空来。' }, '推送'],
    ['too many words', { text: `{称呼}，${'好久不见'.repeat(60)}` }, '最多 200'],
    ['nobody to send it to', { lifecycles: [] }, '会员状态'],
    ['no use', { scenario: '  ' }, '什么时候用'],
  ])('refuses %s and says so', async (_, known, word) => {
    const outcome = await save('wx-hq', null, 0, draft(known));
    expect(refusalOf(outcome)).toBe('script-unfit');
    expect(detailOf(outcome)).toContain(word);
  });
});

describe('switching', () => {
  it('takes a script out of every clerk’s reach within a minute, and back', async () => {
    const id = 'dormant-care-2';
    expect((await libraryOf('B1')).some((one) => one.id === id)).toBe(true);
    const off = replyOf(await flip('wx-hq', id, false));
    expect(off).toMatchObject({ active: false, owner: { kind: 'starter' }, version: 1 });
    // This function remembers the library of a moment ago; a minute later it does not.
    expect((await scriptLibrary('B1', later + 59_000)).some((one) => one.id === id)).toBe(true);
    expect((await scriptLibrary('B1', later + 61_000)).some((one) => one.id === id)).toBe(false);
    expect((await scriptAsOf(id, TEN_O_CLOCK))?.id).toBe(id);
    expect(oneOf(await list('wx-c1'), id)?.active).toBe(false);
    expect(replyOf(await flip('wx-hq', id, true)).active).toBe(true);
    expect((await libraryOf('B1')).some((one) => one.id === id)).toBe(true);
  });

  it('does an act once, also when it comes again after the opposite', async () => {
    const id = 'dormant-care-3';
    const key = newKey();
    await Promise.all([1, 2, 3].map(() => flip('wx-hq', id, false, key)));
    replyOf(await flip('wx-hq', id, true));
    expect(replyOf(await flip('wx-hq', id, false, key)).active).toBe(true);
  });

  it('is headquarters’ alone', async () => {
    for (const openid of ['wx-m1', 'wx-c1'])
      expect(refusalOf(await flip(openid, STARTER, false))).toBe('not-allowed');
    expect(refusalOf(await flip('wx-hq', 'never-was', false))).toBe('not-found');
  });
});

describe('what clerks say of a script', () => {
  it('is one word each, the newest', async () => {
    const id = 'drowsy-thanks-1';
    await Promise.all(['wx-c1', 'wx-c2', 'wx-c3', 'wx-c1'].map((openid) => judge(openid, id, true)));
    expect(replyOf(await judge('wx-c3', id, false))).toEqual({ good: 2, bad: 1 });
    expect(oneOf(await list('wx-hq'), id)).toMatchObject({ feedback: { good: 2, bad: 1 }, active: true });
    expect((await libraryOf('B1')).some((one) => one.id === id)).toBe(true);
  });

  it('stays with the branch whose script it is', async () => {
    const id = replyOf(await save('wx-m1', null, 0)).scriptId;
    expect(refusalOf(await judge('wx-c3', id, true))).toBe('not-found');
    expect(replyOf(await judge('wx-c2', id, true))).toEqual({ good: 1, bad: 0 });
  });
});
