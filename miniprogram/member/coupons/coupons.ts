import { sentenceOf } from '../../contract/failures';
import { spokenTime } from '../../domain/kernel/day';
import { onConnected } from '../../platform/network';
import { goTo, stopPullDown } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { mineView, NO_COUPONS } from './view';
import type { MineShown } from './view';

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  mine: MineShown | null;
  /** the coupon whose code is shown */
  opened: string;
  tab: string;
  /** the code for a branch without network, of the coupon that is opened */
  offline: { code: string; until: string } | null;
  offlineNote: string;
}
interface Custom {
  stopListening: () => void;
  load(): Promise<void>;
  onToggle(e: WechatMiniprogram.TouchEvent): void;
  onTab(e: WechatMiniprogram.TouchEvent): void;
  onOffline(): Promise<void>;
  onGo(e: WechatMiniprogram.TouchEvent): void;
}

Page<Data, Custom>({
  data: {
    state: 'loading',
    sentence: '',
    mine: null,
    opened: '',
    tab: 'unused',
    offline: null,
    offlineNote: '',
  },
  stopListening: () => undefined,

  onLoad() {
    this.stopListening = onConnected(() => {
      if (this.data.state === 'error') void this.load();
    });
  },
  onUnload() {
    this.stopListening();
  },

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
      state: answer.reply.coupons.length ? 'ready' : 'empty',
      sentence: NO_COUPONS,
      mine,
      opened: this.data.opened || only,
    });
  },

  onToggle(e) {
    const id = String(e.currentTarget.dataset['id']);
    this.setData({ opened: this.data.opened === id ? '' : id, offline: null, offlineNote: '' });
  },

  onTab(e) {
    this.setData({ tab: String(e.currentTarget.dataset['id']), opened: '', offline: null });
  },

  /** A branch without network writes this code down; it is good for ten minutes, so it is asked for, never kept. */
  async onOffline() {
    const couponId = this.data.opened;
    const answer = await gifts('coupon.offlineCode', { couponId });
    if (this.data.opened !== couponId) return;
    if (!answer.ok) {
      const { failure } = answer;
      const isUnset = failure.code === 'offline-unset';
      return this.setData({
        offlineNote: isUnset ? '本店没有离线核销，请出示上面的券码。' : sentenceOf(failure),
      });
    }
    const { offlineCode: code, goodUntil } = answer.reply;
    this.setData({ offline: { code, until: `${spokenTime(goodUntil)}前有效` }, offlineNote: '' });
  },

  onGo(e) {
    goTo(`/member/${String(e.currentTarget.dataset['to'])}`);
  },
});
