import type { OperationsContract } from '../../../miniprogram/contract/operations';
import type { Actions } from '../../common/entry/action';
import { budget } from './budget';
import { optOutList } from './optOutList';
import { outboxDiscard } from './outboxDiscard';
import { outboxRetry } from './outboxRetry';
import { overview } from './overview';
import { troubleReport } from './troubleReport';

type Room = Pick<
  OperationsContract,
  | 'operations.overview'
  | 'operations.budget'
  | 'trouble.report'
  | 'outbox.retry'
  | 'outbox.discard'
  | 'optOut.list'
>;

export const operationsActions: Actions<Room> = {
  'operations.overview': overview,
  'operations.budget': budget,
  'trouble.report': troubleReport,
  'outbox.retry': outboxRetry,
  'outbox.discard': outboxDiscard,
  'optOut.list': optOutList,
};
