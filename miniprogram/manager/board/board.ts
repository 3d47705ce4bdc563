import { sentenceOf } from '../../contract/failures';
import type { Board } from '../../contract/boards';
import { goTo, stopPullDown } from '../../platform/screen';
import { boards, members } from '../../services/functions';
import { boardShown, detailShown } from './view';
import type { BoardShown, DetailShown } from './view';

type Tab = 'branches' | 'clerks';
/** Rows drawn at first and added at each reach of the bottom; a chain may have hundreds of branches. */
const ROWS_A_TIME = 30;

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  tab: Tab;
  shown: BoardShown | null;
  drawn: number;
  asTable: boolean;
  /** the branch whose clerks HQ is looking at; '' = the caller's own */
  branchName: string;
  sheet: '' | 'row' | 'definition';
  detail: DetailShown | null;
  /** whether the opened branch's clerks may be looked at from here */
  mayOpenClerks: boolean;
  /** whether the opened branch's tasks may be looked at from here */
  mayOpenTasks: boolean;
  /** a manager's own branch is one tap away; a clerk sees the board and nothing behind it */
  ownBranch: boolean;
}

Page({
  data: {
    state: 'loading',
    text: '',
    tab: 'branches',
    shown: null,
    drawn: ROWS_A_TIME,
    asTable: false,
    branchName: '',
    sheet: '',
    detail: null,
    mayOpenClerks: false,
    mayOpenTasks: false,
    ownBranch: false,
  } as Data,
  board: null as Board | null,
  campaignId: '',
  branchId: '',
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
  },
  openBranch() {
    goTo('/manager/branch/branch');
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
    const { shown, drawn } = this.data;
    if (shown && drawn < shown.rows.length) this.setData({ drawn: drawn + ROWS_A_TIME });
  },

  async load(isQuiet = false) {
    const question = ++this.asked;
    const campaign = this.campaignId ? { campaignId: this.campaignId } : {};
    const answer =
      this.data.tab === 'branches'
        ? await boards('board.branches', campaign)
        : await boards('board.clerks', {
            ...campaign,
            ...(this.branchId ? { branchId: this.branchId } : {}),
          });
    if (question !== this.asked) return;
    if (!answer.ok) {
      if (isQuiet) return;
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.board = answer.reply;
    const shown = boardShown(answer.reply);
    this.setData({ state: shown.empty ? 'empty' : 'ready', text: shown.empty, shown });
  },
  reload() {
    this.setData({ state: 'loading', drawn: ROWS_A_TIME });
    void this.load();
  },

  pickTab(event: WechatMiniprogram.TouchEvent) {
    const { tab } = event.currentTarget.dataset as { tab: Tab };
    if (tab === this.data.tab && !this.branchId) return;
    this.branchId = '';
    this.setData({ tab, branchName: '' });
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
    const row = this.board?.rows.find((each) => each.id === id);
    if (!row) return;
    // Headquarters has no row of its own and sees every branch's clerks; others see their own branch's.
    const ownId = this.board?.ownId ?? null;
    const mayOpenClerks = this.data.tab === 'branches' && (ownId === null || ownId === id);
    this.setData({
      sheet: 'row',
      detail: detailShown(row, (this.board?.total.woken ?? 0) > 0),
      mayOpenClerks,
      mayOpenTasks: mayOpenClerks && (this.role === 'hq' || this.role === 'manager'),
    });
  },
  openDefinition() {
    this.setData({ sheet: 'definition' });
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
