import type { ChainDoc, MemberDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { dice as diceOf } from '../../devkit/cloud/faults/dice';
import { addDays } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { TODAY } from './chain';
import { aMember, anOrder } from './people';

/**
 * Many members of all kinds, the same at every run: never bought, once, often, long ago and of late, cheap and dear.
 *
 * @example crowd(3).map(({ _id }) => _id) // → ['M00000', 'M00001', 'M00002']
 */
export function crowd(members: number, seed = 1): MemberDoc[] {
  const roll = diceOf(seed, 0);
  const upTo = (most: number) => Math.floor(roll() * most);
  return Array.from({ length: members }, (_, i) => {
    const id = `M${String(i).padStart(5, '0')}`;
    const gap = 5 + upTo(40);
    const last = upTo(540);
    const orders = Array.from({ length: upTo(6) }, (_order, n) =>
      anOrder(`${id}-${n}`, id, addDays(TODAY, -last - n * gap), 1_000 + upTo(40_000), upTo(3) ? 'B1' : 'B2'),
    );
    return aMember(id, orders, { homeBranchId: [null, 'B1', 'B2', 'B2'][upTo(4)] ?? null });
  });
}

/** All members as stored, by id. */
export function everybody(): Promise<MemberDoc[]> {
  return table('members').all({}, 1000);
}

/** Each stands where placing her from scratch by the settings in force puts her, in all places where that is written. */
export async function expectPlacedFromScratch(today: Day): Promise<void> {
  const { rules, aovCut } = (await table('chain').find('chain')) as ChainDoc;
  const members = await everybody();
  const written = members.map(({ placement, lifecycle, value, quiet, tierChangesOn }) => ({
    placement,
    lifecycle,
    value,
    quiet,
    tierChangesOn,
  }));
  expect(written).toEqual(
    members.map(({ facts }) => {
      const placement = placeMember(facts, rules, aovCut, today);
      const { lifecycle, value, quiet } = placement;
      return { placement, lifecycle, value, quiet, tierChangesOn: placement.changesOn ?? '9999-12-31' };
    }),
  );
}
