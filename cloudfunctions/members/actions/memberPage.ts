import * as z from 'zod';
import type { MembersContract } from '../../../miniprogram/contract/members';
import { done } from '../../../miniprogram/domain/kernel/result';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import type { Action } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { listMembers } from '../../common/store/members';
import { branchesNamed } from '../../common/store/remembered';
import { branchIdOfMember, briefOf } from '../brief';

type Ask = MembersContract['member.page']['ask'];
const PAGE = 50;

/** Members of one field of the matrix, 50 a page by key; `search` is the beginning of a name, a number or a phone's tail. */
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
    const found = await listMembers({ lifecycle, value, search: search.trim(), after }, PAGE + 1);
    const shown = found.slice(0, PAGE);
    const branches = await branchesNamed(shown.map(branchIdOfMember), now);
    return done({
      members: shown.map((member) => briefOf(member, branches)),
      next: found.length > PAGE ? (shown.at(-1)?._id ?? null) : null,
    });
  },
};
