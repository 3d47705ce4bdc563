import { sentenceOf } from '../../contract/failures';
import type { Definition } from '../../domain/credit/definitions';
import type { Step } from '../../domain/credit/rollup/cell';
import { stopPullDown } from '../../platform/screen';
import { boards } from '../../services/functions';
import { definitionBehind, rowShown, stepNamed, stepWords } from './view';
import type { RowShown } from './view';

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  text: string;
  title: string;
  definition: Definition | null;
  rows: RowShown[];
  tail: 'more' | 'lost' | 'end';
}

Page({
  data: { state: 'loading', text: '', title: '', definition: null, rows: [], tail: 'end' } as Data,
  which: { campaignId: '', step: 'assigned' as Step },
  next: null as string | null,
  asked: 0,

  onLoad(query: Record<string, string | undefined>) {
    const step = stepNamed(query.step);
    const { campaignId = '', branchId, clerkId } = query;
    this.which = {
      campaignId: decodeURIComponent(campaignId),
      step,
      ...(branchId ? { branchId: decodeURIComponent(branchId) } : {}),
      ...(clerkId ? { clerkId: decodeURIComponent(clerkId) } : {}),
    };
    this.setData({ title: stepWords(step), definition: definitionBehind(step) });
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
    const answer = await boards('board.rows', this.which);
    if (turn !== this.asked) return;
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    const { rows, next } = answer.reply;
    this.next = next;
    this.setData({
      state: rows.length > 0 ? 'ready' : 'empty',
      text: `还没有${this.data.title}的任务。`,
      rows: rows.map((row) => rowShown(row, this.data.title, 'branchId' in this.which)),
      tail: next === null ? 'end' : 'more',
    });
  },
  reload() {
    this.setData({ state: 'loading' });
    void this.load();
  },
  async onReachBottom() {
    if (this.next === null) return;
    const turn = this.asked;
    const after = this.next;
    this.next = null;
    const answer = await boards('board.rows', { ...this.which, after });
    if (turn !== this.asked) return;
    if (!answer.ok) {
      this.next = after;
      this.setData({ tail: 'lost' });
      return;
    }
    this.next = answer.reply.next;
    const more = answer.reply.rows.map((row) => rowShown(row, this.data.title, 'branchId' in this.which));
    this.setData({
      rows: [...this.data.rows, ...more],
      tail: answer.reply.next === null ? 'end' : 'more',
    });
  },
});
