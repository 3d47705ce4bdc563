import { chunk } from 'lodash-es';
import type { MemberDoc } from '../store/documents';
import { membersByPhone, mergesOf } from '../store/people';
import { command, PAGE_LIMIT, table } from '../store/table';
import { idOfNumber, phoneInNumber } from './numbered';
import { phoneHashes } from './phones';

/** Whose the numbers are that a file or a till tells. */
export interface Resolved {
  /** number as it was told → id of the member who bears it; every number is there */
  idOf: ReadonlyMap<string, string>;
  /** ids of whom no document stands: to be added before anything of theirs */
  unknown: ReadonlySet<string>;
  /** those who stand under the number itself, where they were asked for */
  bearers: ReadonlyMap<string, Bearer>;
}

/** Whose a coupon is, as the coupon carries it. */
export type Bearer = Pick<MemberDoc, '_id' | 'name' | 'phoneTail' | 'openid'>;

/**
 * Finds the members behind numbers: a number that was merged leads to the member she lives on as, a phone to whoever has
 * that phone.
 *
 * One call; one more when some of them do not stand, and one when some are phones. A number that stands for nobody is its
 * own id (a phone: the id made of its hash).
 *
 * @param memberNos at most 1000
 * @param withBearers their names and accounts as well, by the same call
 * @example (await resolved(['M1', 'M2'])).idOf.get('M2') // → 'M1' after M2 was merged into M1
 */
export async function resolved(memberNos: readonly string[], withBearers = false): Promise<Resolved> {
  const numbers = [...new Set(memberNos)];
  // Before a key was set a phone may have come in as it is: whoever stands under it stays.
  const ids = [...new Set(numbers.flatMap((no) => [no, idOfNumber(no)]))];
  const phones = numbers.filter((no) => phoneInNumber(no) !== null);
  const [bearers, byPhone] = await Promise.all([known(ids, withBearers), holders(phones)]);
  const standing = new Set(bearers.keys());
  const first = new Map(
    numbers.map((no) => [no, standing.has(no) ? no : (byPhone.get(no) ?? idOfNumber(no))] as const),
  );
  const holding = new Set(byPhone.values());
  const missing = [...new Set(first.values())].filter((id) => !standing.has(id) && !holding.has(id));
  const merged = await mergesOf(missing);
  return {
    idOf: new Map([...first].map(([no, id]) => [no, merged.get(id) ?? id])),
    unknown: new Set(missing.filter((id) => !merged.has(id))),
    bearers,
  };
}

/** Those of the ids who stand. One call for each 1000. */
async function known(ids: readonly string[], withBearers: boolean): Promise<Map<string, Bearer>> {
  const found = new Map<string, Bearer>();
  for (const some of chunk(ids, PAGE_LIMIT)) {
    const members = await table('members').page({
      where: { _id: command().in([...some]) },
      limit: PAGE_LIMIT,
      fields: withBearers ? ['name', 'phoneTail', 'openid'] : ['_id'],
    });
    for (const member of members) found.set(member._id, member);
  }
  return found;
}

/** Phone → the member who has it; of several, the smallest number, so that it is always the same. */
async function holders(phones: readonly string[]): Promise<Map<string, string>> {
  const hashesOf = (no: string) => phoneHashes(phoneInNumber(no) ?? no);
  const byHash = await membersByPhone(phones.flatMap(hashesOf));
  return new Map(
    phones.flatMap((no) => {
      const id = hashesOf(no)
        .map((hash) => byHash.get(hash))
        .find((found) => found !== undefined);
      return id === undefined ? [] : [[no, id] as const];
    }),
  );
}
