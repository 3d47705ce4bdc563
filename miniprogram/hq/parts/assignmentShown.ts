import type { ChartRow } from '../../components/chart/picture';
import { countText, exactCount } from '../../components/stat-tile/count';
import type { AssignmentPreview, BranchShare } from '../../contract/campaigns';
import { money } from '../../domain/kernel/fen';
import { LIFECYCLE_WORDS } from '../../domain/membership/types';
import { shortDay } from './days';

/** Branches drawn as bars; all of them stand in the list below. */
const BARS = 8;
/** Branches over their budget that are named; the rest is counted. */
const NAMED_BRANCHES = 3;
/** Days listed; the rest is counted. */
const DAYS = 7;

export interface BranchShown {
  branchId: string;
  name: string;
  line: string;
  /** what its coupons may cost over its budget; '' = they do not */
  over: string;
  clerks: { clerkId: string; name: string; text: string }[];
}

export interface MarginShown {
  rungs: { words: string; text: string; isThin: boolean }[];
  /** 成交要多出 67% 才不亏 */
  uplift: string;
  /** why it would be refused; '' = it would not */
  refusal: string;
}

export interface AssignmentShown {
  audience: string;
  tasks: string;
  heldOut: string;
  /** why there is nothing to launch; empty = there is */
  nothing: string;
  /** those left out, each with the reason; empty when nobody is */
  leftOut: string[];
  byLifecycle: { word: string; offer: string; members: string }[];
  byRule: { rule: string; words: string; members: string }[];
  bars: ChartRow[];
  barsNote: string;
  branches: BranchShown[];
  examples: { id: string; memberName: string; to: string; reason: string }[];
  /** tasks by the day they fall due, at most a week */
  days: { on: string; text: string }[];
  daysNote: string;
  /** what the coupons may cost at most, and whether that may go over a budget; '' = it does not */
  worst: string;
  overBudget: string;
  /** what is left of the margin by coupon, and how much more has to be sold; null = nobody told what the chain earns */
  margin: MarginShown | null;
  /** the question asked before launching */
  question: string;
}

