import { sentenceOf } from '../../contract/failures';
import type { TaskCard } from '../../contract/outreach';
import { dayOf } from '../../domain/kernel/day';
import type { TaskTab } from '../../domain/outreach/types';
import { later, phoneNow } from '../../platform/clock';
import { onConnected } from '../../platform/network';
import { newRequestKey } from '../../platform/requestKey';
import { choose, goTo, say, stopPullDown, tell } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { takeChanges } from '../changes';
import { nearDay } from '../parts/days';
import { movesOf } from '../parts/standing';
import { foreseen, perform, sendWaiting } from '../sending';
import { noteDay } from '../theDay';
import { emptyView } from './empty';
import { firstPage, nextPage, refreshed, withCard } from './held';
import type { Custom, Data } from './state';
import { cardView, headView, searched, SWIPE_ACTS, tabsView } from './view';

const taskIdOf = (e: WechatMiniprogram.TouchEvent): string => String(e.currentTarget.dataset['id']);
const customerUrl = (taskId: string): string =>
  `/clerk/customer/customer?taskId=${encodeURIComponent(taskId)}`;

/** Whether she is still to be written to; one who has used her gift waits for nothing but the till. */
const waits = (listed: TaskCard): boolean => {
  const { card } = foreseen(listed);
  return card.status === 'open' && card.stage !== 'redeemed';
};

