import { exactCount } from '../../components/stat-tile/count';
import { sentenceOf } from '../../contract/failures';
import type { AssignmentPreview, CampaignPlan } from '../../contract/campaigns';
import type { JobProgress } from '../../contract/members';
import { VALUES } from '../../domain/membership/types';
import type { Lifecycle, Value } from '../../domain/membership/types';
import { pause } from '../../platform/pause';
import { newRequestKey } from '../../platform/requestKey';
import { ask, goTo, say, startAt, tick } from '../../platform/screen';
import { campaigns } from '../../services/functions';
import { percentOf, untilFinished } from '../parts/untilFinished';
import { missingIn, RECALLABLE, tidied, toggled, withAudience, withLength } from './plan';
import type { PlanStep } from './plan';
import { previewShown } from './preview';
import type { PreviewShown } from './preview';
import { planShown } from './view';
import type { PlanShown } from './view';

const STEPS = ['人群', '优惠', '节奏', '预览'];
const PLAN_STEPS: readonly PlanStep[] = ['audience', 'offer', 'rhythm'];
const PREVIEW = 3;
/** Branches drawn at first in the preview's list. */
const BRANCHES_AT_FIRST = 10;

interface Data {
  state: 'loading' | 'error' | 'ready';
  text: string;
  steps: string[];
  step: number;
  plan: PlanShown | null;
  preview: PreviewShown | null;
  previewing: boolean;
  /** a sentence above the buttons: what is missing, or what was refused */
  notice: string;
  openBranch: string;
  branchesDrawn: number;
  /** 'no' until the launch was confirmed */
  launch: 'no' | 'running' | 'stopped' | 'done';
  progress: { percent: number; text: string };
}

Page({
  data: {
    state: 'loading',
    text: '',
    steps: STEPS,
    step: 0,
    plan: null,
    preview: null,
    previewing: false,
    notice: '',
    openBranch: '',
    branchesDrawn: BRANCHES_AT_FIRST,
    launch: 'no',
    progress: { percent: 0, text: '' },
  } as Data,
  plan: null as CampaignPlan | null,
  preview: null as AssignmentPreview | null,
  /** names the launch of this very preview; '' = not begun */
  launchKey: '',
  campaignId: '',
  left: false,

  onLoad() {
    void this.load();
  },
  onUnload() {
    this.left = true;
  },

  async load() {
    this.setData({ state: 'loading' });
    const answer = await campaigns('campaign.draft', {});
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.change(answer.reply);
    this.setData({ state: 'ready' });
  },

  /** Every change of the plan makes the preview worthless. */
  change(plan: CampaignPlan) {
    this.plan = plan;
    this.preview = null;
    this.setData({ plan: planShown(plan), preview: null, notice: '' });
  },

  pick(event: WechatMiniprogram.TouchEvent) {
    const { of, id } = event.currentTarget.dataset as { of: string; id: string };
    const { plan } = this;
    if (!plan) return;
    const { audience } = plan;
    const changed: Record<string, () => CampaignPlan> = {
      lifecycle: () =>
        withAudience(plan, { lifecycles: toggled(audience.lifecycles, id as Lifecycle, RECALLABLE) }),
      value: () => withAudience(plan, { values: toggled(audience.values, id as Value, VALUES) }),
      validHours: () => ({ ...plan, offer: { ...plan.offer, validHours: Number(id) } }),
      length: () => withLength(plan, Number(id)),
      capacity: () => ({ ...plan, dailyCapacity: Number(id) }),
      holdout: () => ({ ...plan, holdout: Number(id) / 100 }),
    };
    const after = changed[of]?.();
    if (after) this.change(after);
  },
  write(event: WechatMiniprogram.Input) {
    const { of } = event.currentTarget.dataset as { of: string };
    const text = event.detail.value;
    const { plan } = this;
    if (!plan) return;
    if (of === 'name') this.change({ ...plan, name: text });
    if (of === 'title') this.change({ ...plan, offer: { ...plan.offer, title: text } });
    if (of === 'trial') this.change({ ...plan, offer: { ...plan.offer, trial: text } });
  },

  back() {
    if (this.data.step > 0) this.setData({ step: this.data.step - 1, notice: '' });
  },
  next() {
    const { step } = this.data;
    const planStep = PLAN_STEPS[step];
    if (!this.plan || !planStep) return;
    const notice = missingIn(this.plan, planStep);
    this.setData({ notice, step: notice ? step : step + 1 });
    if (!notice && step + 1 === PREVIEW) void this.look();
  },

  async look(notice = '') {
    if (!this.plan || this.data.previewing) return;
    this.launchKey = '';
    this.setData({ previewing: true, preview: null, notice });
    const answer = await campaigns('campaign.preview', { plan: tidied(this.plan) });
    if (!answer.ok) {
      // Nobody fits: the way on is a wider audience, so that step opens with the sentence.
      const step = answer.failure.code === 'campaign-empty' ? 0 : this.data.step;
      this.setData({ previewing: false, step, notice: sentenceOf(answer.failure) });
      return;
    }
    this.preview = answer.reply;
    this.setData({
      previewing: false,
      preview: previewShown(answer.reply),
      openBranch: '',
      branchesDrawn: BRANCHES_AT_FIRST,
    });
  },
  lookAgain() {
    void this.look();
  },
  swapBranch(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.setData({ openBranch: this.data.openBranch === id ? '' : id });
  },
  allBranches() {
    this.setData({ branchesDrawn: this.preview?.branches.length ?? 0 });
  },

  async launch() {
    const { preview } = this.data;
    if (!preview || this.data.launch === 'running') return;
    if (!(await ask(`下发 ${preview.tasks} 个任务？`, preview.question, '下发'))) return;
    await this.begin();
  },

  async begin() {
    if (!this.plan || !this.preview || this.data.launch === 'running') return;
    // Kept until a new preview: a launch whose answer was lost is asked for again by the same key and happens once.
    this.launchKey = this.launchKey || newRequestKey();
    this.setData({ launch: 'running', notice: '', progress: { percent: 0, text: '正在下发' } });
    const { fingerprint } = this.preview;
    const answer = await campaigns(
      'campaign.launch',
      { plan: tidied(this.plan), fingerprint },
      this.launchKey,
    );
    if (answer.ok) {
      this.campaignId = answer.reply.campaignId;
      await this.goOn();
      return;
    }
    this.setData({ launch: 'no', notice: sentenceOf(answer.failure) });
    if (answer.failure.code === 'preview-stale')
      await this.look('预览之后会员或导购有变动，已经重新预览，请再看一眼后下发。');
  },

  /** Writes the tasks chunk by chunk; also goes on after a failure. */
  async goOn() {
    this.setData({ launch: 'running', notice: '' });
    const failure = await untilFinished({
      step: () => campaigns('campaign.step', { campaignId: this.campaignId }),
      onProgress: (progress) => this.setData({ progress: launchProgress(progress) }),
      left: () => this.left,
      wait: pause,
    });
    if (this.left) return;
    if (failure) {
      this.setData({ launch: 'stopped', notice: sentenceOf(failure) });
      return;
    }
    tick();
    say('已全部下发');
    this.setData({ launch: 'done' });
  },

  openBoard() {
    goTo(`/manager/board/board?campaignId=${this.campaignId}`);
  },
  goHome() {
    startAt('/hq/overview/overview');
  },
});

function launchProgress(progress: JobProgress): Data['progress'] {
  return {
    percent: percentOf(progress),
    text: `已下发 ${exactCount(Math.min(progress.done, progress.total))} / ${exactCount(progress.total)}`,
  };
}
