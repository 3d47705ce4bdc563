import { sentenceOf } from '../../contract/failures';
import type { Board, BoardPeriod, BoardsContract } from '../../contract/boards';
import { definitionOf } from '../../domain/credit/definitions';
import type { Definition, DefinitionId } from '../../domain/credit/definitions';
import { addDays, addMonths } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { goTo, stopPullDown } from '../../platform/screen';
import { boards, members } from '../../services/functions';
import { boardShown, detailShown, exportAskOf } from './view';
import type { BoardShown, DetailShown } from './view';

type Tab = 'branches' | 'clerks' | 'regions';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  tab: Tab;
  period: BoardPeriod;
  /** a later week or month than this one has nothing to show */
  isNewest: boolean;
  shown: BoardShown | null;
  loadingMore: boolean;
  asTable: boolean;
  /** the branch whose clerks HQ is looking at; '' = the caller's own */
  branchName: string;
  sheet: '' | 'row' | 'definition';
  detail: DetailShown | null;
  definition: Definition | null;
  /** whether the opened branch's clerks may be looked at from here */
  mayOpenClerks: boolean;
  /** whether the opened branch's tasks may be looked at from here */
  mayOpenTasks: boolean;
  /** whether the rows behind the opened numbers may be looked at from here */
  mayOpenRows: boolean;
  /** a manager's own branch is one tap away; a clerk sees the board and nothing behind it */
  ownBranch: boolean;
  isHq: boolean;
  /** she has the right to export, whatever board she looks at */
  mayExport: boolean;
  /** the board may be taken away as a file, asked for like this; null = it may not */
  exportAsk: BoardsContract['board.export']['ask'] | null;
}

