import type { CampaignBrief } from '../../miniprogram/contract/campaigns';
import { BRIEF } from './hq-samples';
import { askedFor, hands, loses, mountPage, phone, refuses, replies, startOver, tap, textOf } from './mount';

const many = (n: number): CampaignBrief[] =>
  Array.from({ length: n }, (_none, i) => ({ ...BRIEF, campaignId: `c${i}`, name: `第${i}次回归周` }));

beforeEach(() => {
  startOver();
  phone.showModal.mockResolvedValue({ confirm: true, cancel: false });
  phone.showActionSheet.mockResolvedValue({ tapIndex: 0 });
  replies('campaigns', 'campaign.list', () => ({
    campaigns: [BRIEF, { ...BRIEF, campaignId: 'old', status: 'closed' as const }],
  }));
  replies('campaigns', 'campaign.act', () => ({ status: 'paused' as const, revision: 5 }));
});

describe('the list of campaigns', () => {
  it('pauses one by its menu, after asking, on the revision that was seen', async () => {
    const page = await mountPage('hq/recalls/recalls');
    await tap(page, '.main--recalls__menu');
    expect(phone.showActionSheet).toHaveBeenCalledWith({
      itemList: ['暂停“春季回归周”', '结束“春季回归周”'],
    });
    expect(phone.showModal).toHaveBeenCalledWith(expect.objectContaining({ title: '暂停“春季回归周”？' }));
    expect(askedFor('campaign.act')).toMatchObject([{ ask: { campaignId: 'c1', basedOn: 4, act: 'pause' } }]);
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '已暂停' }));
    expect(askedFor('campaign.list')).toHaveLength(2);
  });

  it('does nothing when it is thought better of, and has no menu for what is over', async () => {
    const page = await mountPage('hq/recalls/recalls');
    expect(page.dom.querySelectorAll('.main--recalls__menu')).toHaveLength(1);
    phone.showModal.mockResolvedValue({ confirm: false, cancel: true });
    await hands(page, 'openMenu', {}, { id: 'c1' });
    phone.showActionSheet.mockRejectedValueOnce(new Error('cancel'));
    await hands(page, 'openMenu', {}, { id: 'c1' });
    expect(askedFor('campaign.act')).toEqual([]);
  });

  it('asks again by the same key when the answer was lost, and says why it was refused', async () => {
    const page = await mountPage('hq/recalls/recalls');
    loses('campaigns', 'campaign.act');
    await hands(page, 'openMenu', {}, { id: 'c1' });
    refuses('campaigns', 'campaign.act', { code: 'campaign-stale' });
    await hands(page, 'openMenu', {}, { id: 'c1' });
    const keys = askedFor('campaign.act').map(({ requestKey }) => requestKey);
    expect(keys[0]).toBe(keys[1]);
    expect(phone.showModal).toHaveBeenLastCalledWith(
      expect.objectContaining({ content: expect.stringContaining('刚刚被别人改过') as string }),
    );
  });

  it('says what a campaign is when there is none, and where the list ends', async () => {
    replies('campaigns', 'campaign.list', () => ({ campaigns: [] }));
    expect(textOf(await mountPage('hq/recalls/recalls'))).toContain('还没有召回活动');
    replies('campaigns', 'campaign.list', () => ({ campaigns: many(20) }));
    expect(textOf(await mountPage('hq/recalls/recalls'))).toContain('这里是最近 20 个活动');
  });
});
