import { sentenceOf } from '../../contract/failures';
import { goTo, stopPullDown } from '../../platform/screen';
import { campaigns } from '../../services/functions';
import { rowOf } from './view';
import type { RecallRow } from './view';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  rows: RecallRow[];
}

/** The newest campaigns, whatever became of them. */
Page({
  data: { state: 'loading', text: '', rows: [] } as Data,

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
    const rows = answer.reply.campaigns.map(rowOf);
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
  openNew() {
    goTo('/hq/campaign/campaign');
  },
});