/** Who gets whom, before anything is written. @example assignmentShown(preview).tasks // → '4,120' */
export function assignmentShown(preview: AssignmentPreview): AssignmentShown {
  const clerks = preview.branches.reduce((sum, branch) => sum + branch.clerks.length, 0);
  const branches = [...preview.branches].sort((a, b) => tasksOf(b) - tasksOf(a));
  const overBudget = overBudgetText(preview);
  const leftOut = [
    preview.busy > 0 ? `${exactCount(preview.busy)} 位正在别的活动里，这次不重复打扰` : '',
    preview.resting > 0 ? `${exactCount(preview.resting)} 位刚结束上一个活动，还在间隔期` : '',
    preview.offered > 0
      ? `${exactCount(preview.offered)} 位在 ${preview.returnMonths} 个月内领过回归礼包，这次先不再给`
      : '',
    preview.nobody > 0 ? `${exactCount(preview.nobody)} 位没有可接手的导购，先不下发` : '',
    preview.noOffer > 0 ? `${exactCount(preview.noOffer)} 位的分层没有对应的优惠，先不下发` : '',
  ];
  return {
    audience: countText(preview.audience),
    tasks: countText(preview.tasks),
    heldOut: countText(preview.heldOut),
    nothing: nothingText(preview),
    leftOut: leftOut.filter((line) => line !== ''),
    byLifecycle: preview.byLifecycle.map((each) => ({
      word: LIFECYCLE_WORDS[each.lifecycle],
      offer: each.offerText,
      members: `${exactCount(each.members)} 位`,
    })),
    byRule: preview.byRule.map((each) => ({
      rule: each.rule,
      words: each.words,
      members: `${exactCount(each.members)} 位`,
    })),
    bars: branches.slice(0, BARS).map((branch) => ({
      label: branch.branchName,
      value: tasksOf(branch),
      text: exactCount(tasksOf(branch)),
    })),
    barsNote: branches.length > BARS ? `任务最多的 ${BARS} 家；共 ${branches.length} 家，见下表` : '',
    branches: branches.map(branchShown),
    examples: preview.examples.map((each, i) => ({
      id: String(i),
      memberName: each.memberName,
      to: `${each.branchName} · ${each.clerkName}`,
      reason: each.reason,
    })),
    days: preview.byDay.slice(0, DAYS).map(({ on, tasks, high }) => ({
      on: shortDay(on),
      text: `${exactCount(tasks)} 位${high > 0 ? `，其中高价值 ${exactCount(high)}` : ''}`,
    })),
    daysNote: preview.byDay.length > DAYS ? `之后还有 ${preview.byDay.length - DAYS} 天` : '',
    worst: worstText(preview),
    overBudget,
    margin: marginShown(preview.margin),
    question: [
      `${exactCount(preview.tasks)} 个任务会马上出现在 ${exactCount(clerks)} 位导购的列表里，下发后不能撤回。`,
      ...(overBudget ? [`券${overBudget}。`] : []),
    ].join(''),
  };
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;

function marginShown(margin: AssignmentPreview['margin']): MarginShown | null {
  return (
    margin && {
      rungs: margin.rungs.map(({ words, givenShare, leftShare, passes }) => ({
        words,
        text: `让利 ${percent(givenShare)}，${leftShare < 0 ? `亏 ${percent(-leftShare)}` : `毛利剩 ${percent(leftShare)}`}`,
        isThin: !passes,
      })),
      uplift: margin.upliftWords,
      refusal: margin.refusal ?? '',
    }
  );
}

function worstText({ worst }: AssignmentPreview): string {
  return worst.fen === null ? '有的折扣没有封顶，说不出最多多少' : `全部用到封顶，最多 ${money(worst.fen)}`;
}

function overBudgetText({ worst, branches }: AssignmentPreview): string {
  const whole =
    worst.mayExceed && worst.budgetFen !== null ? `可能超出活动预算 ${money(worst.budgetFen)}` : '';
  const over = branches.filter((branch) => branch.worst.mayExceed).map((branch) => branch.branchName);
  const more = over.length > NAMED_BRANCHES ? `等 ${exactCount(over.length)} 家` : '';
  const some = over.length > 0 ? `可能超出门店上限：${over.slice(0, NAMED_BRANCHES).join('、')}${more}` : '';
  return [whole, some].filter((line) => line !== '').join('；');
}

function nothingText(preview: AssignmentPreview): string {
  const { tasks, audience, busy, resting, offered, nobody, noOffer } = preview;
  if (tasks > 0) return '';
  return audience + busy + resting + offered + nobody + noOffer > 0
    ? '这次没有可以下发的会员，原因见下，请换一群人再试。'
    : '没有符合条件的会员，请回到第一步放宽人群。';
}

function tasksOf(branch: BranchShare): number {
  return branch.clerks.reduce((sum, clerk) => sum + clerk.tasks, 0);
}

function branchShown(branch: BranchShare): BranchShown {
  const held = branch.heldOut > 0 ? ` · 对照 ${exactCount(branch.heldOut)}` : '';
  const { fen, budgetFen, mayExceed } = branch.worst;
  const most = fen === null ? '说不准' : money(fen);
  return {
    branchId: branch.branchId,
    name: branch.branchName,
    line: `${exactCount(tasksOf(branch))} 个任务 · ${branch.clerks.length} 位导购${held}`,
    over: mayExceed && budgetFen !== null ? `券最多花 ${most}，上限 ${money(budgetFen)}` : '',
    clerks: branch.clerks.map((clerk) => ({
      clerkId: clerk.clerkId,
      name: clerk.name,
      text: `${exactCount(clerk.tasks)} 个，最晚 ${shortDay(clerk.lastDueOn)}`,
    })),
  };
}
