import type { Session } from '../../../miniprogram/contract/members';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { isBeingSetUp } from '../../common/store/chain';
import type { ChainDoc } from '../../common/store/documents';
import { memberOf } from '../../common/store/members';
import { branchesNamed, chainNow } from '../../common/store/remembered';
import { countHq } from '../../common/store/staff';
import { table } from '../../common/store/table';

/** A warm function may remember a chain that has been set up since: a second look, while one is. At most one call. */
async function isToBeLed(remembered: ChainDoc | null): Promise<boolean> {
  return isBeingSetUp(remembered) && isBeingSetUp(await table('chain').find('chain'));
}

/**
 * Who am I, and where do I belong? Everybody may ask. Two calls beside the caller's scope, fewer while warm; one more
 * for a stranger, who may be the one that sets the system up, and for HQ of a chain that is being set up.
 */
export const sessionOpen: Action<Record<string, never>, Session> = {
  who: ['hq', 'manager', 'clerk', 'person'],
  writes: false,
  ask: nothing,
  async run({ scope, now, today }) {
    const [chain, branches, member] = await Promise.all([
      chainNow(now),
      branchesNamed([scope.branchId], now),
      scope.role === 'person' ? memberOf(scope.openid) : null,
    ]);
    const { branchId } = scope;
    const isStranger = scope.role === 'person' && !member;
    return done({
      role: scope.role === 'person' ? (member ? 'member' : 'stranger') : scope.role,
      name: scope.staff?.name ?? member?.name ?? '',
      branch: branchId === null ? null : { id: branchId, name: branches.get(branchId)?.name ?? branchId },
      today,
      chain: { name: chain?.name ?? '' },
      setUp: !isStranger || (await countHq()) > 0,
      ...(scope.role === 'hq' && (await isToBeLed(chain)) ? { settingUp: true as const } : {}),
    });
  },
};
