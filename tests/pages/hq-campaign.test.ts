import {
  laterSteps,
  withBranchBudgets,
  withinAudience,
  withoutLadder,
  withRule,
} from '../../miniprogram/hq/campaign/ladders';
import { withNumber } from '../../miniprogram/hq/campaign/rules';
import {
  withCategories,
  withCoupon,
  withoutPartOf,
  withPart,
  withStacking,
} from '../../miniprogram/hq/campaign/pack';
import { packShown } from '../../miniprogram/hq/campaign/pack-rows/view';
import { ruleShown } from '../../miniprogram/hq/campaign/rule-fields/view';
import { aGiftOffer } from '../../cloudfunctions/common/entry/offerAsk';
import { budgetsShown } from '../../miniprogram/hq/campaign/branch-budgets/view';
import { offerShown } from '../../miniprogram/hq/campaign/offer-step/view';
import {
  lengthOf,
  missingIn,
  tidied,
  toggled,
  withFollowUp,
  withLength,
  withScript,
  withTags,
} from '../../miniprogram/hq/campaign/plan';
import { assignmentShown as previewShown } from '../../miniprogram/hq/parts/assignmentShown';
import { countShown, planShown, scriptTiers } from '../../miniprogram/hq/campaign/view';
import type { CampaignOpened } from '../../miniprogram/contract/campaigns';
import type { ScriptShown } from '../../miniprogram/contract/scripts';
import type { JudgedRung } from '../../miniprogram/domain/offers/launchGuard';
import { PLAN, PREVIEW, TODAY } from './hq-samples';
import {
  asked,
  askedFor,
  hands,
  loses,
  mountComponent,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';
import type { Mounted } from './mount';

const OPENED: CampaignOpened = {
  today: TODAY,
  plan: PLAN,
  revision: 0,
  categories: ['奶粉'],
  branches: [
    { branchId: 'B1', name: '徐汇店' },
    { branchId: 'B2', name: '静安寺店' },
  ],
  members: 4578,
  isAtMost: false,
};

describe('the plan', () => {
  it('counts first and last day', () => {
    expect(lengthOf(PLAN)).toBe(14);
    expect(withLength(PLAN, 1).endsOn).toBe(PLAN.startsOn);
    expect(lengthOf(withLength(PLAN, 28))).toBe(28);
  });

  it('keeps chosen tiers in their own order', () => {
    expect(toggled(['lost'], 'drowsy', ['drowsy', 'dormant', 'lost'])).toEqual(['drowsy', 'lost']);
    expect(toggled(['drowsy', 'lost'], 'lost', ['drowsy', 'dormant', 'lost'])).toEqual(['drowsy']);
  });

  it('does not go on without a name or an audience', () => {
    expect(missingIn({ ...PLAN, name: ' ' }, 'audience')).toContain('名字');
    expect(missingIn({ ...PLAN, audience: { ...PLAN.audience, lifecycles: [] } }, 'audience')).toContain(
      '分层',
    );
    expect(missingIn(PLAN, 'audience')).toBe('');
  });

  it('sends an empty trial gift as none', () => {
    expect(tidied({ ...PLAN, offer: { ...PLAN.offer, trial: '  ' } }).offer.trial).toBeNull();
    expect(tidied({ ...PLAN, name: ' 周年 ' }).name).toBe('周年');
  });

  it('shows the ladder with the tiers that were not chosen put back', () => {
    const shown = offerShown({ ...PLAN, audience: { ...PLAN.audience, lifecycles: ['lost'] } }, '', '');
    expect(shown.ladder.map((step) => [step.headline, step.on])).toEqual([
      ['8折', false],
      ['7折', false],
      ['6折', true],
    ]);
  });

  it('offers a value of its own beside the usual ones', () => {
    expect(planShown({ ...PLAN, dailyCapacity: 25 }, TODAY).capacities.map((chip) => chip.id)).toEqual([
      '10',
      '20',
      '25',
      '30',
      '50',
    ]);
  });
});

describe('the preview', () => {
  it('puts the branch with most tasks first', () => {
    expect(previewShown(PREVIEW).branches.map((branch) => branch.line)).toEqual([
      '2,700 个任务 · 2 位导购 · 对照 300',
      '1,420 个任务 · 1 位导购 · 对照 158',
    ]);
  });

  it('mentions only those who are left out', () => {
    expect(previewShown(PREVIEW).leftOut).toEqual(['120 位正在别的活动里，这次不重复打扰']);
    expect(previewShown({ ...PREVIEW, busy: 0 }).leftOut).toEqual([]);
  });

  it('says when there is nothing to launch, and why', () => {
    expect(previewShown(PREVIEW).nothing).toBe('');
    const none = { ...PREVIEW, tasks: 0, audience: 0, busy: 0, nobody: 0, noOffer: 0 };
    expect(previewShown(none).nothing).toContain('放宽人群');
    expect(previewShown({ ...none, busy: 653 }).nothing).toContain('原因见下');
  });

  it('asks with the numbers of tasks and clerks', () => {
    expect(previewShown(PREVIEW).question).toContain('4,120 个任务会马上出现在 3 位导购的列表里');
  });
});

describe('the page', () => {
  const world = globalThis as unknown as { wx: Record<string, unknown> };
  beforeAll(() => {
    Object.assign(world.wx, {
      getAppBaseInfo: () => ({ theme: 'light' }),
      getWindowInfo: () => ({ pixelRatio: 2 }),
      onThemeChange: () => undefined,
      offThemeChange: () => undefined,
    });
  });
  beforeEach(() => {
    startOver();
    replies('campaigns', 'campaign.open', () => OPENED);
    replies('campaigns', 'audience.count', () => ({ members: 4578, isAtMost: false }));
    replies('campaigns', 'campaign.preview', () => PREVIEW);
    replies('campaigns', 'campaign.save', () => ({ campaignId: 'c9', revision: 1 }));
    replies('campaigns', 'campaign.act', () => ({ status: 'submitted' as const, revision: 2 }));
    replies('outreach', 'script.list', () => ({ scripts: [], tests: [], today: TODAY }));
  });

  async function atPreview(): Promise<Mounted> {
    const page = await mountPage('hq/campaign/campaign');
    for (let step = 0; step < 4; step++) page.instance['next']?.();
    await settled();
    return page;
  }
  async function submit(page: Mounted): Promise<void> {
    page.instance['submit']?.();
    await settled(20);
  }

  it('starts from the draft, counts its audience, and stops at a step that lacks something', async () => {
    const page = await mountPage('hq/campaign/campaign');
    expect(textOf(page)).toContain('4,578 位会员');
    expect(asked.map(({ action }) => action)).toEqual(['campaign.open']);
    for (const nth of [0, 1, 2]) await tap(page, '.main--chip', nth);
    page.instance['next']?.();
    await settled();
    expect(textOf(page)).toContain('请至少选一个分层。');
    expect(page.data['step']).toBe(0);
  });

  it('keeps what was previewed, submits it, and goes to the campaign', async () => {
    await submit(await atPreview());
    expect(askedFor('campaign.save')).toMatchObject([
      { ask: { campaignId: null, basedOn: 0, plan: { name: PLAN.name } } },
    ]);
    expect(askedFor('campaign.act')).toMatchObject([
      { ask: { campaignId: 'c9', basedOn: 1, act: 'submit' } },
    ]);
    expect(phone.redirectTo).toHaveBeenCalledWith({ url: '/hq/recall/recall?id=c9' });
  });

  it('asks again under the same key when an answer was lost, and keeps the draft once', async () => {
    loses('campaigns', 'campaign.act');
    const page = await atPreview();
    await submit(page);
    expect(textOf(page)).toContain('网络断开了');
    replies('campaigns', 'campaign.act', () => ({ status: 'submitted' as const, revision: 2 }));
    await submit(page);
    expect(askedFor('campaign.save')).toHaveLength(1);
    const keys = askedFor('campaign.act').map((call) => call.requestKey);
    expect(keys[0]).toBe(keys[1]);
  });

  it('keeps a draft that is being edited as it was read, and says when somebody was faster', async () => {
    replies('campaigns', 'campaign.open', () => ({ ...OPENED, revision: 7 }));
    refuses('campaigns', 'campaign.save', { code: 'campaign-stale' });
    const page = await mountPage('hq/campaign/campaign', { id: 'c9' });
    for (let step = 0; step < 4; step++) page.instance['next']?.();
    await settled();
    page.instance['save']?.();
    await settled();
    expect(askedFor('campaign.save')).toMatchObject([{ ask: { campaignId: 'c9', basedOn: 7 } }]);
    expect(textOf(page)).toContain('刚刚被别人改过');
  });

  it('says that nobody fits', async () => {
    refuses('campaigns', 'campaign.preview', { code: 'campaign-empty' });
    const page = await atPreview();
    expect(textOf(page)).toContain('没有符合条件的会员');
    expect(asked.every((call) => call.action !== 'campaign.save')).toBe(true);
  });
});

describe('what the plan is built of', () => {
  it('gives the follow-up a deeper offer, kept in step with the first', () => {
    const plan = withFollowUp(PLAN, 3, 1);
    expect(plan.rhythm?.followUp).toEqual({ begins: 'lastDays', days: 3 });
    expect(plan.followUpOffer?.ladder.map(({ rule }) => rule.kind === 'percent' && rule.pay)).toEqual([
      70, 60, 50,
    ]);
    expect(laterSteps(plan)).toBe(1);
    expect(planShown(plan, TODAY).rhythmNote).toContain('3月16日起');
    expect(missingIn(withFollowUp(withLength(PLAN, 3), 3, 1), 'rhythm')).toContain('追加跟进');
    expect(withFollowUp(plan, 0, 1)).toMatchObject({ followUpOffer: null, rhythm: { followUp: null } });
    const renamed = tidied({ ...plan, offer: { ...plan.offer, title: '新礼包' } });
    expect(renamed.followUpOffer?.title).toContain('新礼包');
  });

  it('asks for no tags where none are chosen', () => {
    const tagged = withTags(PLAN, { promotion: true });
    expect(tagged.audience.tags).toEqual({ promotion: true });
    expect(withTags(tagged, { promotion: false }).audience).toEqual(PLAN.audience);
    expect(countShown({ members: 12, isAtMost: true })).toContain('最多 12 位');
  });

  it('prefers at most three scripts of a tier, the chosen ones first', () => {
    const script = (scriptId: string): ScriptShown => ({
      scriptId,
      version: 1,
      owner: { kind: 'starter' },
      tone: 'care',
      occasion: 'care',
      purpose: 'care',
      lifecycles: ['lost'],
      values: ['low'],
      scenario: scriptId,
      text: '您好',
      active: true,
      savedAt: null,
      used: { copied: 0, edited: 0, answered: 0 },
      feedback: { good: 0, bad: 0, words: [] },
      notFor: '',
    });
    let plan = PLAN;
    for (const id of ['d', 'c', 'b', 'a']) plan = withScript(plan, 'lost', id);
    expect(plan.scripts).toEqual([{ lifecycle: 'lost', value: null, scriptIds: ['d', 'c', 'b'] }]);
    const [tier] = scriptTiers(
      { ...plan, audience: { ...plan.audience, lifecycles: ['lost'] } },
      ['a', 'b', 'c', 'd'].map(script),
    );
    expect(tier?.scripts.map(({ id, on }) => [id, on])).toEqual([
      ['d', true],
      ['c', true],
      ['b', true],
      ['a', false],
    ]);
    expect(withScript(withScript(withScript(plan, 'lost', 'b'), 'lost', 'c'), 'lost', 'd').scripts).toEqual(
      [],
    );
  });
});

describe('a ladder for one value', () => {
  const deep = { kind: 'percent', pay: 55, minFen: 0, capFen: 10_000 } as const;

  it('begins as everybody’s, changes one step of it, and goes back', () => {
    const plan = withRule(PLAN, 'high', 'dormant', deep);
    expect(plan.offer).toEqual(PLAN.offer);
    expect(plan.ladders?.high?.map(({ rule }) => rule.kind === 'percent' && rule.pay)).toEqual([80, 55, 60]);
    expect(offerShown(plan, 'high', '')).toMatchObject({ isOwn: true, byValue: '高价值另有一套', note: '' });
    expect(offerShown(plan, 'low', '').note).toContain('现在和所有会员一样');
    expect(withinAudience(withoutLadder(plan, 'high'))).toEqual(PLAN);
  });

  it('is left out when its value is not in the audience any more', () => {
    const plan = withRule(PLAN, 'high', 'dormant', deep);
    const narrowed = { ...plan, audience: { ...plan.audience, values: ['low' as const] } };
    expect(tidied(narrowed).ladders).toBeUndefined();
    expect(tidied(plan).ladders).toEqual(plan.ladders);
  });

  it('never gets less in the follow-up than it got at first', () => {
    const later = withRule(withFollowUp(PLAN, 3, 1), 'high', 'dormant', deep).followUpOffer;
    expect(later?.ladder.map(({ rule }) => rule.kind === 'percent' && rule.pay)).toEqual([70, 45, 50]);
    expect(laterSteps(withRule(withFollowUp(PLAN, 3, 2), '', 'lost', deep))).toBe(2);
  });

  it('keeps its numbers within what can be given', () => {
    expect(withNumber(deep, 'pay', 9)).toMatchObject({ pay: 10 });
    expect(withNumber(deep, 'pay', 100)).toMatchObject({ pay: 99 });
    expect(withNumber(deep, 'cap', 0)).toMatchObject({ capFen: null });
    expect(withNumber({ kind: 'amountOff', offFen: 500, minFen: 0 }, 'off', 0)).toMatchObject({
      offFen: 100,
    });
  });

  it('is set on the page by a value, a step and its numbers', async () => {
    startOver();
    replies('campaigns', 'campaign.open', () => OPENED);
    const page = await mountPage('hq/campaign/campaign');
    page.instance['next']?.();
    await settled();
    expect(textOf(page)).toContain('各价值都一样');
    await hands(page, 'takePlan', { plan: withRule(PLAN, 'high', 'dormant', deep) });
    expect(textOf(page)).toContain('高价值另有一套');
  });
});

describe('budgets', () => {
  const branches = OPENED.branches;

  it('are one for all branches, or one by one, and less than a yuan is none', () => {
    const same = withBranchBudgets(PLAN, ['B1', 'B2'], 50_000);
    expect(budgetsShown(PLAN, branches, 20)).toMatchObject({ summary: '都不限', each: '' });
    expect(budgetsShown(same, branches, 20)).toMatchObject({ summary: '每家 500 元', each: '500' });
    const one = withBranchBudgets(same, ['B2'], 99);
    expect(one.branchBudgetsFen).toEqual({ B1: 50_000 });
    expect(budgetsShown(one, branches, 1)).toMatchObject({ summary: '1 家有上限', each: '', more: 1 });
  });

  it('of branches outside the audience are not sent', () => {
    const plan = withBranchBudgets(PLAN, ['B1', 'B2'], 50_000);
    const narrowed = { ...plan, audience: { ...plan.audience, branchIds: ['B2'] } };
    expect(tidied(narrowed).branchBudgetsFen).toEqual({ B2: 50_000 });
    expect(budgetsShown(narrowed, branches, 20).rows).toHaveLength(1);
  });

  it('that may be exceeded are named before the launch, the campaign’s and the branches’', () => {
    const over = { fen: 14_200_000, budgetFen: 100_000, mayExceed: true };
    const shown = previewShown({
      ...PREVIEW,
      worst: { fen: 41_200_000, budgetFen: 20_000_000, mayExceed: true },
      branches: PREVIEW.branches.map((branch) =>
        branch.branchId === 'B1' ? { ...branch, worst: over } : branch,
      ),
    });
    expect(shown.overBudget).toBe('可能超出活动预算 ¥200,000；可能超出门店上限：徐汇店');
    expect(shown.branches.map((branch) => branch.over)).toEqual(['', '券最多花 ¥142,000，上限 ¥1,000']);
    expect(shown.question).toContain('可能超出活动预算');
    expect(previewShown(PREVIEW).overBudget).toBe('');
  });
});

describe('scripts of one value', () => {
  it('are chosen beside those of any value, and the tier says so', () => {
    const plan = withScript(withScript(PLAN, 'lost', 'a'), 'lost', 'b', 'high');
    expect(plan.scripts).toEqual([
      { lifecycle: 'lost', value: null, scriptIds: ['a'] },
      { lifecycle: 'lost', value: 'high', scriptIds: ['b'] },
    ]);
    const lost = scriptTiers(plan, [], { lost: 'low' }).find(({ lifecycle }) => lifecycle === 'lost');
    expect(lost).toMatchObject({ chosen: '先推荐 1 条，高价值另选', mayPart: true });
    expect(lost?.values.map(({ word, on }) => [word, on])).toEqual([
      ['不分价值 · 1 条', false],
      ['高价值 · 1 条', false],
      ['中价值', false],
      ['普通', true],
    ]);
    expect(lost?.note).toContain('普通没有单独选');
    expect(withScript(plan, 'lost', 'b', 'high').scripts).toHaveLength(1);
  });
});

describe('what else lies in the pack', () => {
  const full = (['coupon', 'points', 'levelKeep', 'survey', 'stock'] as const).reduce(withPart, PLAN);

  it('is put in whole, as the server takes it, and taken out without a trace', () => {
    expect(aGiftOffer.safeParse(tidied(full).offer).success).toBe(true);
    expect(packShown(full, '', []).parts.map(({ title }) => title)).toEqual([
      '减¥20 · 回店券',
      '200 积分',
      '等级保级',
      '答问卷得 100 积分',
      '一共 500 份',
    ]);
    const ids = packShown(full, '', []).parts.map(({ id }) => id);
    expect(ids.reduce(withoutPartOf, full)).toEqual(PLAN);
  });

  it('is there once, coupons up to ten with the ladder’s', () => {
    expect(packShown(full, '', []).adds.map(({ id }) => id)).toEqual(['coupon']);
    const nine = Array.from({ length: 12 }).reduce<typeof PLAN>((plan) => withPart(plan, 'coupon'), PLAN);
    expect(nine.offer.more).toHaveLength(9);
    expect(packShown(nine, '', []).adds.map(({ id }) => id)).not.toContain('coupon');
    expect(aGiftOffer.safeParse(nine.offer).success).toBe(true);
  });

  it('names what is missing before anything is sent', () => {
    const trial = withCoupon(full, 0, { rule: { kind: 'trial', product: ' ', worthFen: null, minFen: 0 } });
    expect(missingIn(trial, 'offer')).toContain('送什么');
    expect(missingIn(withCoupon(full, 0, { title: '' }), 'offer')).toContain('名字');
    expect(missingIn(full, 'offer')).toBe('');
    const unbounded = { ...full, offer: { ...full.offer, branchBudgetFen: 1_000 } };
    const rule = { kind: 'percent' as const, pay: 80, minFen: 0, capFen: null };
    expect(missingIn(withCoupon(unbounded, 0, { rule }), 'offer')).toContain('最高减多少');
    expect(aGiftOffer.safeParse(withCoupon(unbounded, 0, { rule }).offer).success).toBe(false);
  });

  it('limits a coupon to categories, or to being alone, and leaves no empty limit behind', () => {
    const limited = withStacking(withCategories(full, 0, ['奶粉']), 0, true);
    expect(limited.offer.more?.[0]).toMatchObject({ scope: { categories: ['奶粉'] }, stacking: 'alone' });
    expect(withStacking(withCategories(limited, 0, []), 0, false)).toEqual(full);
  });

  it('lets a step of the ladder hand over a product', () => {
    const rule = { kind: 'trial' as const, product: ' 新茶 ', worthFen: 1_500, minFen: 0 };
    const plan = withRule(PLAN, '', 'drowsy', rule);
    expect(offerShown(plan, '', '').ladder[0]).toMatchObject({ headline: expect.stringContaining('新茶') });
    expect(tidied(plan).offer.ladder[0]?.rule).toEqual({ ...rule, product: '新茶' });
    expect(ruleShown(rule)).toMatchObject({ isTrial: true, numbers: [{ field: 'worth', value: 15 }, {}] });
  });
});

describe('the rows of the pack', () => {
  const rows = (plan = PLAN) => {
    const mounted = mountComponent('hq/campaign/pack-rows/pack-rows', { plan, categories: ['奶粉'] });
    const told: (typeof PLAN)[] = [];
    mounted.addEventListener('change', ({ detail }) => told.push((detail as { plan: typeof PLAN }).plan));
    return { mounted, told };
  };

  it('put a part in by a tap, open it, and take it out again', async () => {
    const { mounted, told } = rows();
    await tap(mounted, '.main--chip--add', 1);
    expect(told.at(-1)?.offer.points).toEqual({ points: 200, validDays: 90, on: 'redeem' });
    const opened = rows(told.at(-1));
    await tap(opened.mounted, '.main--part__head');
    expect(textOf(opened.mounted)).toContain('什么时候到账');
    await tap(opened.mounted, '.main--part__detail .main--chip', 1);
    expect(opened.told.at(-1)?.offer.points?.on).toBe('claim');
    await tap(opened.mounted, '.main--part__remove');
    expect(opened.told.at(-1)?.offer.points).toBeUndefined();
  });

  it('change the coupon that is open', async () => {
    const { mounted, told } = rows(withPart(PLAN, 'coupon'));
    await tap(mounted, '.main--part__head');
    await hands(mounted, 'writeTitle', { value: '新茶券' });
    expect(told.at(-1)?.offer.more?.[0]?.title).toBe('新茶券');
    await tap(mounted, '.main--line');
    expect(told.at(-1)?.offer.more?.[0]?.stacking).toBe('alone');
  });
});

describe('the margin of a campaign', () => {
  const rung = (over: Partial<JudgedRung>): JudgedRung => ({
    words: '沉睡这一档 7折',
    givenShare: 0.3,
    leftShare: 0.25,
    floor: 0.15,
    uplift: 2.2,
    passes: true,
    wouldPass: '',
    ...over,
  });

  it('is told coupon by coupon, with what more has to be sold, and why it would be refused', () => {
    const deep = rung({
      words: '流失这一档 4折',
      givenShare: 0.6,
      leftShare: -0.05,
      passes: false,
      uplift: null,
    });
    const margin = {
      rungs: [rung({}), deep],
      uplift: null,
      upliftWords: '卖一单亏一单',
      refusal: '低于毛利底线',
    };
    expect(previewShown({ ...PREVIEW, margin }).margin).toEqual({
      rungs: [
        { words: '沉睡这一档 7折', text: '让利 30%，毛利剩 25%', isThin: false },
        { words: '流失这一档 4折', text: '让利 60%，亏 5%', isThin: true },
      ],
      uplift: '卖一单亏一单',
      refusal: '低于毛利底线',
    });
    expect(previewShown({ ...PREVIEW, margin: null }).margin).toBeNull();
  });
});
