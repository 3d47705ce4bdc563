import { exactCount } from '../../../components/stat-tile/count';
import type { CampaignPlan } from '../../../contract/campaigns';
import { yuan } from '../../../domain/kernel/fen';

export interface BudgetsShown {
  /** in one line, for when they are folded */
  summary: string;
  /** yuan, where every branch has the same; '' = none, or they differ */
  each: string;
  rows: { branchId: string; name: string; budget: string }[];
  /** branches not drawn yet */
  more: number;
}

/** The branches a plan reaches. */
export function reachedBranches<B extends { branchId: string }>(
  { audience }: CampaignPlan,
  branches: readonly B[],
): B[] {
  return branches.filter(({ branchId }) => audience.branchIds?.includes(branchId) ?? true);
}

/** @example budgetsShown(plan, branches, 20).summary // → '都不限' */
export function budgetsShown(
  plan: CampaignPlan,
  branches: readonly { branchId: string; name: string }[],
  drawn: number,
): BudgetsShown {
  const reached = reachedBranches(plan, branches);
  const budgets = plan.branchBudgetsFen ?? {};
  const limits = reached.flatMap(({ branchId }) => budgets[branchId] ?? []);
  const [first] = limits;
  const isSame = limits.length === reached.length && limits.every((one) => one === first);
  return {
    summary:
      first === undefined
        ? '都不限'
        : isSame
          ? `每家 ${yuan(first)} 元`
          : `${exactCount(limits.length)} 家有上限`,
    each: isSame && first !== undefined ? yuan(first) : '',
    rows: reached.slice(0, drawn).map(({ branchId, name }) => {
      const budget = budgets[branchId];
      return { branchId, name, budget: budget === undefined ? '' : yuan(budget) };
    }),
    more: Math.max(0, reached.length - drawn),
  };
}
