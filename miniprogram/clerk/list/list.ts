import { sentenceOf } from '../../contract/failures';
import type { Failure } from '../../contract/failures';
import type { TaskCard } from '../../contract/outreach';
import { dayOf } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import type { TaskTab } from '../../domain/outreach/types';
import { phoneNow } from '../../platform/clock';
import { newRequestKey } from '../../platform/requestKey';
import { choose, goTo, say, stopPullDown } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { takeChanges } from '../changes';
import { nearDay } from '../parts/days';
import type { FollowUpForm } from '../parts/follow-up/choices';
import { emptyView } from './empty';
import { firstPage, nextPage, refreshed, withCard } from './held';
import type { Held } from './held';
import { cardView, headView, searched, SWIPE_ACTS, tabsView } from './view';
import type { CardShown, HeadShown, SwipeAct, TabShown } from './view';

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  action: string;
  head: HeadShown | null;
  tab: TaskTab;
  tabs: TabShown[];
  search: string;
  cards: CardShown[];
  swipeActs: SwipeAct[];
  /** which card shows why it stands there */
  explained: string;
  tail: '' | 'more' | 'end' | 'lost';
  /** somebody of this tab still waits to be contacted */
  hasNext: boolean;
  /** the customer whose sheet is open */
  picked: { taskId: string; name: string } | null;
  sheet: '' | 'snooze' | 'followUp';
  busy: boolean;
  refusal: string;
}

interface Custom {
  held: Held | null;
  actKey: string;
  load(tab: TaskTab): Promise<void>;
  refresh(): Promise<void>;
  show(): void;
  begin(sheet: Data['sheet'], taskId: string): void;
  settle(
    result: { ok: true; reply: { card: TaskCard } } | { ok: false; failure: Failure },
    done: string,
  ): void;
  onTab(e: WechatMiniprogram.TouchEvent): void;
  turnTo(tab: TaskTab): void;
  onEmpty(): void;
  onRetry(): void;
  onSearch(e: WechatMiniprogram.Input): void;
  onOpen(e: WechatMiniprogram.TouchEvent): void;
  onWhy(e: WechatMiniprogram.TouchEvent): void;
  onMore(e: WechatMiniprogram.TouchEvent): Promise<void>;
  onSwipe(e: WechatMiniprogram.CustomEvent<SwipeAct>): void;
  onSnoozeDay(e: WechatMiniprogram.CustomEvent<{ on: Day }>): Promise<void>;
  onFollowUp(e: WechatMiniprogram.CustomEvent<FollowUpForm>): Promise<void>;
  onCloseSheet(): void;
  onNext(): void;
  onRedeem(): void;
  onBoard(): void;
}

const taskIdOf = (e: WechatMiniprogram.TouchEvent): string => String(e.currentTarget.dataset['id']);
const customerUrl = (taskId: string): string =>
  `/clerk/customer/customer?taskId=${encodeURIComponent(taskId)}`;

/** Whether she is still to be written to; one who has used her gift waits for nothing but the till. */
const waits = (card: TaskCard): boolean => card.status === 'open' && card.stage !== 'redeemed';

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
    tail: '',
    hasNext: false,
    picked: null,
    sheet: '',
    busy: false,
    refusal: '',
  },
  held: null,
  actKey: '',

  onLoad() {
    void this.load('today');
  },

  onShow() {
    if (!this.held) return;
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
    this.show();
  },

  async refresh() {
    const { tab } = this.data;
    const answer = await outreach('task.list', { tab });
    if (!answer.ok || !this.held || tab !== this.data.tab) return;
    this.held = refreshed(this.held, answer.reply);
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
      cards: found.map((card) => cardView(card, list)),
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
    this.setData({ explained: this.data.explained === taskIdOf(e) ? '' : taskIdOf(e) });
  },

  async onMore(e) {
    const chosen = await choose(['稍后再联系', '不合适，记下原因']);
    if (chosen === 0) this.begin('snooze', taskIdOf(e));
    if (chosen === 1) this.begin('followUp', taskIdOf(e));
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
      picked: { taskId, name: card.name },
      busy: false,
      refusal: '',
    });
  },

  async onSnoozeDay(e) {
    const untilOn = e.detail.on;
    const { picked, busy } = this.data;
    if (!picked || busy) return;
    this.setData({ busy: true });
    const answer = await outreach('task.snooze', { taskId: picked.taskId, untilOn }, this.actKey);
    this.settle(answer, `好，${nearDay(untilOn, dayOf(phoneNow()))}再提醒你`);
  },

  async onFollowUp(e) {
    const { picked, busy } = this.data;
    if (!picked || busy) return;
    this.setData({ busy: true });
    const answer = await outreach('followUp.record', { taskId: picked.taskId, ...e.detail }, this.actKey);
    this.settle(answer, '记好了');
  },

  settle(result, done) {
    if (!result.ok) {
      this.setData({ busy: false, refusal: sentenceOf(result.failure) });
      return;
    }
    this.setData({ busy: false, sheet: '' });
    if (this.held) this.held = withCard(this.held, result.reply.card);
    this.show();
    say(done);
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
  onBoard() {
    goTo('/manager/board/board');
  },
});
