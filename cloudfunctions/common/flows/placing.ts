import type { Day } from '../../../miniprogram/domain/kernel/day';
import { placeWith, prepare } from '../../../miniprogram/domain/membership/place';
import type { Placing } from '../../../miniprogram/domain/membership/place';
import { NO_FACTS } from '../../../miniprogram/domain/membership/facts';
import type { MemberFacts, Placement } from '../../../miniprogram/domain/membership/types';
import type { ChainDoc, MemberDoc } from '../store/documents';

/** The part of a member document that follows from her facts and the chain's rules. */
export type PlacedPart = Pick<MemberDoc, 'lifecycle' | 'value' | 'quiet' | 'placement' | 'tierChangesOn'>;

export function partOf(placement: Placement): PlacedPart {
  const { lifecycle, value, quiet, changesOn } = placement;
  return { lifecycle, value, quiet, placement, tierChangesOn: changesOn ?? '9999-12-31' };
}

/** The chain's rules made ready for one day. */
export function placingOn(chain: ChainDoc, today: Day): Placing {
  return prepare(chain.rules, chain.aovCut, today);
}

export function placedBy(placing: Placing, facts: MemberFacts): PlacedPart {
  return partOf(placeWith(placing, facts));
}

/** Would writing `next` change anything about her placement? */
export function isSamePlacement(one: Placement, next: Placement): boolean {
  return (
    one.lifecycle === next.lifecycle &&
    one.value === next.value &&
    one.quiet === next.quiet &&
    one.changesOn === next.changesOn &&
    one.rulesVersion === next.rulesVersion
  );
}

/** A member of whom only the number is known, named by its end until somebody tells her name. */
export function unknownMember(memberId: string, placing: Placing, now: number): MemberDoc {
  return {
    _id: memberId,
    name: `会员${memberId.slice(-4)}`,
    phoneTail: '',
    openid: null,
    birthday: null,
    homeBranchId: null,
    ownerClerkId: null,
    facts: NO_FACTS,
    visitDays: [],
    ...placedBy(placing, NO_FACTS),
    tieredAt: now,
    waiting: 0,
    touches: [],
    optOut: null,
    campaignId: null,
    refillOn: [],
    remindAt: null,
  };
}
