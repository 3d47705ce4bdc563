import type { RulesContract } from '../../../miniprogram/contract/rules';
import type { Actions } from '../../common/entry/action';

export const rulesActions = {} as Actions<RulesContract>;
