import type { PeopleContract } from '../../../miniprogram/contract/people';
import type { Actions } from '../../common/entry/action';
import { memberMerge } from './memberMerge';
import { memberTwins } from './memberTwins';
import { pasteSave } from './pasteSave';
import { visitRecord } from './visitRecord';

export const peopleActions: Actions<PeopleContract> = {
  'member.twins': memberTwins,
  'member.merge': memberMerge,
  'paste.save': pasteSave,
  'visit.record': visitRecord,
};
