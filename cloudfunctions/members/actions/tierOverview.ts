import type { TierMatrix, TierOverview } from '../../../miniprogram/contract/members';
import { forecastOf } from '../../../miniprogram/domain/kernel/billing';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { rebuildShown } from '../../common/flows/rebuild';
import { countBranches } from '../../common/store/branches';
import { chainSettings } from '../../common/store/chain';
import type { ChainDoc } from '../../common/store/documents';
import { countCells } from '../../common/store/members';
import { usageUntil } from '../../common/store/usage';

/** Said here as well, where headquarters looks every day. At most one call. */
async function overBudget({ budget }: ChainDoc, today: Day): Promise<Pick<TierOverview, 'overBudget'>> {
  if (!budget) return {};
  const { monthFen: forecastFen } = forecastOf(await usageUntil(today), today);
  const { monthFen: budgetFen } = budget;
  return forecastFen > budgetFen ? { overBudget: { forecastFen, budgetFen } } : {};
}

/**
 * The matrix lifecycle × value, with the rules it follows. Three database calls whatever the size of the
 * chain, four while a rebuild is under way, one more where a budget stands.
 */
export const tierOverview: Action<Record<string, never>, TierOverview> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run({ today }) {
    const [cells, chain, branches] = await Promise.all([countCells(), chainSettings(), countBranches()]);
    const matrix: TierMatrix = {};
    for (const { lifecycle, value, members } of cells) (matrix[lifecycle] ??= {})[value] = members;
    const sum = (part: 'members' | 'waiting') => cells.reduce((total, cell) => total + cell[part], 0);
    return done({
      today,
      members: sum('members'),
      matrix,
      rules: chain.rules,
      aovCut: chain.aovCut,
      waiting: sum('waiting'),
      branches,
      rebuild: await rebuildShown(chain),
      ...(await overBudget(chain, today)),
    });
  },
};
