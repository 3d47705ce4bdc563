import { stableHash } from '../../kernel/stableHash';
import { CARE_OCCASIONS } from './types';
import type { CareOccasion } from './types';

const LONGEST = 40;

/** A name as a part of an id: only letters, digits, `_` and `-`, at most 40; whatever had to be changed keeps a mark of its own. */
function idPart(name: string): string {
  const clean = name.replace(/[^\p{L}\p{N}_-]/gu, '-').slice(0, LONGEST);
  return clean === name ? clean : `${clean}-${stableHash(name).toString(36)}`;
}

/**
 * The name of a reason. Task ids are `cycle:member` and the member's number is found behind the first colon, so there is
 * none in it.
 *
 * @example cycleOf('refill', '奶粉', '2026-03-18') // → 'care.refill.奶粉.2026-03-18'
 */
export function cycleOf(occasion: CareOccasion, ...parts: string[]): string {
  return ['care', occasion, ...parts.map(idPart)].join('.');
}

/** The occasion of a care task by its id; null when it is another kind of task. @example occasionOf('care.birthday.2026:M1') // → 'birthday' */
export function occasionOf(taskId: string): CareOccasion | null {
  const [kind, name] = taskId.split('.', 2);
  return kind === 'care' ? (CARE_OCCASIONS.find((one) => one === name) ?? null) : null;
}
