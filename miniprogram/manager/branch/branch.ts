import { sentenceOf } from '../../contract/failures';
import { newRequestKey } from '../../platform/requestKey';
import { goTo, say, stopPullDown, tell } from '../../platform/screen';
import { outreach } from '../../services/functions';
import type { Deed, DeedKind } from './deeds/words';
import { clerksShown, EMPTY, headShown, rowShown } from './view';
import type { ClerkShown, HeadShown, Reply, RowShown, Tab } from './view';

/** More than a hundred are not taken in one act. */
const MOST_PICKED = 100;

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  text: string;
  head: HeadShown | null;
  tab: Tab;
  clerkId: string;
  clerk: ClerkShown | null;
  clerks: ClerkShown[];
  rows: RowShown[];
  tail: '' | 'more' | 'lost' | 'end';
  picked: number;
  sheet: DeedKind;
  /** what the sheet moves */
  pickedIds: string[];
  today: string;
  busy: boolean;
}

Page({
  data: {
    state: 'loading',
    text: '',
    head: null,
    tab: 'overdue',
    clerkId: '',
    clerk: null,
    clerks: [],
    rows: [],
    tail: '',
    picked: 0,
    sheet: '',
    pickedIds: [],
    today: '',
    busy: false,
  } as Data,
  reply: null as Reply | null,
  tasks: [] as Reply['tasks'],
  chosen: new Set<string>(),
  branchId: '',
  asked: 0,

  onLoad(query: Record<string, string | undefined>) {
    this.tasks = [];
    this.chosen = new Set();
    this.branchId = query.branchId ?? '';
    void this.load();
  },
  onUnload() {
    this.asked += 1;
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },

  question(after?: string) {
    const { tab, clerkId } = this.data;
    return {
      tab,
      ...(this.branchId ? { branchId: this.branchId } : {}),
      ...(clerkId && tab !== 'unassigned' ? { clerkId } : {}),
      ...(after ? { after } : {}),
    };
  },
  async load() {
    const turn = ++this.asked;
    const answer = await outreach('branch.tasks', this.question());
    if (turn !== this.asked) return;
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.reply = answer.reply;
    this.tasks = answer.reply.tasks;
    this.chosen.clear();
    this.show();
  },
  async onReachBottom() {
    const after = this.reply?.next;
    if (!after || this.data.tail === 'more') return;
    const turn = this.asked;
    this.setData({ tail: 'more' });
    const answer = await outreach('branch.tasks', this.question(after));
    if (turn !== this.asked) return;
    if (!answer.ok) {
      this.setData({ tail: 'lost' });
      return;
    }
    this.reply = answer.reply;
    this.tasks = [...this.tasks, ...answer.reply.tasks];
    this.show();
  },
  show() {
    const { reply, tasks } = this;
    if (!reply) return;
    const clerks = clerksShown(reply.clerks, this.data.clerkId);
    this.setData({
      state: tasks.length ? 'ready' : 'empty',
      text: EMPTY[this.data.tab],
      head: headShown(reply, this.data.clerkId),
      today: reply.today,
      clerks,
      clerk: clerks.find((one) => one.on) ?? null,
      rows: tasks.map((task) => rowShown(task, reply.today, this.chosen.has(task.taskId))),
      tail: reply.next ? '' : 'end',
      picked: this.chosen.size,
    });
  },
  reload() {
    this.chosen.clear();
    this.setData({ state: 'loading', rows: [], tail: '', picked: 0 });
    void this.load();
  },
  pickTab(event: WechatMiniprogram.TouchEvent) {
    const { tab } = event.currentTarget.dataset as { tab: Tab };
    if (tab === this.data.tab) return;
    this.setData({ tab });
    this.reload();
  },
  /** Tapping the clerk who is looked at shows everybody's tasks again. */
  pickClerk(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.setData({ clerkId: id === this.data.clerkId ? '' : id });
    this.reload();
  },

  toggle(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    if (!this.data.rows.some((row) => row.taskId === id && row.isRunning)) return;
    if (!this.chosen.delete(id)) {
      if (this.chosen.size >= MOST_PICKED) return say(`一次最多选 ${MOST_PICKED} 个`);
      this.chosen.add(id);
    }
    this.show();
  },
  toggleAll() {
    const all = this.tasks.filter((task) => task.status === 'open' || task.status === 'contacted');
    if (this.chosen.size) this.chosen.clear();
    else for (const task of all.slice(0, MOST_PICKED)) this.chosen.add(task.taskId);
    this.show();
  },

  async urge() {
    if (this.data.busy || !this.chosen.size) return;
    this.setData({ busy: true });
    const answer = await outreach('task.urge', { taskIds: [...this.chosen] }, newRequestKey());
    this.setData({ busy: false });
    if (!answer.ok) return void tell(sentenceOf(answer.failure));
    const { urged, already } = answer.reply;
    say(
      already
        ? `已催办 ${urged} 个，${already} 个今天催过了`
        : urged
          ? `已催办 ${urged} 个`
          : '选中的任务还没有导购，请先改派',
    );
    void this.load();
  },

  /** The same page that her clerk sees: why she stands where she stands, and all that happened. */
  openCustomer(event: WechatMiniprogram.TouchEvent) {
    goTo(`/clerk/customer/customer?taskId=${encodeURIComponent(String(event.currentTarget.dataset['id']))}`);
  },
  explain() {
    void tell(
      '执行率 = 已联系 ÷ 应联系。应联系是到今天为止到期的任务，加上提前联系的；顾客自己先来了或退订的不算。“已联系”以导购登记为准。',
      '执行率怎么算',
    );
  },
  openRegroup() {
    if (this.chosen.size) this.setData({ sheet: 'regroup', pickedIds: [...this.chosen] });
  },
  openAway() {
    this.setData({ sheet: 'away' });
  },
  openHandover() {
    this.setData({ sheet: 'handover' });
  },
  closeSheet() {
    this.setData({ sheet: '' });
  },
  deedDone(event: WechatMiniprogram.CustomEvent<Deed>) {
    const { words, more } = event.detail;
    // Whoever has handed everything over is gone from the strip.
    this.setData({ sheet: '', ...(this.data.sheet === 'handover' ? { clerkId: '' } : {}) });
    say(words);
    if (more) void tell(more);
    void this.load();
  },
});
