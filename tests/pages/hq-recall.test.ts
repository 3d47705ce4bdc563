import type { CampaignState } from '../../miniprogram/domain/outreach/campaign/life';
import type { CampaignReport, CampaignWhole } from '../../miniprogram/contract/campaigns';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { listActs, questionOf } from '../../miniprogram/hq/parts/campaignActs';
import { recallShown, reportShown } from '../../miniprogram/hq/recall/view';
import { rowOf } from '../../miniprogram/hq/recalls/view';
import { BRIEF, PREVIEW, TODAY, WHOLE } from './hq-samples';
import { askedFor, loses, mountPage, phone, refuses, replies, settled, startOver, textOf } from './mount';
import type { Mounted } from './mount';

const REPORT: CampaignReport = {
  campaignId: 'c9',
  name: '春季回归周',
  status: 'closed',
  startsOn: TODAY,
  endsOn: addDays(TODAY, 13),
  counts: { assigned: 900, contacted: 700, opened: 300, claimed: 200, redeemed: 90, woken: 108 },
  followedUp: 40,
  heldOut: { members: 100, woken: 5 },
  lift: { value: 0.07, low: 0.012, high: 0.102 },
  definition: '进入活动后28天内有一笔付款。',
};

describe('the report', () => {
  it('tells both arms in plain counts and the difference with its interval', () => {
    const shown = reportShown(REPORT);
    expect(shown.asked).toBe('联系组：900 位里 108 位回来买了');
    expect(shown.heldOut).toBe('对照组：100 位里 5 位自己回来买了');
    expect(shown.lift).toBe('活动多带回 7.0 个百分点，95% 的把握在 1.2 到 10.2 之间');
  });

  it('claims nothing while the interval holds 0 or nobody was held out', () => {
    expect(reportShown({ ...REPORT, lift: { value: 0.01, low: -0.04, high: 0.05 } }).lift).toContain(
      '还不能说有差别',
    );
    expect(reportShown({ ...REPORT, lift: null, heldOut: { members: 0, woken: 0 } })).toMatchObject({
      lift: '',
      heldOut: expect.stringContaining('没有留对照组') as string,
    });
  });
});

describe('a campaign', () => {
  it('offers what is most likely meant next, and times a launch whose day is ahead', () => {
    const of = (known: Partial<CampaignWhole>) => recallShown({ ...WHOLE, ...known });
    expect(of({}).primary?.word).toBe('通过');
    const approved: Partial<CampaignWhole> = {
      status: 'approved',
      acts: ['withdraw', 'schedule', 'launch', 'drop'],
    };
    expect(of(approved).primary?.act).toBe('launch');
    const ahead = of({ ...approved, launchOn: addDays(TODAY, 1) });
    expect(ahead.primary?.act).toBe('schedule');
    expect(ahead.others.map(({ act }) => act)).toEqual(['launch', 'withdraw', 'drop']);
    expect(of({ status: 'live', acts: ['pause', 'close'] }).primary).toBeNull();
    const timed = of({ status: 'scheduled', acts: ['withdraw', 'launch', 'pause', 'drop'] });
    expect(timed.primary).toBeNull();
    expect(timed.others.map(({ act }) => act)).toEqual(['launch', 'pause', 'withdraw', 'drop']);
    expect(of({ waitsForAnother: true, acts: ['withdraw'] }).hint).toContain('另一位总部同事');
  });

  it('asks before what others will feel', () => {
    expect(questionOf('close', '春季')?.title).toContain('春季');
    expect(questionOf('approve', '春季')).toBeNull();
  });

  it('are offered on the list as far as they need no preview', () => {
    const words = (status: CampaignState) => listActs(status).map(({ word }) => word);
    expect(words('submitted')).toEqual(['通过', '退回', '作废']);
    expect(words('live')).toEqual(['暂停', '结束']);
    expect(words('paused')).toEqual(['恢复', '结束']);
    expect(words('closed')).toEqual([]);
  });

  it('stands in the list with what waits for somebody', () => {
    expect(rowOf(BRIEF)).toMatchObject({ status: '进行中', tone: 'open' });
    expect(rowOf({ ...BRIEF, status: 'submitted' })).toMatchObject({ tone: 'waits', line: '3月1日–3月14日' });
  });
});

