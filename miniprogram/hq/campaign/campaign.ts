import { sentenceOf } from '../../contract/failures';
import type { CampaignPlan } from '../../contract/campaigns';
import { addDays, dayOf } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { VALUES } from '../../domain/membership/types';
import type { Lifecycle, Value } from '../../domain/membership/types';
import { DISTANCES } from '../../domain/outreach/campaign/audience';
import type { Distance } from '../../domain/outreach/campaign/audience';
import { newRequestKey } from '../../platform/requestKey';
import { replaceBy, say } from '../../platform/screen';
import { campaigns } from '../../services/functions';
import { assignmentShown } from '../parts/assignmentShown';
import type { AssignmentShown } from '../parts/assignmentShown';
import {
  missingIn,
  RECALLABLE,
  tidied,
  toggled,
  withAudience,
  withFollowUp,
  withLength,
  withNotice,
  withScript,
  withStart,
  withTags,
} from './plan';
import type { PlanStep } from './plan';
import type { Chip } from './chips';
import { laterSteps } from './ladders';
import { categoryChips, countShown, planShown } from './view';
import type { PlanShown } from './view';

const STEPS = ['人群', '优惠', '话术', '节奏', '预览'];
const PLAN_STEPS: readonly PlanStep[] = ['audience', 'offer', 'scripts', 'rhythm'];
const PREVIEW = PLAN_STEPS.length;
const COUNT_AFTER_MS = 250;

interface Data {
  state: 'loading' | 'error' | 'ready';
  text: string;
  steps: string[];
  step: number;
  plan: PlanShown | null;
  /** the plan itself, for the step that chooses scripts */
  whole: CampaignPlan | null;
  branches: { branchId: string; name: string }[];
  branchIds: string[];
  branchesOpen: boolean;
  categories: Chip[];
  /** 品类 that members buy, those asked for first */
  known: string[];
  /** how many members the audience has; '' while it is being counted */
  count: string;
  preview: AssignmentShown | null;
  previewing: boolean;
  saving: boolean;
  /** a sentence above the buttons: what is missing, or what was refused */
  notice: string;
}

