import type { RowBehind } from '../../contract/boards';
import { definitionOf } from '../../domain/credit/definitions';
import type { Definition, DefinitionId } from '../../domain/credit/definitions';
import { tierWords } from '../../domain/credit/report/topic';
import { STEPS } from '../../domain/credit/rollup/cell';
import type { Step } from '../../domain/credit/rollup/cell';
import { spokenDay, spokenTime } from '../../domain/kernel/day';

const WORDS: Record<Step, string> = {
  assigned: '下发',
  contacted: '已联系',
  opened: '已打开',
  claimed: '已领取',
  redeemed: '已核销',
  woken: '已唤醒',
  optedOut: '退订',
  concluded: '已有结果',
};
const DEFINITIONS: Partial<Record<Step, DefinitionId>> = {
  contacted: 'step.contacted',
  opened: 'step.opened',
  claimed: 'step.claimed',
  redeemed: 'step.redeemed',
  woken: 'wake.netPaid.28',
  concluded: 'completion',
};

/** What came in the address, as a step. @example stepNamed('luck') // → 'assigned' */
export const stepNamed = (text: string | undefined): Step =>
  STEPS.find((step) => step === text) ?? 'assigned';
export const stepWords = (step: Step): string => WORDS[step];
export function definitionBehind(step: Step): Definition | null {
  const id = DEFINITIONS[step];
  return id ? definitionOf(id) : null;
}

export interface RowShown {
  taskId: string;
  name: string;
  tier: string;
  where: string;
  when: string;
}

/**
 * @param isOneBranch all rows are of one branch, whose name would only be repeated
 * @example rowShown(row, '已唤醒', false).when // → '已唤醒 3月5日 09:30'
 */
export function rowShown(row: RowBehind, words: string, isOneBranch: boolean): RowShown {
  return {
    taskId: row.taskId,
    name: `${row.memberName} · 尾号 ${row.phoneTail}`,
    tier: tierWords(row.tier),
    where: [isOneBranch ? '' : row.branchName, row.clerkName].filter(Boolean).join(' · '),
    when: row.at === null ? `${spokenDay(row.enteredOn)}进入` : `${words} ${spokenTime(row.at)}`,
  };
}
