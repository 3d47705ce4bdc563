import { sentenceOf } from '../../contract/failures';
import type { Failure } from '../../contract/failures';
import type { TaskCard } from '../../contract/outreach';
import { addDays, dayOf, parseDay } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import type { TaskTab } from '../../domain/outreach/types';
import { phoneNow } from '../../platform/clock';
import { newRequestKey } from '../../platform/requestKey';
import { choose, goTo, say, stopPullDown } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { takeChanges } from '../changes';
import { laterDays, nearDay } from '../parts/days';
import type { DayChoice } from '../parts/days';
import type { FollowUpForm } from '../parts/follow-up/choices';
import { firstPage, nextPage, refreshed, withCard } from './held';
import type { Held } from './held';
import { cardView, emptyWords, headView, searched, tabsView } from './view';
import type { CardShown, HeadShown, TabShown } from './view';

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  head: HeadShown | null;
  tab: TaskTab;
  tabs: TabShown[];
  search: string;
  cards: CardShown[];
  /** which card shows why it stands there */
  explained: string;
  tail: '' | 'more' | 'end' | 'lost';
  /** the customer whose sheet is open */
  picked: { taskId: string; name: string } | null;
  sheet: '' | 'snooze' | 'followUp';
  snoozeDays: DayChoice[];
  pickerFrom: string;
  pickerTo: string;
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
  snoozeUntil(on: Day): Promise<void>;
  settle(
    result: { ok: true; reply: { card: TaskCard } } | { ok: false; failure: Failure },
    done: string,
  ): void;
  onTab(e: WechatMiniprogram.TouchEvent): void;
  onRetry(): void;
  onSearch(e: WechatMiniprogram.Input): void;
  onOpen(e: WechatMiniprogram.TouchEvent): void;
  onWhy(e: WechatMiniprogram.TouchEvent): void;
  onMore(e: WechatMiniprogram.TouchEvent): Promise<void>;
  onSnooze(e: WechatMiniprogram.TouchEvent): void;
  onUnfit(e: WechatMiniprogram.TouchEvent): void;
  onSnoozeDay(e: WechatMiniprogram.TouchEvent): void;
  onSnoozePick(e: WechatMiniprogram.PickerChange): void;
  onFollowUp(e: WechatMiniprogram.CustomEvent<FollowUpForm>): Promise<void>;
  onCloseSheet(): void;
  onNext(): void;
  onRedeem(): void;
  onBoard(): void;
}

const taskIdOf = (e: WechatMiniprogram.TouchEvent): string => String(e.currentTarget.dataset['id']);
const customerUrl = (taskId: string): string =>
  `/clerk/customer/customer?taskId=${encodeURIComponent(taskId)}`;

Page<Data, Custom>({
  data: {
    state: 'loading',
    sentence: '',
    head: null,
    tab: 'today',
    tabs: [],
    search: '',
    cards: [],
    explained: '',
    tail: '',
    picked: null,
    sheet: '',
    snoozeDays: [],
    pickerFrom: '',
    pickerTo: '',
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
    this.setData(kept ? { tab } : { tab, state: 'loading', tail: '', explained: '' });
    const answer = await outreach('task.list', { tab });
    if (tab !== this.data.tab) return;
    if (!answer.ok) {
      this.setData({ state: 'error', sentence: sentenceOf(answer.failure) });
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
    this.setData({
      state: found.length ? 'ready' : 'empty',
      sentence: emptyWords(this.data.tab, cards.length > 0),
      head: headView(list, phoneNow()),
      tabs: tabsView(list.counts),
      cards: found.map((card) => cardView(card, list)),
      tail: list.next ? '' : 'end',
    });
  },

  onTab(e) {
    const tab = e.currentTarget.dataset['tab'] as TaskTab;
    if (tab === this.data.tab) return;
    this.setData({ search: '' });
    void this.load(tab);
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
  onSnooze(e) {
    this.begin('snooze', taskIdOf(e));
  },
  onUnfit(e) {
    this.begin('followUp', taskIdOf(e));
  },

  begin(sheet, taskId) {
    const card = this.held?.cards.find((each) => each.taskId === taskId);
    if (!card) return;
    const today = dayOf(phoneNow());
    this.actKey = newRequestKey();
    this.setData({
      sheet,
      picked: { taskId, name: card.name },
      snoozeDays: laterDays(today),
      pickerFrom: addDays(today, 1),
      pickerTo: addDays(today, 60),
      busy: false,
      refusal: '',
    });
  },

  onSnoozeDay(e) {
    const on = this.data.snoozeDays[Number(e.currentTarget.dataset['n'])]?.on;
    if (on) void this.snoozeUntil(on);
  },
  onSnoozePick(e) {
    const on = parseDay(String(e.detail.value));
    if (on) void this.snoozeUntil(on);
  },
  async snoozeUntil(untilOn) {
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
    const next = this.held?.cards.find((card) => card.status === 'open');
    if (next) goTo(customerUrl(next.taskId));
    else say('这一页没有待联系的顾客了');
  },
  onRedeem() {
    goTo('/clerk/redeem/redeem');
  },
  onBoard() {
    goTo('/manager/board/board');
  },
});
