import * as z from 'zod';
import type { BranchTiers, RulesContract } from '../../../miniprogram/contract/rules';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { branchTiers } from '../../common/store/branchTiers';
import type { BranchPlace } from '../../common/store/branchTiers';
import { branchesNamed } from '../../common/store/remembered';

type Ask = RulesContract['tier.branches']['ask'];
type Reply = RulesContract['tier.branches']['reply'];

const PAGE = 50;

/** `members|branch`, the place behind which the next page begins. */
function placeRead(after: string | undefined): BranchPlace | null {
  if (after === undefined) return null;
  const bar = after.indexOf('|');
  return { members: Number(after.slice(0, bar)), branchId: after.slice(bar + 1) };
}

/** Members of each branch by lifecycle, 50 branches a page, the largest first. At most two database calls. */
export const tierBranches: Action<Ask, Reply> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({
    after: z
      .string()
      .max(200)
      .regex(/^\d{1,12}\|/, '请从第一页重新打开')
      .optional(),
  }) as z.ZodType<Ask>,
  async run({ now }, { after }) {
    const rows = await branchTiers(placeRead(after), PAGE);
    const names = await branchesNamed(
      rows.map(({ branchId }) => branchId || null),
      now,
    );
    const branches: BranchTiers[] = rows.map(({ branchId, members, counts }) => ({
      branchId,
      name: branchId === '' ? '还没有门店' : (names.get(branchId)?.name ?? branchId),
      members,
      counts,
    }));
    const last = rows.length < PAGE ? undefined : rows.at(-1);
    return done({ branches, next: last ? `${last.members}|${last.branchId}` : null });
  },
};
