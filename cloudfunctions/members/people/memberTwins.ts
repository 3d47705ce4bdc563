import * as z from 'zod';
import type { PeopleContract } from '../../../miniprogram/contract/people';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { membersWithPhones, sharedPhones } from '../../common/store/people';
import { branchesNamed } from '../../common/store/remembered';
import { branchIdOfMember, briefOf } from '../brief';

const PAGE = 20;

/**
 * Members who share a phone, twenty phones a page: they may be one person under two numbers, or a family. Three calls.
 */
export const memberTwins: Actions<PeopleContract>['member.twins'] = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ after: anId.nullable() }),
  async run({ now }, { after }) {
    const hashes = await sharedPhones(after ?? '', PAGE + 1);
    const shown = hashes.slice(0, PAGE);
    const members = shown.length > 0 ? await membersWithPhones(shown) : [];
    const branches = await branchesNamed(members.map(branchIdOfMember), now);
    const twins = shown
      .map((hash) => members.filter((member) => member.phone?.hash === hash))
      .map((group) => ({
        phoneTail: group[0]?.phoneTail ?? '',
        members: group.map((member) => briefOf(member, branches)),
      }));
    return done({ twins, next: hashes.length > PAGE ? (shown.at(-1) ?? null) : null });
  },
};