Page({
  data: {
    state: 'loading',
    text: '',
    steps: STEPS,
    step: 0,
    plan: null,
    whole: null,
    branches: [],
    branchIds: [],
    branchesOpen: false,
    categories: [],
    known: [],
    count: '',
    preview: null,
    previewing: false,
    saving: false,
    notice: '',
  } as Data,
  plan: null as CampaignPlan | null,
  today: dayOf(0) as Day,
  /** the draft that is being edited; '' = not kept yet */
  campaignId: '',
  revision: 0,
  /** what stands on the server is what stands here */
  isKept: false,
  /** name the keeping and the submitting of this very plan, so that a lost answer is asked for again */
  saveKey: '',
  submitKey: '',
  knownCategories: [] as string[],
  counting: 0,
  timer: undefined as ReturnType<typeof setTimeout> | undefined,

  onLoad(query: { id?: string }) {
    this.campaignId = query.id ?? '';
    void this.load();
  },
  onUnload() {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.counting += 1;
  },

  async load() {
    this.setData({ state: 'loading' });
    const answer = await campaigns('campaign.open', { campaignId: this.campaignId || null });
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    const { today, plan, revision, categories, branches } = answer.reply;
    this.today = today;
    this.knownCategories = categories;
    this.revision = revision;
    this.change(plan);
    this.setData({ state: 'ready', branches, known: categories, count: countShown(answer.reply) });
  },

  /** Every change of the plan makes the preview worthless. */
  change(plan: CampaignPlan) {
    const isOther = JSON.stringify(plan.audience) !== JSON.stringify(this.plan?.audience);
    this.plan = plan;
    this.isKept = false;
    this.saveKey = '';
    this.submitKey = '';
    this.setData({
      plan: planShown(plan, this.today),
      whole: plan,
      branchIds: plan.audience.branchIds ?? [],
      categories: categoryChips(plan, this.knownCategories),
      preview: null,
      notice: '',
    });
    if (!isOther || this.data.state !== 'ready') return;
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.count(), COUNT_AFTER_MS);
  },

  /** Counts the audience as it stands; an answer that was overtaken is not shown. */
  async count() {
    const { plan } = this;
    if (!plan || missingIn({ ...plan, name: '-' }, 'audience')) {
      this.setData({ count: '' });
      return;
    }
    this.counting += 1;
    const turn = this.counting;
    const answer = await campaigns('audience.count', { audience: plan.audience });
    if (turn !== this.counting) return;
    this.setData({ count: answer.ok ? countShown(answer.reply) : sentenceOf(answer.failure) });
  },

  pick(event: WechatMiniprogram.TouchEvent) {
    const { of, id } = event.currentTarget.dataset as { of: string; id: string };
    this.choose(of, id);
  },
  pickIn(event: WechatMiniprogram.CustomEvent<{ of: string; id: string }>) {
    this.choose(event.detail.of, event.detail.id);
  },
  choose(of: string, id: string) {
    const { plan } = this;
    if (!plan) return;
    const { audience, rhythm } = plan;
    const days = rhythm?.followUp?.days ?? 0;
    const changed: Record<string, () => CampaignPlan> = {
      lifecycle: () =>
        withAudience(plan, { lifecycles: toggled(audience.lifecycles, id as Lifecycle, RECALLABLE) }),
      value: () => withAudience(plan, { values: toggled(audience.values, id as Value, VALUES) }),
      category: () => {
        const chosen = audience.tags?.categories ?? [];
        return withTags(plan, { categories: toggled(chosen, id, [...new Set([...chosen, id])]) });
      },
      promotion: () => withTags(plan, { promotion: audience.tags?.promotion !== true }),
      distance: () =>
        withTags(plan, { distances: toggled(audience.tags?.distances ?? [], id as Distance, DISTANCES) }),
      start: () => withStart(plan, addDays(this.today, Number(id))),
      length: () => withLength(plan, Number(id)),
      notice: () => withNotice(plan, Number(id)),
      followUp: () => withFollowUp(plan, Number(id), plan.followUpOffer ? laterSteps(plan) : 1),
      deeper: () => withFollowUp(plan, days, Number(id)),
      waves: () => ({ ...plan, waves: Number(id) === 0 ? null : { perDay: Number(id) } }),
      rest: () => ({ ...plan, restDays: Number(id) < 0 ? null : Number(id) }),
      capacity: () => ({ ...plan, dailyCapacity: Number(id) }),
      holdout: () => ({ ...plan, holdout: Number(id) / 100 }),
    };
    const after = changed[of]?.();
    if (after) this.change(after);
  },
  write(event: WechatMiniprogram.Input) {
    if (this.plan) this.change({ ...this.plan, name: event.detail.value });
  },
  takePlan(event: WechatMiniprogram.CustomEvent<{ plan: CampaignPlan }>) {
    this.change(event.detail.plan);
  },
  openBranches() {
    this.setData({ branchesOpen: !this.data.branchesOpen });
  },
  pickBranches(event: WechatMiniprogram.CustomEvent<{ ids: string[] }>) {
    const { ids } = event.detail;
    if (this.plan) this.change(withAudience(this.plan, { branchIds: ids.length > 0 ? ids : null }));
  },
  pickScript(
    event: WechatMiniprogram.CustomEvent<{ lifecycle: Lifecycle; value: Value | null; scriptId: string }>,
  ) {
    const { lifecycle, value, scriptId } = event.detail;
    if (this.plan) this.change(withScript(this.plan, lifecycle, scriptId, value));
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

  async look() {
    if (!this.plan || this.data.previewing) return;
    this.setData({ previewing: true, preview: null, notice: '' });
    const answer = await campaigns('campaign.preview', { plan: tidied(this.plan) });
    this.setData(
      answer.ok
        ? { previewing: false, preview: assignmentShown(answer.reply) }
        : { previewing: false, notice: sentenceOf(answer.failure) },
    );
  },
  lookAgain() {
    void this.look();
  },

  /** Keeps the plan as a draft. @returns whether it stands on the server as it stands here */
  async keep(): Promise<boolean> {
    const { plan } = this;
    if (!plan || this.data.saving) return false;
    if (this.isKept) return true;
    this.saveKey = this.saveKey || newRequestKey();
    this.setData({ saving: true, notice: '' });
    const answer = await campaigns(
      'campaign.save',
      { campaignId: this.campaignId || null, basedOn: this.revision, plan: tidied(plan) },
      this.saveKey,
    );
    this.setData({ saving: false, notice: answer.ok ? '' : sentenceOf(answer.failure) });
    if (!answer.ok) return false;
    this.campaignId = answer.reply.campaignId;
    this.revision = answer.reply.revision;
    this.isKept = true;
    return true;
  },
  async save() {
    if (await this.keep()) say('草稿已保存');
  },
  async submit() {
    if (!(await this.keep())) return;
    this.submitKey = this.submitKey || newRequestKey();
    this.setData({ saving: true });
    const answer = await campaigns(
      'campaign.act',
      { campaignId: this.campaignId, basedOn: this.revision, act: 'submit' },
      this.submitKey,
    );
    this.setData({ saving: false, notice: answer.ok ? '' : sentenceOf(answer.failure) });
    if (answer.ok) replaceBy(`/hq/recall/recall?id=${this.campaignId}`);
  },
});
