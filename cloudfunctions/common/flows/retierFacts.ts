import { countBy, groupBy } from 'lodash-es';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { chainSettings } from '../store/chain';
import { awaitPlacing } from '../store/members';
import { placeAllIfUnchanged, placedMembers } from '../store/passing';
import type { PlacedMember } from '../store/passing';
import { inFlight } from './inFlight';
import { isSamePlacement, placedBy, placingOn } from './placing';
import type { PlacedPart } from './placing';
import type { Placing } from '../../../miniprogram/domain/membership/place';
import type { Moment } from './retier';

/** A member who is to be written, and where she goes. */
export interface Step {
  member: PlacedMember;
  part: PlacedPart;
}

/** How many stand in another field of the matrix afterwards, and `from>to` lifecycle → members. */
export interface Moves {
  changed: number;
  moves: Record<string, number>;
}

/** Those of them whom placing again writes: another placement, or the same by other rules. */
export function stepsOf(members: readonly PlacedMember[], placing: Placing): Step[] {
  return members
    .map((member) => ({ member, part: placedBy(placing, member.facts) }))
    .filter(({ member, part }) => !isSamePlacement(member.placement, part.placement));
}

const isMove = ({ member: { placement }, part }: Step): boolean =>
  placement.lifecycle !== part.lifecycle || placement.value !== part.value;

export function movesOf(steps: readonly Step[]): Moves {
  const moved = steps.filter(isMove);
  return {
    changed: moved.length,
    moves: countBy(moved, ({ member, part }) => `${member.placement.lifecycle}>${part.lifecycle}`),
  };
}

/** Only what differs: so all whom new rules leave where they are take one and the same change. */
function changeOf({ member: { placement: before }, part }: Step): Record<string, unknown> {
  const { placement, lifecycle, value, quiet, tierChangesOn } = part;
  return {
    ...(before.lifecycle !== lifecycle && { lifecycle, 'placement.lifecycle': lifecycle }),
    ...(before.value !== value && { value, 'placement.value': value }),
    ...(before.quiet !== quiet && { quiet, 'placement.quiet': quiet }),
    ...(before.changesOn !== placement.changesOn && {
      tierChangesOn,
      'placement.changesOn': placement.changesOn,
    }),
    ...(before.rulesVersion !== placement.rulesVersion && {
      'placement.rulesVersion': placement.rulesVersion,
    }),
  };
}

/** Writes them, one call for all who take the same change. @returns ids of members somebody else wrote meanwhile */
async function writeSteps(steps: readonly Step[], now: number): Promise<string[]> {
  const changes = steps.map((step) => ({ member: step.member, change: changeOf(step) }));
  const alike = Object.values(groupBy(changes, ({ change }) => JSON.stringify(change)));
  const lost = await inFlight(alike, (group) =>
    placeAllIfUnchanged(
      group.map(({ member }) => member),
      group[0]?.change ?? {},
      now,
    ),
  );
  return lost.flat();
}

/** A third round means that rows of hers keep coming; whoever settles next places her then. */
const ROUNDS = 3;

/**
 * Places members as decided. Who was written meanwhile is read and decided again by the chain as it then stands; in
 * the end nobody stands by settings older than those read here.
 */
export async function placeSteps(steps: readonly Step[], { now, today }: Moment): Promise<void> {
  let lost = await writeSteps(steps, now);
  for (let round = 1; round < ROUNDS && lost.length > 0; round++) {
    // Members first, settings second: what is written later than this reading makes the next write fail.
    const again = await placedMembers(lost);
    const chain = await chainSettings();
    lost = await writeSteps(stepsOf(again, placingOn(chain, today)), now);
  }
  await awaitPlacing(lost);
}

/** The next of `members` decided by the chain as it stands now. One call. */
export async function decided(members: readonly PlacedMember[], today: Day): Promise<Step[]> {
  return stepsOf(members, placingOn(await chainSettings(), today));
}
