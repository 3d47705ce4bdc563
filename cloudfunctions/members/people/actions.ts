import type { PeopleContract } from '../../../miniprogram/contract/people';
import type { Actions } from '../../common/entry/action';

export const peopleActions = {} as Actions<PeopleContract>;
