import type { BranchShown, InviteShown, StaffContract, StaffRole, StaffShown } from '../../contract/staff';
import { dayOf } from '../../domain/kernel/day';
import type { Ms } from '../../domain/kernel/day';
import { shortDay } from '../parts/days';

export type StaffList = StaffContract['staff.list']['reply'];
export type Tab = 'branches' | 'staff' | 'invites';

export const ROLE_WORDS: Readonly<Record<StaffRole, string>> = { clerk: '导购', manager: '店长', hq: '总部' };
const ROLE_ORDER: readonly StaffRole[] = ['hq', 'manager', 'clerk'];

export interface BranchRow {
  id: string;
  name: string;
  line: string;
  staffText: string;
  /** what has to be looked at; '' = nothing */
  mark: '' | '待完善' | '已停用';
}
export interface StaffRow {
  id: string;
  name: string;
  role: string;
  line: string;
  left: boolean;
}
export interface InviteRow {
  code: string;
  spaced: string;
  name: string;
  line: string;
}

/** A code as it is read aloud. @example spacedCode('K7M4Q2XP') // → 'K7M4 Q2XP' */
export function spacedCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

const bySpelling = (a: { name: string }, b: { name: string }): number =>
  a.name.localeCompare(b.name, 'zh-CN');
/** What has to be completed stands first, what is closed last. */
const weightOf = ({ unknown, active }: BranchShown): number => (unknown ? 0 : active ? 1 : 2);

/** Branches whose name or number holds the words, those to complete first. */
export function branchRows(branches: readonly BranchShown[], search: string): BranchRow[] {
  return branches
    .filter(({ name, branchId }) => name.includes(search) || branchId === search)
    .sort((a, b) => weightOf(a) - weightOf(b) || bySpelling(a, b))
    .map(({ branchId, name, address, active, unknown, staff }) => ({
      id: branchId,
      name,
      line: unknown ? `编号 ${branchId}，订单里出现过，还没有填名字` : address || `编号 ${branchId}`,
      staffText: `${staff} 人`,
      mark: unknown ? '待完善' : active ? '' : '已停用',
    }));
}

function staffLine({ branches, joinedAt, leftAt, active }: StaffShown): string {
  const where = branches.map(({ name }) => name).join('、');
  const when =
    !active && leftAt !== null
      ? `${shortDay(dayOf(leftAt))}离职`
      : joinedAt !== null
        ? `${shortDay(dayOf(joinedAt))}加入`
        : '';
  return [where, when].filter(Boolean).join(' · ');
}

/** Staff whose name holds the words: HQ, managers, clerks, and last who left; of one branch only when it is given. */
export function staffRows(staff: readonly StaffShown[], search: string, branchId = ''): StaffRow[] {
  return staff
    .filter(({ name }) => name.includes(search))
    .filter(({ branches }) => branchId === '' || branches.some(({ id }) => id === branchId))
    .sort(
      (a, b) =>
        Number(b.active) - Number(a.active) ||
        ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) ||
        bySpelling(a, b),
    )
    .map((one) => ({
      id: one.staffId,
      name: one.name,
      role: one.active ? ROLE_WORDS[one.role] : '已离职',
      line: staffLine(one),
      left: !one.active,
    }));
}

/** @example expiryText(startOf(day('2025-03-12'), 10)) // → '3月12日前有效' */
export function expiryText(expiresAt: Ms): string {
  return `${shortDay(dayOf(expiresAt))}前有效`;
}

export function inviteRows(invites: readonly InviteShown[], search: string): InviteRow[] {
  return invites
    .filter(({ name }) => name.includes(search))
    .map(({ code, role, branchName, name, expiresAt }) => ({
      code,
      spaced: spacedCode(code),
      name,
      line: [branchName, ROLE_WORDS[role], expiryText(expiresAt)].filter(Boolean).join(' · '),
    }));
}

export interface TabShown {
  id: Tab;
  word: string;
  on: boolean;
}

/** The three lists with how many each holds; those who left are not counted. */
export function tabsShown({ staff, branches, invites }: StaffList, tab: Tab): TabShown[] {
  const counts: [Tab, string, number][] = [
    ['branches', '门店', branches.length],
    ['staff', '员工', staff.filter((one) => one.active).length],
    ['invites', '邀请中', invites.length],
  ];
  return counts.map(([id, word, count]) => ({ id, word: `${word} ${count}`, on: id === tab }));
}

/** What an empty list says. */
export function emptyText(tab: Tab, search: string): string {
  if (search) return `没有找到“${search}”，换个名字试试。`;
  if (tab === 'branches') return '还没有门店。导入订单会自动建好，也可以先在这里新增。';
  if (tab === 'invites') return '没有等待加入的邀请。点“邀请员工”生成一个邀请码。';
  return '还没有员工。点“邀请员工”生成一个邀请码，发给她。';
}

/** What is sent along with a code. @example inviteMessage(invite, '青禾生活') */
export function inviteMessage({ code, role, branchName, name, expiresAt }: InviteShown): string {
  const where = branchName ? `${branchName}的${ROLE_WORDS[role]}` : ROLE_WORDS[role];
  return `${name}你好，邀请你加入，成为${where}。打开小程序，点“我是员工，输入邀请码”，填 ${spacedCode(code)} 。${expiryText(expiresAt)}，只能用一次。`;
}

/** Asked before somebody leaves. */
export function leaveQuestion({ name, role }: StaffShown): string {
  const after = role === 'clerk' ? '她名下的会员和没做完的任务会留着，随后由店长交接给同事。' : '';
  return `${name}会立刻无法再进入员工端，历史记录里仍然看得到她的名字。${after}`;
}

/** Told after somebody left: what is still in her name, and who takes care of it. */
export function leftText(name: string, members: number, tasks: number): string {
  if (members === 0 && tasks === 0) return `${name}已离职，名下没有会员和未完成的任务。`;
  const what = [members ? `${members} 位会员` : '', tasks ? `${tasks} 个未完成的任务` : ''].filter(Boolean);
  return `${name}已离职。她名下还有${what.join('、')}，请在店长端“本店”里做离职交接。`;
}

/** What is asked before the right to take files out is given or taken. */
export function grantQuestion(name: string, mayExport: boolean): string {
  return mayExport
    ? `${name}将可以把会员、任务和触达记录导出成文件。每次导出都会留下记录，文件带编号。`
    : `${name}将不能再导出，正在进行的导出也会停下。`;
}
