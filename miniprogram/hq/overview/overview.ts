import { sentenceOf } from '../../contract/failures';
import type { JobProgress } from '../../contract/members';
import type { Outcome } from '../../contract/outcome';
import { pause } from '../../platform/pause';
import { goTo, say, stopPullDown } from '../../platform/screen';
import { campaigns, members } from '../../services/functions';
import { untilFinished } from '../parts/untilFinished';
import { campaignShown, overviewShown, progressShown } from './view';
import type { CampaignShown, OverviewShown, ProgressShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  failure: string;
  chain: string;
  shown: OverviewShown | null;
  campaigns: CampaignShown[];
  /** why the campaigns are not shown; '' = they are */
  campaignsFailure: string;
  settling: ProgressShown | null;
  /** the campaign whose launch this page keeps going; '' = none */
  launching: string;
}

Page({
  data: {
    state: 'loading',
    failure: '',
    chain: '',
    shown: null,
    campaigns: [],
    campaignsFailure: '',
    settling: null,
    launching: '',
  } as Data,
  left: false,

  // Also after coming back from an import or a launch: the numbers have changed by then.
  onShow() {
    void this.load();
  },
  onUnload() {
    this.left = true;
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  retry() {
    this.setData({ state: 'loading' });
    void this.load();
  },

  async load() {
    const [session, overview, list] = await Promise.all([
      members('session.open', {}),
      members('tier.overview', {}),
      campaigns('campaign.list', {}),
    ]);
    if (!overview.ok) {
      this.setData({ state: 'error', failure: sentenceOf(overview.failure) });
      return;
    }
    this.setData({
      state: 'ready',
      failure: '',
      chain: session.ok ? session.reply.chain.name : '',
      shown: overviewShown(overview.reply),
      campaigns: list.ok ? list.reply.campaigns.map(campaignShown) : [],
      campaignsFailure: list.ok ? '' : sentenceOf(list.failure),
    });
  },

  openCell(event: WechatMiniprogram.TouchEvent) {
    const { lifecycle, value } = event.currentTarget.dataset as { lifecycle: string; value?: string };
    goTo(`/hq/members/members?lifecycle=${lifecycle}${value ? `&value=${value}` : ''}`);
  },
  openImport() {
    goTo('/hq/import/import');
  },
  openNewCampaign() {
    goTo('/hq/campaign/campaign');
  },
  openBoard(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    goTo(`/manager/board/board?campaignId=${id}`);
  },

  async settle() {
    if (this.data.settling) return;
    this.setData({ settling: { percent: 0, text: '正在计入分层' } });
    await this.keepGoing(
      () => members('import.settle', {}),
      (progress) => this.setData({ settling: progressShown(progress, '已计入') }),
    );
    this.setData({ settling: null });
    await this.load();
  },

  async continueLaunch(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    if (this.data.launching) return;
    this.setData({ launching: id });
    await this.keepGoing(
      () => campaigns('campaign.step', { campaignId: id }),
      (progress) => {
        const launch = progressShown(progress, '已下发');
        this.setData({
          campaigns: this.data.campaigns.map((c) => (c.campaignId === id ? { ...c, launch } : c)),
        });
      },
    );
    this.setData({ launching: '' });
    await this.load();
  },

  async keepGoing(step: () => Promise<Outcome<JobProgress>>, onProgress: (progress: JobProgress) => void) {
    const failure = await untilFinished({ step, onProgress, left: () => this.left, wait: pause });
    if (failure) say(sentenceOf(failure));
  },
});
