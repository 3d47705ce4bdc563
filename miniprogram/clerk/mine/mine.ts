import { sentenceOf } from '../../contract/failures';
import type { ClerkMine } from '../../contract/clerkDay';
import { newRequestKey } from '../../platform/requestKey';
import { choose, say, stopPullDown, tell, tick } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { COMPLAINTS, complaintAt } from '../parts/complaints';
import { mineView } from './view';
import type { MineShown, TrainedShown } from './view';

/** So many of the scripts she has not used yet are drawn at once. */
const STRETCH = 10;
interface Data {
  state: 'loading' | 'error' | 'ready';
  sentence: string;
  shown: MineShown | null;
  /** those she has not used yet, as far as they are drawn */
  others: TrainedShown[];
  hasMore: boolean;
  /** the script that is unfolded */
  open: string;
}

/** 我的: what I did, what came of it, and my words. One call. */
Page({
  data: { state: 'loading', sentence: '', shown: null, others: [], hasMore: false, open: '' } as Data,
  mine: null as ClerkMine | null,
  judging: false,
  drawn: STRETCH,

  onLoad() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  onReachBottom() {
    if (!this.data.hasMore) return;
    this.drawn += STRETCH;
    this.show();
  },

  async load() {
    const answer = await outreach('clerk.mine', {});
    if (!answer.ok) {
      if (this.mine) say(sentenceOf(answer.failure));
      else this.setData({ state: 'error', sentence: sentenceOf(answer.failure) });
      return;
    }
    this.mine = answer.reply;
    this.show();
  },
  show() {
    if (!this.mine) return;
    const shown = mineView(this.mine);
    const others = shown.others.slice(0, this.drawn);
    this.setData({ state: 'ready', shown, others, hasMore: others.length < shown.others.length });
  },
  onRetry() {
    this.setData({ state: 'loading' });
    void this.load();
  },
  onOpen(event: WechatMiniprogram.TouchEvent) {
    const id = String(event.currentTarget.dataset['id']);
    this.setData({ open: this.data.open === id ? '' : id });
  },

  async onJudge(event: WechatMiniprogram.TouchEvent) {
    const { id, good } = event.currentTarget.dataset as { id: string; good: boolean };
    if (this.judging || !this.mine) return;
    let word = '';
    if (!good) {
      const chosen = await choose([...COMPLAINTS]);
      if (chosen === null) return;
      word = complaintAt(chosen);
    }
    this.judging = true;
    const answer = await outreach('script.feedback', { scriptId: id, good, word }, newRequestKey());
    this.judging = false;
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    tick();
    this.mine = {
      ...this.mine,
      scripts: this.mine.scripts.map((one) => (one.scriptId === id ? { ...one, said: { good, word } } : one)),
    };
    this.show();
    say('记下了，总部会看到');
  },
});
