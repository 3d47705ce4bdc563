import { diceOf } from '../../../devkit/demo/dice';
import type { CountedTask } from '../../../miniprogram/domain/credit/rollup/cell';
import { cellOf } from '../../../miniprogram/domain/credit/rollup/count';
import type { Cell } from '../../../miniprogram/domain/credit/rollup/cell';
import { DAY_MS, day, startOf } from '../../../miniprogram/domain/kernel/day';
import { RETAIL_LADDER } from '../../../miniprogram/domain/offers/ladder';
import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';

/** A campaign whose truth was set beforehand: who would come by herself, and what the talk with her clerk adds. */
export interface KnownChain {
  cells: { branchId: string; cell: Cell }[];
  /** what being treated added, over all who were treated */
  trueLift: number;
  /** clerk → how much better than the ordinary she is */
  skill: Map<string, number>;
}

const ENTERED = startOf(day('2025-03-03'), 10);
const TIERS: readonly { lifecycle: Lifecycle; value: Value; base: number }[] = [
  { lifecycle: 'drowsy', value: 'high', base: 0.22 },
  { lifecycle: 'drowsy', value: 'low', base: 0.14 },
  { lifecycle: 'dormant', value: 'mid', base: 0.09 },
  { lifecycle: 'lost', value: 'low', base: 0.03 },
];
const RULE = RETAIL_LADDER[0]?.rule ?? { kind: 'amountOff' as const, offFen: 1000, minFen: 0 };
const OFFER = { title: '回归礼', rule: RULE, validHours: 48, trial: null };

function taskOf(known: Partial<CountedTask>): CountedTask {
  return {
    arm: 'treated',
    clerkId: null,
    lifecycle: 'dormant',
    value: 'mid',
    status: 'open',
    offer: OFFER,
    enteredAt: ENTERED,
    dueOn: day('2025-03-05'),
    contactedAt: null,
    openedAt: null,
    claimedAt: null,
    redeemedAt: null,
    wokenAt: null,
    wakeFen: null,
    followUp: null,
    optedOutAt: null,
    visitDays: [],
    offFen: 0,
    orders: [],
    ...known,
  };
}

/**
 * One chain from a seed: branches with different mixes of tiers, clerks of different skill and with different numbers of
 * members. A tenth to a fifth is held out. The very counting of the product makes cells of it.
 */
export function knownChain(seed: number): KnownChain {
  const dice = diceOf(seed);
  const skill = new Map<string, number>();
  const effect = 0.02 + 0.08 * dice.share();
  const holdout = 0.1 + 0.1 * dice.share();
  let [added, treated] = [0, 0];
  const cells = Array.from({ length: 8 }, (_none, b) => {
    const branchId = `B${b}`;
    const mix = TIERS.map((tier) => [tier, 0.2 + dice.share()] as const);
    const tasks: CountedTask[] = [];
    for (let c = 0; c < 4; c++) {
      const clerkId = `${branchId}-c${c}`;
      const own = dice.around(1, 0.5);
      skill.set(clerkId, own);
      const members = dice.whole(8, 60);
      const favourite = dice.pick(TIERS);
      for (let m = 0; m < members; m++) {
        // Each clerk has more of one tier than the branch has.
        const { lifecycle, value, base } = dice.chance(0.4) ? favourite : dice.weighted(mix);
        const isHeldOut = dice.chance(holdout);
        const brought = Math.min(0.95, base + effect * own + base * 0.3 * (own - 1)) - base;
        if (!isHeldOut) [added, treated] = [added + brought, treated + 1];
        const isWoken = dice.chance(isHeldOut ? base : Math.max(0, base + brought));
        const wokenAt = isWoken ? ENTERED + dice.whole(1, 27) * DAY_MS : null;
        tasks.push(
          taskOf({
            arm: isHeldOut ? 'heldOut' : 'treated',
            clerkId: isHeldOut ? null : clerkId,
            lifecycle,
            value,
            status: isHeldOut ? 'heldOut' : isWoken ? 'woken' : 'open',
            contactedAt: isHeldOut ? null : ENTERED + DAY_MS,
            wokenAt,
            wakeFen: isWoken ? 10_000 : null,
          }),
        );
      }
    }
    return { branchId, cell: cellOf(tasks) };
  });
  return { cells, trueLift: added / treated, skill };
}

export { taskOf as aCountedTask, ENTERED };
