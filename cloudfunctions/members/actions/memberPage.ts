import * as z from 'zod';
import type { MembersContract } from '../../../miniprogram/contract/members';
import { done } from '../../../miniprogram/domain/kernel/result';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import type { Action } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { readPhone } from '../../../miniprogram/domain/membership/csv/cell';
import { mayKeepPhones, phoneHashes } from '../../common/people/phones';
import { listMembers } from '../../common/store/members';
import type { ListedMember } from '../../common/store/members';
import { mergesOf } from '../../common/store/people';
import { branchesNamed } from '../../common/store/remembered';
import { branchIdOfMember, briefOf } from '../brief';

type Ask = MembersContract['member.page']['ask'];
const PAGE = 50;

type Wanted = Pick<Ask, 'lifecycle' | 'value'> & { search: string; after: string };

/** A number that was merged finds the member it lives on as. One call; three when nothing was found. */
async function found(wanted: Wanted): Promise<ListedMember[]> {
  const { search, after } = wanted;
  const phone = readPhone(search);
  const asked =
    phone === null
      ? wanted
      : { ...wanted, search: phone, ...(mayKeepPhones() ? { phoneHashes: phoneHashes(phone) } : {}) };
  const members = await listMembers(asked, PAGE + 1);
  if (members.length > 0 || search === '' || after !== '') return members;
  const into = (await mergesOf([search])).get(search);
  return into === undefined ? members : listMembers({ ...wanted, search: into }, PAGE + 1);
}

/**
 * Members of one field of the matrix, 50 a page by key; `search` is the beginning of a name, a member number, a whole
 * phone or its tail.
 */
export const memberPage: Action<Ask, MembersContract['member.page']['reply']> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({
    lifecycle: z.enum(LIFECYCLES).optional(),
    value: z.enum(VALUES).optional(),
    search: someText(64).optional(),
    after: anId.optional(),
  }),
  async run({ now }, { lifecycle, value, search = '', after = '' }) {
    const wanted = { search: search.trim(), after, ...(lifecycle && { lifecycle }), ...(value && { value }) };
    const members = await found(wanted);
    const shown = members.slice(0, PAGE);
    const branches = await branchesNamed(shown.map(branchIdOfMember), now);
    return done({
      members: shown.map((member) => briefOf(member, branches)),
      next: members.length > PAGE ? (shown.at(-1)?._id ?? null) : null,
    });
  },
};
