import type { Cell, MoveExample, TierMove } from '../../../miniprogram/contract/rules';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import { placeWith, prepare } from '../../../miniprogram/domain/membership/place';
import type { AovCut, Placement, TierRules } from '../../../miniprogram/domain/membership/types';
import type { ComparedMember } from '../../common/store/passing';

const MOST_EXAMPLES = 10;

interface Moving {
  member: ComparedMember;
  next: Placement;
}

/** Rules and the cut-off that goes with them. */
export interface Settings {
  rules: TierRules;
  cut: AovCut | null;
}

const cellOf = ({ lifecycle, value }: Cell): Cell => ({ lifecycle, value });

/** Who of them stands in another field of the matrix under `draft`, by the move. */
function movingBy(members: readonly ComparedMember[], draft: Settings, today: Day): Moving[][] {
  const placing = prepare(draft.rules, draft.cut, today);
  const groups = new Map<string, Moving[]>();
  for (const member of members) {
    const next = placeWith(placing, member.facts);
    const { lifecycle, value } = member.placement;
    if (next.lifecycle === lifecycle && next.value === value) continue;
    const move = `${lifecycle} ${value} ${next.lifecycle} ${next.value}`;
    groups.set(move, [...(groups.get(move) ?? []), { member, next }]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

/** One of each move, the largest first, then a second of each, until there are ten. */
function examplesOf(groups: readonly Moving[][]): Moving[] {
  const examples: Moving[] = [];
  const deepest = Math.max(0, ...groups.map((group) => group.length));
  for (let row = 0; row < deepest && examples.length < MOST_EXAMPLES; row++) {
    examples.push(...groups.flatMap((group) => group.slice(row, row + 1)));
  }
  return examples.slice(0, MOST_EXAMPLES);
}

/**
 * What a draft would change for these members: the moves with their numbers, the largest first, and at most ten examples
 * with the sentence of each side.
 *
 * @param inForce the settings whose sentence stands before the change
 */
export function comparisonOf(
  members: readonly ComparedMember[],
  inForce: Settings,
  draft: Settings,
  today: Day,
): { moves: TierMove[]; examples: MoveExample[] } {
  const groups = movingBy(members, draft, today);
  return {
    moves: groups.flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      return [{ from: cellOf(first.member.placement), to: cellOf(first.next), members: group.length }];
    }),
    examples: examplesOf(groups).map(({ member, next }) => ({
      memberId: member._id,
      name: member.name,
      phoneTail: member.phoneTail,
      from: cellOf(member.placement),
      to: cellOf(next),
      before: explainPlacement(member.facts, member.placement, inForce.rules, inForce.cut, today),
      after: explainPlacement(member.facts, next, draft.rules, draft.cut, today),
    })),
  };
}