Page<Data, Custom>({
  data: {
    state: 'loading',
    sentence: '',
    action: '',
    head: null,
    tab: 'today',
    tabs: [],
    search: '',
    cards: [],
    swipeActs: SWIPE_ACTS,
    explained: '',
    moves: [],
    tail: '',
    hasNext: false,
    picked: null,
    sheet: '',
    busy: false,
    refusal: '',
  },
  held: null,
  actKey: '',
  syncOff: null,
  offConnected: null,

  onLoad() {
    this.offConnected = onConnected(() => void this.sync());
    void this.load('today');
  },

  onUnload() {
    this.syncOff?.();
    this.offConnected?.();
  },

  onShow() {
    void this.sync();
    if (!this.held) return;
    for (const card of takeChanges()) this.held = withCard(this.held, card);
    this.show();
    void this.refresh();
  },

  syncIn(ms) {
    this.syncOff?.();
    this.syncOff = later(ms, () => void this.sync());
  },

  async sync() {
    const { sent, refused } = await sendWaiting();
    if (refused.length > 0) await tell(refused.join('\n'));
    if (!this.held || (sent === 0 && refused.length === 0)) return;
    for (const card of takeChanges()) this.held = withCard(this.held, card);
    this.show();
    void this.refresh();
  },

  async onPullDownRefresh() {
    await this.load(this.data.tab);
    stopPullDown();
  },

  async onReachBottom() {
    const after = this.held?.list.next;
    if (!this.held || !after || this.data.tail === 'more') return;
    const { tab } = this.data;
    this.setData({ tail: 'more' });
    const answer = await outreach('task.list', { tab, after });
    if (tab !== this.data.tab) return;
    if (answer.ok) {
      this.held = nextPage(this.held, answer.reply);
      this.show();
    } else this.setData({ tail: 'lost' });
  },

  async load(tab) {
    const kept = this.held !== null && tab === this.data.tab && this.data.state === 'ready';
    this.setData(kept ? { tab } : { tab, state: 'loading', tail: '', explained: '', hasNext: false });
    const answer = await outreach('task.list', { tab });
    if (tab !== this.data.tab) return;
    if (!answer.ok) {
      this.setData({ state: 'error', sentence: sentenceOf(answer.failure), action: '', hasNext: false });
      return;
    }
    this.held = firstPage(answer.reply);
    noteDay(answer.reply.progress);
    this.show();
  },

  async refresh() {
    const { tab } = this.data;
    const answer = await outreach('task.list', { tab });
    if (!answer.ok || !this.held || tab !== this.data.tab) return;
    this.held = refreshed(this.held, answer.reply);
    noteDay(answer.reply.progress);
    this.show();
  },

  show() {
    if (!this.held) return;
    const { list, cards } = this.held;
    const found = searched(cards, this.data.search);
    const empty = emptyView(this.data.tab, this.data.search !== '', list);
    this.setData({
      state: found.length ? 'ready' : 'empty',
      sentence: empty.sentence,
      action: empty.action,
      head: headView(list, phoneNow()),
      tabs: tabsView(list.counts),
      cards: found.map((each) => {
        const expected = foreseen(each);
        return cardView(expected.card, list, expected.waits);
      }),
      tail: list.next ? '' : 'end',
      hasNext: cards.some(waits),
    });
  },

  onTab(e) {
    this.turnTo(e.currentTarget.dataset['tab'] as TaskTab);
  },
  turnTo(tab) {
    if (tab === this.data.tab) return;
    this.setData({ search: '' });
    void this.load(tab);
  },
  onEmpty() {
    if (!this.held) return;
    const { to } = emptyView(this.data.tab, this.data.search !== '', this.held.list);
    if (to) return this.turnTo(to);
    this.setData({ search: '' });
    this.show();
  },
  onRetry() {
    void this.load(this.data.tab);
  },
  onSearch(e) {
    this.setData({ search: e.detail.value });
    this.show();
  },
  onOpen(e) {
    goTo(customerUrl(taskIdOf(e)));
  },
  onWhy(e) {
    const taskId = taskIdOf(e);
    const card = this.held?.cards.find((each) => each.taskId === taskId);
    const isOpen = this.data.explained === taskId || !card;
    this.setData(
      isOpen
        ? { explained: '', moves: [] }
        : { explained: taskId, moves: movesOf(foreseen(card).card, dayOf(phoneNow())) },
    );
  },

  async onMore(e) {
    const chosen = await choose(['稍后再联系', '不合适，记下原因', '调整顺序']);
    if (chosen === 0) this.begin('snooze', taskIdOf(e));
    if (chosen === 1) this.begin('followUp', taskIdOf(e));
    if (chosen === 2) this.begin('pin', taskIdOf(e));
  },
  onSwipe(e) {
    this.begin(e.detail.sheet, String(e.currentTarget.dataset['id']));
  },

  begin(sheet, taskId) {
    const card = this.held?.cards.find((each) => each.taskId === taskId);
    if (!card) return;
    this.actKey = newRequestKey();
    this.setData({
      sheet,
      picked: { taskId, name: card.name, pinned: foreseen(card).card.pin?.way ?? '' },
      busy: false,
      refusal: '',
    });
  },

  async onSnoozeDay(e) {
    const untilOn = e.detail.on;
    const { picked, busy } = this.data;
    if (!picked || busy) return;
    this.setData({ busy: true });
    const answer = await perform('task.snooze', { taskId: picked.taskId, untilOn }, this.actKey);
    this.settle(answer, `好，${nearDay(untilOn, dayOf(phoneNow()))}再提醒你`);
  },

  async onFollowUp(e) {
    const { picked, busy } = this.data;
    if (!picked || busy) return;
    this.setData({ busy: true });
    const answer = await perform('followUp.record', { taskId: picked.taskId, ...e.detail }, this.actKey);
    this.settle(answer, '记好了');
  },

  onPin(e) {
    this.begin('pin', taskIdOf(e));
  },
  async onPinned(e) {
    const { picked, busy } = this.data;
    if (!picked || busy) return;
    this.setData({ busy: true });
    const answer = await perform('task.pin', { taskId: picked.taskId, ...e.detail }, this.actKey);
    this.settle(answer, e.detail.way === null ? '好，照规则排' : '顺序调好了，今天有效');
    // The order is the cloud's.
    if (answer.ok === true) void this.refresh();
  },

  settle(result, done) {
    if (result.ok === false) {
      this.setData({ busy: false, refusal: sentenceOf(result.failure) });
      return;
    }
    this.setData({ busy: false, sheet: '' });
    if (this.held && result.ok === true) this.held = withCard(this.held, result.reply.card);
    else if (result.ok === 'kept') this.syncIn(result.tryIn);
    this.show();
    say(result.ok === true ? done : '没有网络，先记在手机里，连上就同步');
  },

  onCloseSheet() {
    if (!this.data.busy) this.setData({ sheet: '' });
  },

  onNext() {
    const next = this.held?.cards.find(waits);
    if (next) goTo(customerUrl(next.taskId));
  },
  onRedeem() {
    goTo('/clerk/redeem/redeem');
  },
  onCare() {
    goTo('/clerk/care/care');
  },
  onMine() {
    goTo('/clerk/mine/mine');
  },
  onBoard() {
    goTo('/manager/board/board');
  },
});
