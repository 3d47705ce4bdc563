import type { OperationsContract } from '../../../miniprogram/contract/operations';
import type { Actions } from '../../common/entry/action';
import { exportBegin } from './exportBegin';
import { exportPage } from './exportPage';
import { exportRight } from './exportRight';

type Room = Pick<OperationsContract, 'export.right' | 'export.begin' | 'export.page'>;

export const exportActions: Actions<Room> = {
  'export.right': exportRight,
  'export.begin': exportBegin,
  'export.page': exportPage,
};
