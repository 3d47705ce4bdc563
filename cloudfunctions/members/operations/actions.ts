import type { OperationsContract } from '../../../miniprogram/contract/operations';
import type { Actions } from '../../common/entry/action';
import { optOutList } from './optOutList';
import { outboxDiscard } from './outboxDiscard';
import { outboxRetry } from './outboxRetry';
import { overview } from './overview';

type Room = Pick<
  OperationsContract,
  'operations.overview' | 'outbox.retry' | 'outbox.discard' | 'optOut.list'
>;

export const operationsActions: Actions<Room> = {
  'operations.overview': overview,
  'outbox.retry': outboxRetry,
  'outbox.discard': outboxDiscard,
  'optOut.list': optOutList,
};
