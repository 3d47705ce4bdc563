import { exactCount } from '../../components/stat-tile/count';
import type { CampaignStepAct, CampaignWhole } from '../../contract/campaigns';
import { sentenceOf } from '../../contract/failures';
import type { Failure } from '../../contract/failures';
import type { JobProgress } from '../../contract/members';
import type { CampaignAct } from '../../domain/outreach/campaign/life';
import { pause } from '../../platform/pause';
import { newRequestKey } from '../../platform/requestKey';
import { ask, goTo, say, stopPullDown, tick } from '../../platform/screen';
import { campaigns } from '../../services/functions';
import { assignmentShown } from '../parts/assignmentShown';
import { questionOf } from '../parts/campaignActs';
import { percentOf, untilFinished } from '../parts/untilFinished';
import { recallShown } from './view';
import type { RecallShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  text: string;
  shown: RecallShown | null;
  /** an act is under way */
  busy: boolean;
  notice: string;
  /** null while nothing is being launched */
  progress: { percent: number; text: string } | null;
  /** the launch stopped and can be gone on with */
  stopped: boolean;
}

/** One campaign: where it stands, what can be done with it, what became of it. */
Page({
  data: {
    state: 'loading',
    text: '',
    shown: null,
    busy: false,
    notice: '',
    progress: null,
    stopped: false,
  } as Data,
  campaignId: '',
  whole: null as CampaignWhole | null,
  /** names each act on the revision that is seen: one whose answer was lost is asked for again by the same key */
  keys: {} as Record<string, string>,
  launching: false,
  left: false,

  onLoad(query: { id?: string }) {
    this.campaignId = query.id ?? '';
  },
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
    const answer = await campaigns('campaign.get', { campaignId: this.campaignId });
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.whole = answer.reply;
    this.setData({ state: 'ready', shown: recallShown(answer.reply) });
    if (answer.reply.status === 'launching') void this.goOn();
  },

  keyOf(act: CampaignAct): string {
    const name = `${act} ${this.whole?.revision ?? 0}`;
    return (this.keys[name] ??= newRequestKey());
  },

  async act(event: WechatMiniprogram.TouchEvent) {
    const { act } = event.currentTarget.dataset as { act: Exclude<CampaignAct, 'save'> };
    const { whole } = this;
    if (!whole || this.data.busy) return;
    if (act === 'launch') {
      await this.launch();
      return;
    }
    const question = questionOf(act, whole.plan.name);
    if (question && !(await ask(question.title, question.text))) return;
    await this.does(act, whole);
  },

  async does(act: CampaignStepAct, { campaignId, revision }: CampaignWhole) {
    this.setData({ busy: true, notice: '' });
    const key = this.keyOf(act);
    const answer = await campaigns('campaign.act', { campaignId, basedOn: revision, act }, key);
    this.setData({ busy: false });
    if (!answer.ok) {
      this.refused(answer.failure);
      return;
    }
    tick();
    await this.load();
  },

  /** Shows the refusal; where somebody was faster, also how it stands now. */
  refused(failure: Failure) {
    this.setData({ notice: sentenceOf(failure) });
    if (failure.code === 'campaign-stale' || failure.code === 'campaign-state') void this.load();
  },

  /** Previews once more, asks with the numbers, and launches exactly what was previewed. */
  async launch() {
    const { whole } = this;
    if (!whole) return;
    const { campaignId, plan } = whole;
    this.setData({ busy: true, notice: '' });
    const preview = await campaigns('campaign.preview', { plan });
    this.setData({ busy: false });
    if (!preview.ok) {
      this.refused(preview.failure);
      return;
    }
    const { tasks, question, nothing } = assignmentShown(preview.reply);
    if (nothing) {
      this.setData({ notice: nothing });
      return;
    }
    if (!(await ask(`下发 ${tasks} 个任务？`, question, '下发'))) return;
    this.setData({ busy: true });
    const { fingerprint } = preview.reply;
    const answer = await campaigns('campaign.launch', { campaignId, fingerprint }, this.keyOf('launch'));
    this.setData({ busy: false });
    if (answer.ok) await this.goOn();
    else this.refused(answer.failure);
  },

  /** Writes the tasks chunk by chunk; also goes on after a failure. The pulse does the same when nobody looks. */
  async goOn() {
    if (this.launching) return;
    this.launching = true;
    this.setData({ notice: '', stopped: false, progress: { percent: 0, text: '正在下发' } });
    const failure = await untilFinished({
      step: () => campaigns('campaign.step', { campaignId: this.campaignId }),
      onProgress: (progress) => this.setData({ progress: progressShown(progress) }),
      left: () => this.left,
      wait: pause,
    });
    this.launching = false;
    if (this.left) return;
    if (failure) {
      this.setData({ stopped: true, notice: sentenceOf(failure) });
      return;
    }
    tick();
    await this.load();
    this.setData({ progress: null });
    if (this.whole?.status === 'live') say('已全部下发');
  },

  edit() {
    goTo(`/hq/campaign/campaign?id=${this.campaignId}`);
  },
  openBoard() {
    goTo(`/manager/board/board?campaignId=${this.campaignId}`);
  },
});

function progressShown(progress: JobProgress): { percent: number; text: string } {
  return {
    percent: percentOf(progress),
    text: `已下发 ${exactCount(Math.min(progress.done, progress.total))} / ${exactCount(progress.total)}`,
  };
}
