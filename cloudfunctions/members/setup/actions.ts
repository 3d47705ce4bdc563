import type { SetUpContract } from '../../../miniprogram/contract/setup';
import type { Actions } from '../../common/entry/action';
import { chainName } from './chainName';
import { setUpEnd } from './setUpEnd';
import { setUpGet } from './setUpGet';

export const setupActions: Actions<SetUpContract> = {
  'setup.get': setUpGet,
  'chain.name': chainName,
  'setup.end': setUpEnd,
};
