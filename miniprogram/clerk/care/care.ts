import { sentenceOf } from '../../contract/failures';
import { goTo, stopPullDown } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { careShown } from './view';
import type { CareShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  sentence: string;
  shown: CareShown | null;
  /** the day that was tapped on the strip; empty = none */
  chosen: string;
}

interface Custom {
  load(): Promise<void>;
  onRetry(): void;
  onDay(e: WechatMiniprogram.TouchEvent): void;
  onOpen(e: WechatMiniprogram.TouchEvent): void;
}

/** 关怀日历: whom the clerk is to think of in the next fourteen days, and why. */
Page<Data, Custom>({
  data: { state: 'loading', sentence: '', shown: null, chosen: '' },

  onLoad() {
    void this.load();
  },
  onShow() {
    // Coming back from a customer, she may have been contacted.
    if (this.data.shown) void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },

  async load() {
    const answer = await outreach('care.calendar', {});
    if (!answer.ok) {
      if (!this.data.shown) this.setData({ state: 'error', sentence: sentenceOf(answer.failure) });
      return;
    }
    const shown = careShown(answer.reply);
    const isEmpty = shown.days.length === 0;
    this.setData({
      state: isEmpty ? 'empty' : 'ready',
      sentence: isEmpty ? `${shown.sum}。有人快过生日、该补货了，就会出现在这里。` : '',
      shown,
    });
  },
  onRetry() {
    this.setData({ state: 'loading' });
    void this.load();
  },
  onDay(e) {
    const on = String(e.currentTarget.dataset['on']);
    if (!this.data.shown?.days.some((each) => each.on === on)) return;
    this.setData({ chosen: this.data.chosen === on ? '' : on });
  },
  onOpen(e) {
    goTo(`/clerk/customer/customer?taskId=${encodeURIComponent(String(e.currentTarget.dataset['id']))}`);
  },
});
