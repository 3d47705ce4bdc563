import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { aovCutOf } from '../../../miniprogram/domain/membership/aov';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { placeWith, prepare } from '../../../miniprogram/domain/membership/place';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { MemberFacts, OrderFact } from '../../../miniprogram/domain/membership/types';
import type { ChainDoc, MemberDoc } from '../../../cloudfunctions/common/store/documents';
import { diceOf } from '../../demo/dice';
import type { Dice } from '../../demo/dice';

const SEED = 20260318;
const BRANCHES = 50;
/** Two years of purchases: all stages are peopled. */
const DAYS_BACK = 730;

function factsDrawn(dice: Dice, today: Day): MemberFacts {
  const upTo = (most: number) => dice.whole(0, most - 1);
  const last = upTo(DAYS_BACK);
  const gap = 7 + upTo(60);
  const orders = Array.from({ length: upTo(8) }, (_, n): OrderFact => {
    const at = startOf(addDays(today, -last - n * gap), 10 + upTo(10));
    return {
      status: 'paid',
      createdAt: at,
      paidAt: at,
      paidFen: 1_000 + upTo(60_000),
      refundedFen: 0,
      branchId: `B${String(upTo(BRANCHES)).padStart(3, '0')}`,
      clerkId: null,
      withCoupon: upTo(4) === 0,
    };
  });
  return factsOf(orders, []);
}

/** A chain of so many members, each placed as its rules say; the same at every run. */
export function chainOf(count: number, today: Day): { chain: ChainDoc; members: Iterable<MemberDoc> } {
  const dice = diceOf(SEED);
  const drawn = Array.from({ length: count }, () => factsDrawn(dice, today));
  const rules = rulesOf('retail', 1);
  const aovs = drawn.map(({ aovFen }) => aovFen).filter((aov) => aov !== null);
  const aovCut = aovCutOf(aovs, 0.2, today);
  const placing = prepare(rules, aovCut, today);
  function* members(): Generator<MemberDoc> {
    for (const [i, facts] of drawn.entries()) {
      const placement = placeWith(placing, facts);
      yield {
        _id: `M${String(i).padStart(7, '0')}`,
        name: `会员${i}`,
        phoneTail: String(i % 10_000).padStart(4, '0'),
        openid: null,
        birthday: null,
        homeBranchId: facts.lastBranchId,
        ownerClerkId: null,
        facts,
        visitDays: [],
        lifecycle: placement.lifecycle,
        value: placement.value,
        quiet: placement.quiet,
        placement,
        tierChangesOn: placement.changesOn ?? '9999-12-31',
        tieredAt: startOf(today),
        waiting: 0,
        touches: [],
        optOut: null,
        campaignId: null,
      };
    }
  }
  const recut = { on: today, at: startOf(today), placedSince: 0 };
  return { chain: { _id: 'chain', name: '测量', rules, aovCut, recut }, members: members() };
}
