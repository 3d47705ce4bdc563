import { sentenceOf } from '../../contract/failures';
import { goTo, stopPullDown } from '../../platform/screen';
import { members } from '../../services/functions';
import { memberShown } from '../parts/memberRow';
import type { MemberShown } from '../parts/memberRow';
import { takeMerges } from '../parts/merges';
import { cellOf, chipsShown, emptyText } from './view';
import type { Cell, ChipsShown } from './view';

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
  /** members who share a phone are listed instead */
  isTwins: boolean;
  /** counts up whenever the twins are to be read anew */
  twinsVersion: number;
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
    isTwins: false,
    twinsVersion: 0,
  } as Data,
  cell: { lifecycle: '', value: '' } as Cell,
  /** counts the questions asked, so that a late answer to an earlier one is dropped */
  asked: 0,
  typing: undefined as ReturnType<typeof setTimeout> | undefined,

  onLoad(query: Record<string, string | undefined>) {
    this.cell = cellOf(query);
    if (query['twins']) this.setData({ isTwins: true });
    else void this.load();
  },
  onShow() {
    const gone = takeMerges();
    if (gone.size === 0) return;
    const list = this.data.list.filter((one) => !gone.has(one.memberId));
    this.setData({ list, twinsVersion: this.data.twinsVersion + 1 });
  },
  onUnload() {
    clearTimeout(this.typing);
    this.asked += 1;
  },
  async onPullDownRefresh() {
    if (this.data.isTwins) this.setData({ twinsVersion: this.data.twinsVersion + 1 });
    else await this.load();
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
    goTo(`/hq/member/member?id=${encodeURIComponent(id)}`);
  },
  openTwins() {
    goTo('/hq/members/members?twins=1');
  },
  openPaste() {
    goTo('/hq/paste/paste');
  },
});