describe('the page', () => {
  const APPROVED: CampaignWhole = {
    ...WHOLE,
    status: 'approved',
    revision: 3,
    acts: ['withdraw', 'schedule', 'launch', 'drop'],
  };
  let whole: CampaignWhole;
  let done: number;
  beforeEach(() => {
    startOver();
    whole = WHOLE;
    done = 0;
    phone.showModal.mockResolvedValue({ confirm: true, cancel: false });
    replies('campaigns', 'campaign.get', () => whole);
    replies('campaigns', 'campaign.act', () => {
      whole = APPROVED;
      return { status: 'approved' as const, revision: 3 };
    });
    replies('campaigns', 'campaign.preview', () => PREVIEW);
    replies('campaigns', 'campaign.launch', () => ({ campaignId: 'c9' }));
    replies('campaigns', 'campaign.step', () => {
      done += 2060;
      whole = { ...APPROVED, status: 'live', acts: ['pause', 'close'] };
      return { done, total: 4120, finished: done >= 4120 };
    });
  });
  const open = () => mountPage('hq/recall/recall', { id: 'c9' });
  const does = async (page: Mounted, act: string) => {
    page.instance['act']?.({ currentTarget: { dataset: { act } } });
    await settled(20);
  };

  it('approves, then launches exactly what is previewed, chunk by chunk', async () => {
    const page = await open();
    expect(textOf(page)).toContain('待审批');
    await does(page, 'approve');
    expect(askedFor('campaign.act')).toMatchObject([{ ask: { basedOn: 2, act: 'approve' } }]);
    await does(page, 'launch');
    expect(askedFor('campaign.launch')).toMatchObject([{ ask: { campaignId: 'c9', fingerprint: 'f1' } }]);
    expect(askedFor('campaign.step')).toHaveLength(2);
    expect(textOf(page)).toContain('进行中');
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '已全部下发' }));
  });

  it('does nothing when the question is answered no', async () => {
    whole = APPROVED;
    const page = await open();
    phone.showModal.mockResolvedValue({ confirm: false, cancel: true });
    await does(page, 'launch');
    await does(page, 'drop');
    expect(askedFor('campaign.launch')).toHaveLength(0);
    expect(askedFor('campaign.act')).toHaveLength(0);
  });

  it('asks again under the same key when the answer was lost', async () => {
    loses('campaigns', 'campaign.act');
    const page = await open();
    await does(page, 'approve');
    expect(textOf(page)).toContain('网络断开了');
    await does(page, 'approve');
    const keys = askedFor('campaign.act').map((call) => call.requestKey);
    expect(keys[0]).toBe(keys[1]);
  });

  it('says that somebody was faster and shows how it stands', async () => {
    refuses('campaigns', 'campaign.act', { code: 'campaign-stale' });
    const page = await open();
    whole = APPROVED;
    await does(page, 'approve');
    expect(textOf(page)).toContain('刚刚被别人改过');
    expect(textOf(page)).toContain('已通过');
  });

  it('goes on with a launch that stopped', async () => {
    whole = { ...APPROVED, status: 'launching', acts: ['pause', 'close'] };
    refuses('campaigns', 'campaign.step', { code: 'network-lost' });
    const page = await open();
    await settled(20);
    expect(textOf(page)).toContain('下发停在这里');
    whole = { ...whole, status: 'live' };
    replies('campaigns', 'campaign.step', () => ({ done: 4120, total: 4120, finished: true }));
    page.instance['goOn']?.();
    await settled(20);
    expect(textOf(page)).toContain('进行中');
  });
});
