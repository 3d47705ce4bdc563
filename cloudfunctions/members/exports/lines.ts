import { dayOf, spokenTime } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { CHANNEL_WORDS, PURPOSE_WORDS } from '../../../miniprogram/domain/outreach/types';
import { mayKeepPhones, openPhone } from '../../common/people/phones';
import type { ExportDoc, MemberDoc, TaskDoc, TouchDoc } from '../../common/store/documents';

export const WHAT_WORDS: Record<ExportDoc['what'], string> = {
  members: '会员',
  tasks: '任务',
  touches: '触达记录',
};

const COLUMNS: Record<ExportDoc['what'], readonly string[]> = {
  members: '会员号 姓名 手机 门店 导购 生命周期 价值 消费次数 累计实付(元) 最近消费 退订 退订来源'.split(' '),
  tasks:
    '任务 会员号 姓名 手机尾号 门店 导购 状态 优惠 下发日 到期日 联系日 打开日 领取日 核销日 唤醒日'.split(
      ' ',
    ),
  touches: '编号 会员号 门店 导购 方式 目的 场景 时间 已撤回'.split(' '),
};

type Cell = string | number | null;

/**
 * One line of the file. A cell that a spreadsheet would take for a formula is made text.
 *
 * @example lineOf(['=1+1', '王"小"姐', null]) // → `'=1+1,"王""小""姐",`
 */
export function lineOf(cells: readonly Cell[]): string {
  return cells
    .map((cell) => {
      if (cell === null) return '';
      if (typeof cell === 'number') return String(cell);
      const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
      return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
    })
    .join(',');
}

/** The first two lines: whose file this is, and its columns. */
export function headOf({ _id, staffName, what, at }: ExportDoc): string {
  const whose = `# 回头客导出 ${_id} · ${WHAT_WORDS[what]} · ${staffName} · ${dayOf(at)} ${spokenTime(at)} · 仅限内部使用`;
  return `${lineOf([whose])}\n${lineOf(COLUMNS[what])}\n`;
}

const dayAt = (at: Ms | null): Cell => (at === null ? null : dayOf(at));

function phoneOf({ phone, phoneTail }: MemberDoc, phones: ExportDoc['phones']): string {
  if (phones === 'whole' && phone && mayKeepPhones()) return openPhone(phone);
  return phoneTail === '' ? '' : `*******${phoneTail}`;
}

export function memberLine(member: MemberDoc, phones: ExportDoc['phones']): string {
  const { _id, name, homeBranchId, ownerClerkId, lifecycle, value, facts, optOut } = member;
  const scope = optOut && (optOut.scope === 'promo' ? '不要推送' : '全部');
  return lineOf([
    _id,
    name,
    phoneOf(member, phones),
    homeBranchId,
    ownerClerkId,
    lifecycle,
    value,
    facts.paidOrders,
    facts.paidFen / 100,
    facts.lastPaidOn,
    scope,
    optOut?.source ?? null,
  ]);
}

export function taskLine(task: TaskDoc): string {
  const { _id, memberId, member, branchId, clerkId, status, offer, dueOn } = task;
  return lineOf([
    _id,
    memberId,
    member.name,
    member.phoneTail,
    branchId,
    clerkId,
    status,
    offer?.title ?? '',
    dayAt(task.enteredAt),
    dueOn,
    dayAt(task.contactedAt),
    dayAt(task.openedAt),
    dayAt(task.claimedAt),
    dayAt(task.redeemedAt),
    dayAt(task.wokenAt),
  ]);
}

export function touchLine(touch: TouchDoc): string {
  const { _id, memberId, branchId, clerkName, channel, purpose, scenario, at, undoneAt } = touch;
  return lineOf([
    _id,
    memberId,
    branchId,
    clerkName,
    CHANNEL_WORDS[channel],
    PURPOSE_WORDS[purpose],
    scenario,
    `${dayOf(at)} ${spokenTime(at)}`,
    undoneAt === undefined ? null : '是',
  ]);
}
