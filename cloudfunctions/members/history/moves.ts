import { groupBy, sortBy } from 'lodash-es';
import type { Cell, MoveExample, MovesPage } from '../../../miniprogram/contract/rules';
import type { StandOn } from '../../../miniprogram/domain/membership/history/diff';
import type { ReplayedMember } from '../../common/store/histories';
import { replayedOf } from './known';

/** A member who stands elsewhere on the second day. */
export interface MovedMember {
  member: Pick<ReplayedMember, '_id' | 'name' | 'phoneTail'>;
  from: StandOn;
  to: StandOn;
}

const MOST_EXAMPLES = 10;

const cellOf = ({ placement }: StandOn): Cell => ({
  lifecycle: placement.lifecycle,
  value: placement.value,
});
const keyOf = ({ from, to }: MovedMember): string =>
  [from, to].map(({ placement }) => `${placement.lifecycle}/${placement.value}`).join('>');

/** Does she stand in another field on the second day? */
export function isMove({ from, to }: MovedMember): boolean {
  const [one, two] = [cellOf(from), cellOf(to)];
  return one.lifecycle !== two.lifecycle || one.value !== two.value;
}

function exampleOf({ member, from, to }: MovedMember): MoveExample {
  const { _id: memberId, name, phoneTail } = member;
  const [before, after] = [replayedOf(from).sentence, replayedOf(to).sentence];
  return { memberId, name, phoneTail, from: cellOf(from), to: cellOf(to), before, after };
}

/** Counts members by move, most first, with at most ten by name: one of each move before a second of any. */
export function movesOf(moved: readonly MovedMember[]): Pick<MovesPage, 'moves' | 'examples'> {
  const groups = sortBy(Object.values(groupBy(moved, keyOf)), (group) => -group.length);
  const moves = groups.flatMap((group) => {
    const [first] = group;
    return first ? [{ from: cellOf(first.from), to: cellOf(first.to), members: group.length }] : [];
  });
  const examples: MovedMember[] = [];
  for (let round = 0; examples.length < Math.min(MOST_EXAMPLES, moved.length); round++) {
    for (const group of groups) {
      const one = group[round];
      if (one && examples.length < MOST_EXAMPLES) examples.push(one);
    }
  }
  return { moves, examples: examples.map(exampleOf) };
}
