import { lengthOf, missingIn, tidied, toggled, withLength } from '../../miniprogram/hq/campaign/plan';
import { previewShown } from '../../miniprogram/hq/campaign/preview';
import { planShown } from '../../miniprogram/hq/campaign/view';
import { PLAN, PREVIEW } from './hq-samples';
import {
  asked,
  askedFor,
  loses,
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
    const shown = planShown({ ...PLAN, audience: { ...PLAN.audience, lifecycles: ['lost'] } });
    expect(shown.ladder.map((step) => [step.headline, step.on])).toEqual([
      ['8折', false],
      ['7折', false],
      ['6折', true],
    ]);
  });

  it('offers a value of its own beside the usual ones', () => {
    expect(planShown({ ...PLAN, dailyCapacity: 25 }).capacities.map((chip) => chip.id)).toEqual([
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
  let done: number;
  beforeEach(() => {
    startOver();
    done = 0;
    phone.showModal.mockResolvedValue({ confirm: true, cancel: false });
    replies('campaigns', 'campaign.draft', () => PLAN);
    replies('campaigns', 'campaign.preview', () => PREVIEW);
    replies('campaigns', 'campaign.launch', () => ({ campaignId: 'c9' }));
    replies('campaigns', 'campaign.step', () => {
      done += 2060;
      return { done, total: 4120, finished: done >= 4120 };
    });
  });

  async function atPreview(): Promise<Mounted> {
    const page = await mountPage('hq/campaign/campaign');
    for (let step = 0; step < 3; step++) page.instance['next']?.();
    await settled();
    return page;
  }
  async function launch(page: Mounted): Promise<void> {
    page.instance['launch']?.();
    await settled(20);
  }

  it('starts from the draft and stops at a step that lacks something', async () => {
    const page = await mountPage('hq/campaign/campaign');
    for (const nth of [0, 1, 2]) await tap(page, '.main--chip', nth);
    page.instance['next']?.();
    await settled();
    expect(textOf(page)).toContain('请至少选一个分层。');
    expect(page.data['step']).toBe(0);
  });

  it('launches what was previewed under one key, and writes until finished', async () => {
    const page = await atPreview();
    await launch(page);
    expect(askedFor('campaign.launch')).toMatchObject([
      { ask: { fingerprint: 'f1' }, requestKey: expect.any(String) as string },
    ]);
    expect(askedFor('campaign.step')).toHaveLength(2);
    expect(textOf(page)).toContain('已全部下发');
  });

  it('does nothing when the question is answered no', async () => {
    const page = await atPreview();
    phone.showModal.mockResolvedValue({ confirm: false, cancel: true });
    await launch(page);
    expect(askedFor('campaign.launch')).toHaveLength(0);
  });

  it('asks again under the same key when the answer to the launch was lost', async () => {
    loses('campaigns', 'campaign.launch');
    const page = await atPreview();
    await launch(page);
    expect(textOf(page)).toContain('网络断开了');
    replies('campaigns', 'campaign.launch', () => ({ campaignId: 'c9' }));
    await launch(page);
    const keys = askedFor('campaign.launch').map((call) => call.requestKey);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(textOf(page)).toContain('已全部下发');
  });

  it('previews anew when the members changed, under a new key', async () => {
    refuses('campaigns', 'campaign.launch', { code: 'preview-stale' });
    const page = await atPreview();
    await launch(page);
    expect(askedFor('campaign.preview')).toHaveLength(2);
    expect(textOf(page)).toContain('已经重新预览，请再看一眼后下发');
    replies('campaigns', 'campaign.launch', () => ({ campaignId: 'c9' }));
    await launch(page);
    const keys = askedFor('campaign.launch').map((call) => call.requestKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('goes on writing where it stopped, without launching twice', async () => {
    refuses('campaigns', 'campaign.step', { code: 'network-lost' });
    const page = await atPreview();
    await launch(page);
    expect(textOf(page)).toContain('下发停在这里');
    replies('campaigns', 'campaign.step', () => ({ done: 4120, total: 4120, finished: true }));
    page.instance['goOn']?.();
    await settled(20);
    expect(askedFor('campaign.launch')).toHaveLength(1);
    expect(textOf(page)).toContain('已全部下发');
  });

  it('says that nobody fits, and goes back to the audience', async () => {
    refuses('campaigns', 'campaign.preview', { code: 'campaign-empty' });
    const page = await atPreview();
    expect(textOf(page)).toContain('没有符合条件的会员');
    expect(page.data['step']).toBe(0);
    expect(asked.every((call) => call.action !== 'campaign.launch')).toBe(true);
  });
});
