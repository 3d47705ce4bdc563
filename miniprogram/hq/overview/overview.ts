import { sentenceOf } from '../../contract/failures';
import type { JobProgress } from '../../contract/members';
import type { Outcome } from '../../contract/outcome';
import { pause } from '../../platform/pause';
import { goTo, say, stopPullDown } from '../../platform/screen';
import { campaigns, members } from '../../services/functions';
import { inLanes } from '../parts/inLanes';
import { REBUILD_JOB } from '../parts/rebuildJob';
import { rebuildShown } from '../parts/rebuildShown';
import type { RebuildShown } from '../parts/rebuildShown';
import { untilFinished } from '../parts/untilFinished';
import { ENTRIES, entryGroups } from './entries';
import type { Entry, EntryGroup } from './entries';
import { campaignShown, launchedOf, overviewShown, progressShown, waitingText } from './view';
import type { CampaignShown, OverviewShown, ProgressShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  failure: string;
  chain: string;
  shown: OverviewShown | null;
  campaigns: CampaignShown[];
  /** everything else headquarters can do, most used first */
  groups: EntryGroup[];
  /** campaigns that have not gone out; '' = none */
  campaignsWaiting: string;
  /** why the campaigns are not shown; '' = they are */
  campaignsFailure: string;
  settling: ProgressShown | null;
  /** new rules on their way through the members; null = none */
  rebuild: RebuildShown | null;
  /** grows with each reading: the cards that read for themselves read again */
  fresh: number;
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
    groups: [],
    campaignsWaiting: '',
    campaignsFailure: '',
    settling: null,
    rebuild: null,
    fresh: 0,
    launching: '',
  } as Data,
  left: false,
  hidden: false,
  rebuilding: false,

  // Also after coming back from an import or a launch: the numbers have changed by then.
  onShow() {
    this.hidden = false;
    void this.load();
  },
  onHide() {
    this.hidden = true;
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
      groups: entryGroups(overview.reply),
      rebuild: this.rebuilding ? this.data.rebuild : overviewShown(overview.reply).rebuild,
      fresh: this.data.fresh + 1,
      campaigns: list.ok ? launchedOf(list.reply.campaigns).map(campaignShown) : [],
      campaignsWaiting: list.ok ? waitingText(list.reply.campaigns) : '',
      campaignsFailure: list.ok ? '' : sentenceOf(list.failure),
    });
    if (this.data.rebuild) void this.followRebuild();
  },

  /** Helps the rebuild along while somebody looks; another page or the pulse goes on without us. */
  async followRebuild() {
    if (this.rebuilding) return;
    this.rebuilding = true;
    const isAway = () => this.left || this.hidden;
    const failure = await inLanes(1, {
      ...REBUILD_JOB,
      onProgress: (progress) => this.setData({ rebuild: rebuildShown(progress) }),
      left: isAway,
    });
    this.rebuilding = false;
    if (isAway()) return;
    if (failure) {
      this.setData({ 'rebuild.text': `${sentenceOf(failure)}后台会接着做，下拉可以刷新。` });
      return;
    }
    this.setData({ rebuild: null });
    await this.load();
  },

  openCell(event: WechatMiniprogram.TouchEvent) {
    const { lifecycle, value } = event.currentTarget.dataset as { lifecycle: string; value?: string };
    goTo(`/hq/members/members?lifecycle=${lifecycle}${value ? `&value=${value}` : ''}`);
  },
  enter(event: WechatMiniprogram.TouchEvent) {
    const { to } = event.currentTarget.dataset as { to: Entry };
    goTo(ENTRIES[to]);
  },
  openImport() {
    goTo('/hq/import/import');
  },
  openNewCampaign() {
    goTo('/hq/campaign/campaign');
  },
  openRecall(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    goTo(`/hq/recall/recall?id=${id}`);
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
