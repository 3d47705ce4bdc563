import type { CampaignReport } from '../../contract/boards';
import { sentenceOf } from '../../contract/failures';
import { definitionOf } from '../../domain/credit/definitions';
import type { Definition, DefinitionId } from '../../domain/credit/definitions';
import { goTo, stopPullDown } from '../../platform/screen';
import { boards } from '../../services/functions';
import { marginTyped, reportShown } from './view';
import type { ReportShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  shown: ReportShown | null;
  campaignNames: string[];
  campaignIndex: number;
  margin: string;
  definition: Definition | null;
  /** whether there are rows behind the opened number */
  hasRows: boolean;
  sheet: '' | 'definition';
  /** the campaign's board may be taken away as a file, asked for like this; null = it may not */
  exportAsk: { campaignId: string; by: 'branch' } | null;
}

/** Where a definition's rows are found: the step whose tasks it counts. */
const STEPS: Partial<Record<DefinitionId, string>> = {
  'wake.claimed.28': 'claimed',
  'wake.redeemed.28': 'redeemed',
  'wake.netPaid.28': 'woken',
  execution: 'contacted',
  completion: 'concluded',
};

Page({
  data: {
    state: 'loading',
    text: '',
    shown: null,
    campaignNames: [],
    campaignIndex: 0,
    margin: '',
    definition: null,
    hasRows: false,
    sheet: '',
    exportAsk: null,
  } as Data,
  campaignId: '',
  branchId: '',
  report: null as CampaignReport | null,
  campaigns: [] as { campaignId: string; name: string }[],
  asked: 0,

  onLoad(query: Record<string, string | undefined>) {
    this.campaignId = query.campaignId ?? '';
    this.branchId = query.branchId ?? '';
    void this.load();
  },
  onUnload() {
    this.asked += 1;
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  async load() {
    const turn = ++this.asked;
    const answer = await boards('report.campaign', {
      ...(this.campaignId ? { campaignId: this.campaignId } : {}),
      ...(this.branchId ? { branchId: this.branchId } : {}),
    });
    if (turn !== this.asked) return;
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    const { campaigns, report, mayExport } = answer.reply;
    this.campaigns = campaigns;
    this.report = report;
    const chosen = report?.campaignId ?? this.campaignId;
    const found = campaigns.findIndex(({ campaignId }) => campaignId === chosen);
    this.setData({
      campaignNames: campaigns.map(({ name }) => name),
      campaignIndex: Math.max(0, found),
      exportAsk: mayExport && report ? { campaignId: report.campaignId, by: 'branch' } : null,
      ...(report
        ? { state: 'ready', text: '', shown: reportShown(report, marginTyped(this.data.margin)) }
        : {
            state: 'empty',
            text:
              campaigns.length === 0
                ? '还没有召回活动。发起活动后，这里说它带回了多少人。'
                : '这个活动还没有下发任务，下发后一分钟内就有报告。',
          }),
    });
  },
  reload() {
    this.setData({ state: 'loading' });
    void this.load();
  },
  pickCampaign(event: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
    const picked = this.campaigns[Number(event.detail.value)];
    if (!picked || picked.campaignId === this.report?.campaignId) return;
    this.campaignId = picked.campaignId;
    this.reload();
  },
  typeMargin(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    const margin = event.detail.value;
    const { report } = this;
    this.setData({ margin, ...(report ? { shown: reportShown(report, marginTyped(margin)) } : {}) });
  },
  openDefinition(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: DefinitionId };
    this.setData({ sheet: 'definition', definition: definitionOf(id), hasRows: STEPS[id] !== undefined });
  },
  openRows() {
    const { definition } = this.data;
    const step = definition && STEPS[definition.id];
    if (!step || !this.report) return;
    const branch = this.report.branchId ? `&branchId=${encodeURIComponent(this.report.branchId)}` : '';
    this.setData({ sheet: '' });
    goTo(`/manager/rows/rows?campaignId=${encodeURIComponent(this.report.campaignId)}&step=${step}${branch}`);
  },
  openBoard() {
    if (this.report) goTo(`/manager/board/board?campaignId=${encodeURIComponent(this.report.campaignId)}`);
  },
  closeSheet() {
    this.setData({ sheet: '' });
  },
  popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
    if (!event.detail.visible) this.closeSheet();
  },
});
