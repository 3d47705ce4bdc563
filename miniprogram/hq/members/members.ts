import { sentenceOf } from '../../contract/failures';
import { stopPullDown } from '../../platform/screen';
import { members } from '../../services/functions';
import { cellOf, chipsShown, emptyText, explainedShown, memberShown } from './view';
import type { Cell, ChipsShown, ExplainedShown, MemberShown } from './view';

/** A person has stopped typing after this long. */
const TYPING_MS = 350;

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  chips: ChipsShown;
  search: string;
  list: MemberShown[];
  /** where the list goes on; null = this is all */
  next: string | null;
  more: 'idle' | 'loading' | 'failed';
  moreText: string;
  isOpen: boolean;
  explainState: 'loading' | 'error' | 'ready';
  explainText: string;
  explained: ExplainedShown | null;
}

Page({
  data: {
    state: 'loading',
    text: '',
    chips: chipsShown({ lifecycle: '', value: '' }),
    search: '',
    list: [],
    next: null,
    more: 'idle',
    moreText: '',
    isOpen: false,
    explainState: 'loading',
    explainText: '',
    explained: null,
  } as Data,
  cell: { lifecycle: '', value: '' } as Cell,
  /** counts the questions asked, so that a late answer to an earlier one is dropped */
  asked: 0,
  explainedId: '',
  typing: undefined as ReturnType<typeof setTimeout> | undefined,

  onLoad(query: Record<string, string | undefined>) {
    this.cell = cellOf(query);
    void this.load();
  },
  onUnload() {
    clearTimeout(this.typing);
    this.asked += 1;
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  onReachBottom() {
    void this.loadMore();
  },

  ask(after?: string) {
    const { lifecycle, value } = this.cell;
    const search = this.data.search.trim();
    return members('member.page', {
      ...(lifecycle ? { lifecycle } : {}),
      ...(value ? { value } : {}),
      ...(search ? { search } : {}),
      ...(after ? { after } : {}),
    });
  },

  async load() {
    const question = ++this.asked;
    this.setData({ state: 'loading', chips: chipsShown(this.cell) });
    const answer = await this.ask();
    if (question !== this.asked) return;
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    const list = answer.reply.members.map(memberShown);
    this.setData({
      state: list.length > 0 ? 'ready' : 'empty',
      text: emptyText(this.data.search.trim(), this.cell),
      list,
      next: answer.reply.next,
      more: 'idle',
    });
  },

  async loadMore() {
    const { next, more, state } = this.data;
    if (!next || more === 'loading' || state !== 'ready') return;
    const question = this.asked;
    this.setData({ more: 'loading' });
    const answer = await this.ask(next);
    if (question !== this.asked) return;
    if (!answer.ok) {
      this.setData({ more: 'failed', moreText: sentenceOf(answer.failure) });
      return;
    }
    // Only the new rows travel to the screen, however long the list has become.
    const from = this.data.list.length;
    const added: Record<string, unknown> = { more: 'idle', next: answer.reply.next };
    answer.reply.members.forEach((brief, i) => (added[`list[${from + i}]`] = memberShown(brief)));
    this.setData(added);
  },

  pickLifecycle(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.cell = { ...this.cell, lifecycle: cellOf({ lifecycle: id }).lifecycle };
    void this.load();
  },
  pickValue(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.cell = { ...this.cell, value: cellOf({ value: id }).value };
    void this.load();
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ search: event.detail.value });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.load(), TYPING_MS);
  },
  searchNow() {
    clearTimeout(this.typing);
    void this.load();
  },
  clearSearch() {
    this.setData({ search: '' });
    this.searchNow();
  },

  openMember(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.explainedId = id;
    void this.explain();
  },
  async explain() {
    const memberId = this.explainedId;
    this.setData({ isOpen: true, explainState: 'loading', explained: null });
    const answer = await members('member.explain', { memberId });
    if (memberId !== this.explainedId) return;
    if (answer.ok) this.setData({ explainState: 'ready', explained: explainedShown(answer.reply) });
    else this.setData({ explainState: 'error', explainText: sentenceOf(answer.failure) });
  },
  popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
    this.setData({ isOpen: event.detail.visible });
  },
  close() {
    this.setData({ isOpen: false });
  },
});
