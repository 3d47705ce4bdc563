import { sentenceOf } from '../../contract/failures';
import type { BranchShown, InviteShown, StaffShown } from '../../contract/staff';
import { newRequestKey } from '../../platform/requestKey';
import { ask, say, stopPullDown, tell } from '../../platform/screen';
import { members } from '../../services/functions';
import { branchRows, emptyText, inviteRows, leftText, spacedCode, staffRows, tabsShown } from './view';
import type { BranchRow, InviteRow, StaffList, StaffRow, Tab, TabShown } from './view';

/** Rows drawn at first and added at each reach of the bottom: a chain may have thousands of staff. */
const ROWS_A_TIME = 40;

interface Data {
  state: 'loading' | 'error' | 'ready';
  text: string;
  tab: Tab;
  tabs: TabShown[];
  search: string;
  /** only the staff of this branch; '' = all */
  branchId: string;
  branchName: string;
  branches: BranchRow[];
  staff: StaffRow[];
  invites: InviteRow[];
  /** rows the open list would have if all were drawn */
  rows: number;
  drawn: number;
  empty: string;
  /** branches an order named and nobody entered yet */
  unknown: number;
  isHq: boolean;
  sheet: '' | 'invite' | 'person' | 'branch';
  open: StaffList['branches'];
  roles: StaffList['mayInvite'];
  person: StaffShown | null;
  branch: BranchShown | null;
  /** the code that is shown; null = it is still to be made */
  invite: InviteShown | null;
}

Page({
  data: {
    state: 'loading',
    text: '',
    tab: 'branches',
    tabs: [],
    search: '',
    branchId: '',
    branchName: '',
    branches: [],
    staff: [],
    invites: [],
    rows: 0,
    drawn: ROWS_A_TIME,
    empty: '',
    unknown: 0,
    isHq: false,
    sheet: '',
    open: [],
    roles: [],
    person: null,
    branch: null,
    invite: null,
  } as Data,
  list: null as StaffList | null,
  asked: 0,

  onLoad() {
    void this.load();
  },
  onUnload() {
    this.asked += 1;
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  onReachBottom() {
    if (this.data.drawn < this.data.rows) this.draw(this.data.drawn + ROWS_A_TIME);
  },

  async load() {
    const question = ++this.asked;
    const answer = await members('staff.list', {});
    if (question !== this.asked) return;
    if (!answer.ok) {
      if (this.list) say(sentenceOf(answer.failure));
      else this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    const isFirst = this.list === null;
    this.list = answer.reply;
    const isHq = answer.reply.mayInvite.includes('hq');
    this.setData({
      state: 'ready',
      isHq,
      roles: answer.reply.mayInvite,
      open: answer.reply.branches.filter((one) => one.active),
      unknown: answer.reply.branches.filter((one) => one.unknown).length,
      // A manager has one branch: she comes for her colleagues.
      ...(isFirst && !isHq ? { tab: 'staff' as const } : {}),
    });
    this.draw(this.data.drawn);
  },
  again() {
    this.setData({ state: 'loading' });
    void this.load();
  },

  /** Draws the open list anew, as far as `drawn` rows. */
  draw(drawn = ROWS_A_TIME) {
    if (!this.list) return;
    const { tab, branchId } = this.data;
    const search = this.data.search.trim();
    const branches = tab === 'branches' ? branchRows(this.list.branches, search) : [];
    const staff = tab === 'staff' ? staffRows(this.list.staff, search, branchId) : [];
    const invites = tab === 'invites' ? inviteRows(this.list.invites, search) : [];
    const rows = branches.length + staff.length + invites.length;
    this.setData({
      tabs: tabsShown(this.list, tab),
      branches: branches.slice(0, drawn),
      staff: staff.slice(0, drawn),
      invites: invites.slice(0, drawn),
      rows,
      drawn,
      empty: rows === 0 ? emptyText(tab, search) : '',
    });
  },

  pickTab(event: WechatMiniprogram.TouchEvent) {
    const { tab } = event.currentTarget.dataset as { tab: Tab };
    this.setData({ tab, branchId: '', branchName: '' });
    this.draw();
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ search: event.detail.value });
    this.draw();
  },
  clearSearch() {
    this.setData({ search: '' });
    this.draw();
  },
  allStaff() {
    this.setData({ branchId: '', branchName: '' });
    this.draw();
  },

  openBranch(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const branch = this.list?.branches.find((one: BranchShown) => one.branchId === id) ?? null;
    if (!branch) return;
    if (this.data.isHq) this.setData({ sheet: 'branch', branch });
    else this.showStaffOf(branch);
  },
  addBranch() {
    this.setData({ sheet: 'branch', branch: null });
  },
  seeStaff() {
    const { branch } = this.data;
    if (branch) this.showStaffOf(branch);
  },
  showStaffOf({ branchId, name }: BranchShown) {
    this.setData({ sheet: '', tab: 'staff', search: '', branchId, branchName: name });
    this.draw();
  },
  openPerson(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const person = this.list?.staff.find((one: StaffShown) => one.staffId === id) ?? null;
    if (person) this.setData({ sheet: 'person', person });
  },
  openInvite() {
    this.setData({ sheet: 'invite', invite: null });
  },
  seeCode(event: WechatMiniprogram.TouchEvent) {
    const { code } = event.currentTarget.dataset as { code: string };
    const invite = this.list?.invites.find((one: InviteShown) => one.code === code) ?? null;
    if (invite) this.setData({ sheet: 'invite', invite });
  },
  closeSheet() {
    this.setData({ sheet: '' });
  },
  popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
    if (!event.detail.visible) this.closeSheet();
  },

  /** A sheet changed something: the lists are read anew behind it. */
  changed() {
    void this.load();
  },
  invited(event: WechatMiniprogram.CustomEvent<InviteShown>) {
    this.setData({ invite: event.detail });
    void this.load();
  },
  saved() {
    this.closeSheet();
    say('已保存');
    void this.load();
  },
  async left(event: WechatMiniprogram.CustomEvent<{ name: string; members: number; tasks: number }>) {
    this.closeSheet();
    void this.load();
    const { name, members: hers, tasks } = event.detail;
    await tell(leftText(name, hers, tasks), '已办理离职');
  },

  async takeBack(event: WechatMiniprogram.TouchEvent) {
    const { code } = event.currentTarget.dataset as { code: string };
    const isSure = await ask('收回邀请', `收回后，邀请码 ${spacedCode(code)} 就不能再用了。`, '收回');
    if (!isSure) return;
    const answer = await members('staff.uninvite', { code }, newRequestKey());
    if (!answer.ok) await tell(sentenceOf(answer.failure));
    else say(answer.reply.removed ? '已收回' : '这个邀请码已经被用掉或收回了');
    void this.load();
  },

  onShareAppMessage() {
    const { invite } = this.data;
    if (!invite) return { title: '回头客', path: '/pages/entry/entry' };
    const where = invite.branchName || '总部';
    return { title: `${invite.name}，邀请你加入${where}`, path: `/pages/entry/entry?code=${invite.code}` };
  },
});
