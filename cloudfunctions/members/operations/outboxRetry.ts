import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { MAX_TRIES } from '../../../miniprogram/domain/outreach/delivery';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { settle } from './settle';

/**
 * HQ sends a dead letter anew: it has all its tries once more and goes with the next pulse, under the same contact policy as
 * any other. Who does so for one that may have arrived takes it on herself.
 */
export const outboxRetry: Actions<OperationsContract>['outbox.retry'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ messageId: anId }),
  run: (acting, { messageId }) =>
    settle(acting, messageId, {
      word: '重发',
      isDone: (state) => state === 'waiting' || state === 'sending',
      change: ({ notAfter, tries }) =>
        notAfter < acting.now
          ? refuse({ code: 'message-late' })
          : done({ status: 'waiting', dueAt: acting.now, maxTries: tries + MAX_TRIES, endedAt: null }),
    }),
};