Page({
  data: {
    state: 'loading',
    text: '',
    tab: 'branches',
    period: 'campaign',
    isNewest: true,
    shown: null,
    loadingMore: false,
    asTable: false,
    branchName: '',
    sheet: '',
    detail: null,
    definition: null,
    mayOpenClerks: false,
    mayOpenTasks: false,
    mayOpenRows: false,
    ownBranch: false,
    isHq: false,
    mayExport: false,
    exportAsk: null,
  } as Data,
  board: null as Board | null,
  campaignId: '',
  branchId: '',
  on: null as Day | null,
  asked: 0,
  role: '',

  onLoad(query: Record<string, string | undefined>) {
    this.campaignId = query.campaignId ?? '';
    if (query.tab === 'clerks') this.setData({ tab: 'clerks' });
    void this.load();
    void this.learnRole();
  },
  /** Whose phone this is decides what is offered beside the board; the cloud decides what is given. */
  async learnRole() {
    const answer = await members('session.open', {});
    if (!answer.ok) return;
    this.role = answer.reply.role;
    if (this.role === 'manager') this.setData({ ownBranch: true });
    if (this.role === 'hq') this.setData({ isHq: true });
  },
  openBranch() {
    goTo('/manager/branch/branch');
  },
  openReview() {
    goTo('/manager/review/review');
  },
  openOperations() {
    goTo('/hq/operations/operations');
  },
  openReport() {
    const id = this.data.shown?.campaignId ?? '';
    goTo(`/hq/report/report${id ? `?campaignId=${encodeURIComponent(id)}` : ''}`);
  },
  openTasks() {
    const { detail } = this.data;
    if (detail) goTo(`/manager/branch/branch?branchId=${encodeURIComponent(detail.id)}`);
  },
  /** The numbers move while the board lies behind another page; they are read again without a word. */
  onShow() {
    if (this.data.state === 'ready') void this.load(true);
  },
  onUnload() {
    this.asked += 1;
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  onReachBottom() {
    void this.loadMore();
  },

  /** Which campaign, week or month the page looks at. */
  looksAt() {
    const { period } = this.data;
    return {
      ...(this.campaignId ? { campaignId: this.campaignId } : {}),
      ...(period === 'campaign' ? {} : { period }),
      ...(this.on && period !== 'campaign' ? { on: this.on } : {}),
    };
  },
  async ask(after: string | null) {
    const { tab } = this.data;
    const which = { ...this.looksAt(), ...(after === null ? {} : { after }) };
    if (tab === 'clerks')
      return boards('board.clerks', { ...which, ...(this.branchId ? { branchId: this.branchId } : {}) });
    return boards('board.branches', tab === 'regions' ? { ...which, by: 'region' } : which);
  },
  async load(isQuiet = false) {
    const question = ++this.asked;
    const answer = await this.ask(null);
    if (question !== this.asked) return;
    if (!answer.ok) {
      if (isQuiet) return;
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.show(answer.reply);
  },
  async loadMore() {
    const board = this.board;
    if (!board?.next || this.data.loadingMore) return;
    const question = this.asked;
    this.setData({ loadingMore: true });
    const answer = await this.ask(board.next);
    if (question !== this.asked) return;
    this.setData({ loadingMore: false });
    if (!answer.ok) return;
    const known = new Set(board.rows.map(({ id }) => id));
    // A row that moved to the next page meanwhile is not shown twice.
    const rows = [...board.rows, ...answer.reply.rows.filter(({ id }) => !known.has(id))];
    this.show({ ...answer.reply, rows });
  },
  show(board: Board) {
    this.board = board;
    const shown = boardShown(board);
    const isNewest = board.period.to === null || board.period.to >= board.today;
    this.setData({
      state: shown.empty ? 'empty' : 'ready',
      text: shown.empty,
      shown,
      isNewest,
      loadingMore: false,
      mayExport: this.data.mayExport || board.mayExport === true,
      exportAsk: exportAskOf(board, this.looksAt(), this.branchId !== ''),
    });
  },
  reload() {
    this.setData({ state: 'loading' });
    void this.load();
  },

  pickTab(event: WechatMiniprogram.TouchEvent) {
    const { tab } = event.currentTarget.dataset as { tab: Tab };
    if (tab === this.data.tab && !this.branchId) return;
    this.branchId = '';
    this.setData({ tab, branchName: '' });
    this.reload();
  },
  pickPeriod(event: WechatMiniprogram.TouchEvent) {
    const { period } = event.currentTarget.dataset as { period: BoardPeriod };
    if (period === this.data.period) return;
    this.on = null;
    this.setData({ period });
    this.reload();
  },
  goEarlier() {
    this.turn(-1);
  },
  goLater() {
    if (!this.data.isNewest) this.turn(1);
  },
  turn(by: -1 | 1) {
    const { period } = this.data;
    const from = this.on ?? this.board?.today;
    if (!from || period === 'campaign') return;
    this.on = period === 'week' ? addDays(from, 7 * by) : addMonths(from, by);
    this.reload();
  },
  pickCampaign(event: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
    const picked = this.board?.campaigns[Number(event.detail.value)];
    if (!picked || picked.campaignId === this.data.shown?.campaignId) return;
    this.campaignId = picked.campaignId;
    this.reload();
  },
  swapTable() {
    this.setData({ asTable: !this.data.asTable });
  },

  openRow(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const { board } = this;
    const row = board?.rows.find((each) => each.id === id) ?? (board?.own?.id === id ? board.own : null);
    if (!row || !board) return;
    // Headquarters has no row of its own and sees every branch's clerks; others see their own branch's.
    const { ownId } = board;
    const isBranch = this.data.tab === 'branches';
    const mayOpenClerks = isBranch && (ownId === null || ownId === id);
    const isCampaign = this.data.period === 'campaign';
    this.setData({
      sheet: 'row',
      detail: detailShown(row, board.total.woken > 0, isCampaign),
      mayOpenClerks,
      mayOpenTasks: mayOpenClerks && (this.role === 'hq' || this.role === 'manager'),
      mayOpenRows:
        isCampaign &&
        (mayOpenClerks || (this.data.tab === 'clerks' && (this.role !== 'clerk' || ownId === id))),
    });
  },
  openRows(event: WechatMiniprogram.TouchEvent) {
    const { step } = event.currentTarget.dataset as { step: string };
    const { detail, shown, tab } = this.data;
    if (!detail || !shown) return;
    const whose = tab === 'clerks' ? 'clerkId' : 'branchId';
    const branch = tab === 'clerks' && this.branchId ? `&branchId=${encodeURIComponent(this.branchId)}` : '';
    goTo(
      `/manager/rows/rows?campaignId=${encodeURIComponent(shown.campaignId)}&step=${step}&${whose}=${encodeURIComponent(detail.id)}${branch}`,
    );
  },
  openDefinition(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id?: DefinitionId };
    this.setData({ sheet: 'definition', definition: definitionOf(id ?? 'fairScore') });
  },
  closeSheet() {
    this.setData({ sheet: '' });
  },
  popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
    if (!event.detail.visible) this.closeSheet();
  },
  openClerks() {
    const { detail } = this.data;
    if (!detail) return;
    this.branchId = detail.id;
    this.setData({ sheet: '', tab: 'clerks', branchName: detail.name });
    this.reload();
  },
});
