import type { TierMatrix, TierOverview } from '../../../miniprogram/contract/members';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { rebuildShown } from '../../common/flows/rebuild';
import { countBranches } from '../../common/store/branches';
import { chainSettings } from '../../common/store/chain';
import { countCells } from '../../common/store/members';

/**
 * The matrix lifecycle × value, with the rules it follows. Three database calls whatever the size of the
 * chain, four while a rebuild is under way.
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
    });
  },
};
