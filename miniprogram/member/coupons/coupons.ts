import { sentenceOf } from '../../contract/failures';
import { stopPullDown } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { mineView, NO_COUPONS } from './view';
import type { MineShown } from './view';

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  mine: MineShown | null;
  /** the coupon whose code is shown */
  opened: string;
}
interface Custom {
  load(): Promise<void>;
  onToggle(e: WechatMiniprogram.TouchEvent): void;
}

Page<Data, Custom>({
  data: { state: 'loading', sentence: '', mine: null, opened: '' },

  onShow() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },

  async load() {
    const answer = await gifts('coupon.mine', {});
    if (!answer.ok) {
      if (!this.data.mine) this.setData({ state: 'error', sentence: sentenceOf(answer.failure) });
      return;
    }
    const mine = mineView(answer.reply);
    // With one coupon to use there is nothing to choose: its code lies open.
    const ready = mine.groups[0]?.id === 'unused' ? mine.groups[0].stubs : [];
    const only = ready.length === 1 ? (ready[0]?.couponId ?? '') : '';
    this.setData({
      state: mine.groups.length ? 'ready' : 'empty',
      sentence: NO_COUPONS,
      mine,
      opened: this.data.opened || only,
    });
  },

  onToggle(e) {
    const id = String(e.currentTarget.dataset['id']);
    this.setData({ opened: this.data.opened === id ? '' : id });
  },
});
