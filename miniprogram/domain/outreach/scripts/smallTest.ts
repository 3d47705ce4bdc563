import { stableShare } from '../../kernel/stableHash';
import type { Lifecycle, Value } from '../../membership/types';
import type { Script, ScriptBlank } from '../types';
import { blanksOf } from './render';

/** 小测试: two scripts of one occasion and tone, tried side by side before one is rolled out. */
export interface SmallTest {
  id: string;
  /** as it has been, and what is tried against it */
  scriptIds: [usual: string, tried: string];
  /** the share of members who get the tried one, 0 to 1 */
  share: number;
}

export const LEAST_SHARE = 0.05;
export const MOST_SHARE = 0.5;

/**
 * Which of the two this member gets: always the same one, whoever asks and however often.
 *
 * @example variantFor({ id: 't1', scriptIds: ['a', 'b'], share: 0 }, 'M001') // → 'a'
 */
export function variantFor({ id, scriptIds, share }: SmallTest, memberId: string): string {
  return stableShare(`scriptTest:${id}`, memberId) < share ? scriptIds[1] : scriptIds[0];
}

type Whom = Pick<Script, 'lifecycles' | 'values'>;

/** Does a script speak to members like her? @example fits(script, 'lost', 'low') // → true */
export function fits(script: Whom, lifecycle: Lifecycle, value: Value): boolean {
  return script.lifecycles.includes(lifecycle) && script.values.includes(value);
}

/**
 * The scripts without those a running test withholds from this member. Only who could have got either takes part: a
 * member whom one of the two does not suit gets the other as always, and is not counted.
 *
 * @param suitable scripts she could be offered
 * @returns what is left, and the ids of those she was given by a test
 */
export function withTests<T extends { id: string }>(
  suitable: readonly T[],
  tests: readonly SmallTest[],
  memberId: string,
): { left: T[]; tested: ReadonlySet<string> } {
  const ids = new Set(suitable.map(({ id }) => id));
  const tested = new Set<string>();
  const withheld = new Set<string>();
  for (const test of tests) {
    if (!test.scriptIds.every((id) => ids.has(id))) continue;
    const given = variantFor(test, memberId);
    tested.add(given);
    for (const id of test.scriptIds) if (id !== given) withheld.add(id);
  }
  return { left: suitable.filter(({ id }) => !withheld.has(id)), tested };
}

/** What a blank may promise; two scripts of which one promises cannot be told apart by their words. */
const PROMISES: readonly ScriptBlank[] = ['优惠', '有效期', '赠品'];
const promisesOf = ({ text }: Pick<Script, 'text'>): string =>
  blanksOf(text)
    .filter((blank) => PROMISES.includes(blank))
    .sort()
    .join('、');

/**
 * Why two scripts cannot be tried against each other, or null.
 *
 * @example testFault(script, script, 0.2) // → '请选两条不同的话术'
 */
export function testFault(usual: Script, tried: Script, share: number): string | null {
  if (usual.id === tried.id) return '请选两条不同的话术';
  if (usual.occasion !== tried.occasion || usual.tone !== tried.tone)
    return '两条话术要是同一个场合、同一种语气，才比得出说法';
  if (usual.purpose !== tried.purpose) return '两条话术的用途要一样';
  if (promisesOf(usual) !== promisesOf(tried)) return '一条说了优惠，另一条没有，比不出是说法的功劳';
  const isShared = usual.lifecycles.some(
    (one) => tried.lifecycles.includes(one) && usual.values.some((value) => tried.values.includes(value)),
  );
  if (!isShared) return '两条话术没有共同的会员，比不出来';
  return share >= LEAST_SHARE && share <= MOST_SHARE ? null : '试用的比例在 5% 到 50% 之间';
}
