import { sentenceOf } from '../../contract/failures';
import type { CampaignBrief, CampaignStepAct } from '../../contract/campaigns';
import { CAMPAIGN_STATE_WORDS } from '../../domain/outreach/campaign/life';
import { newRequestKey } from '../../platform/requestKey';
import { ask, choose, goTo, say, stopPullDown, tell, tick } from '../../platform/screen';
import { campaigns } from '../../services/functions';
import { listActs, questionOf } from '../parts/campaignActs';
import { rowOf } from './view';
import type { RecallRow } from './view';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  rows: RecallRow[];
  /** the campaign an act is under way for; '' = none */
  busy: string;
}

/** The newest campaigns, whatever became of them. */
Page({
  data: { state: 'loading', text: '', rows: [], busy: '' } as Data,
  briefs: [] as CampaignBrief[],
  /** names each act on the revision that is seen: one whose answer was lost is asked for again by the same key */
  keys: {} as Record<string, string>,

  onShow() {
    void this.load();
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
    const answer = await campaigns('campaign.list', {});
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.briefs = answer.reply.campaigns;
    const rows = this.briefs.map(rowOf);
    this.setData({
      state: rows.length > 0 ? 'ready' : 'empty',
      text: '还没有召回活动。选好人群和优惠，一次就能把任务分到每位导购手里。',
      rows,
    });
  },
  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    goTo(`/hq/recall/recall?id=${id}`);
  },
  /** 通过, 暂停, 恢复, 结束 without opening it; what others feel is asked first, as on its own page. */
  async openMenu(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const brief = this.briefs.find(({ campaignId }) => campaignId === id);
    if (!brief || this.data.busy) return;
    const acts = listActs(brief.status);
    const chosen = await choose(acts.map(({ word }) => `${word}“${brief.name.slice(0, 12)}”`));
    const act = chosen === null ? undefined : acts[chosen]?.act;
    if (!act) return;
    const question = questionOf(act, brief.name);
    if (question && !(await ask(question.title, question.text))) return;
    await this.does(act, brief);
  },
  async does(act: CampaignStepAct, { campaignId, revision }: CampaignBrief) {
    const key = (this.keys[`${campaignId} ${act} ${revision}`] ??= newRequestKey());
    this.setData({ busy: campaignId });
    const answer = await campaigns('campaign.act', { campaignId, basedOn: revision, act }, key);
    this.setData({ busy: '' });
    if (answer.ok) {
      tick();
      say(CAMPAIGN_STATE_WORDS[answer.reply.status]);
    } else await tell(sentenceOf(answer.failure));
    await this.load();
  },
  openNew() {
    goTo('/hq/campaign/campaign');
  },
});
