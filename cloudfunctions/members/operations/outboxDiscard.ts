import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { settle } from './settle';

/** HQ lets a dead letter go: it is dropped, with the name of who dropped it. */
export const outboxDiscard: Actions<OperationsContract>['outbox.discard'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ messageId: anId }),
  run: (acting, { messageId }) =>
    settle(acting, messageId, {
      word: '丢弃',
      isDone: (state) => state === 'dropped',
      change: ({ reason }) =>
        done({
          status: 'dropped',
          reason: `${acting.scope.staff?.name ?? '总部'}丢弃：${reason ?? ''}`,
          endedAt: acting.now,
        }),
    }),
};
