import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { Replayed } from '../../../miniprogram/contract/history';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import type { StandOn } from '../../../miniprogram/domain/membership/history/diff';
import type { History } from '../../../miniprogram/domain/membership/history/replay';
import type { KeptCut, KeptRules } from '../../../miniprogram/domain/membership/history/standards';
import { cutsUpTo, rulesVersions } from '../../common/store/chain';
import type { MemberDoc } from '../../common/store/documents';
import { storiesOf } from '../../common/store/orders';
import type { OrderStory } from '../../common/store/orders';

/** What all days of the chain were measured by. */
export interface Standards {
  versions: readonly KeptRules[];
  cuts: readonly KeptCut[];
}

/** Four calls, at the same time. */
export async function standardsBy(now: Ms): Promise<Standards> {
  const [versions, cuts] = await Promise.all([rulesVersions(), cutsUpTo(now)]);
  return { versions, cuts };
}

export function historyOf(
  { visitDays, browseDays = [] }: Pick<MemberDoc, 'visitDays' | 'browseDays'>,
  orders: readonly OrderStory[],
): History {
  return { orders, visits: visitDays, browses: browseDays };
}

/** Her orders, visits and looks, with what the days were measured by. Five calls or more, one for each 1000 orders. */
export async function knownOf(
  member: Pick<MemberDoc, '_id' | 'visitDays' | 'browseDays'>,
  now: Ms,
): Promise<Standards & { history: History }> {
  const [orders, standards] = await Promise.all([storiesOf([member._id]), standardsBy(now)]);
  return { history: historyOf(member, orders), ...standards };
}

/** A past evening as a phone shows it. */
export function replayedOf({ on, facts, placement, rules, cut }: StandOn): Replayed {
  return {
    on,
    lifecycle: placement.lifecycle,
    value: placement.value,
    quiet: placement.quiet,
    sentence: explainPlacement(facts, placement, rules, cut, on),
    rulesVersion: rules.version,
    paidOrders: facts.paidOrders,
    paidFen: facts.paidFen,
  };
}
