import type { Day } from '../kernel/day';
import { ageTag, childAgeTag } from './tagging/age';
import { distanceTag } from './tagging/distance';
import type { Point } from './tagging/distance';
import { categoryTag, promotionTag, seasonTag } from './tagging/habits';
import type { MemberFacts } from './types';

/** Something computed about a member, never typed. */
export interface Tag {
  kind: 'category' | 'season' | 'promotion' | 'distance' | 'age' | 'childAge';
  /** as it is shown, e.g. 爱买奶粉 */
  word: string;
  /** the numbers behind it, e.g. 8单里6单买了奶粉 */
  why: string;
}

/** What tags are computed from. */
export interface TaggedPerson {
  facts: MemberFacts;
  birthday: Day | null;
  childBirthday: Day | null;
  place: Point | null;
  branchPlace: Point | null;
}

/**
 * What her orders and dates say about her, each with the numbers behind it; what too few numbers say is not said.
 *
 * @example tagsOf({ facts: NO_FACTS, birthday: day('1990-03-05'), childBirthday: null, place: null, branchPlace: null }, day('2025-03-05'))
 * // → [{ kind: 'age', word: '35–44岁', why: '1990年3月5日出生，已满35岁' }]
 */
export function tagsOf(person: TaggedPerson, today: Day): Tag[] {
  return [
    categoryTag(person.facts),
    seasonTag(person.facts),
    promotionTag(person.facts),
    distanceTag(person.place, person.branchPlace),
    ageTag(person.birthday, today),
    childAgeTag(person.childBirthday, today),
  ].filter((tag) => tag !== null);
}
