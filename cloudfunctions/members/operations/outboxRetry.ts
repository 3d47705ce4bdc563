import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { MAX_TRIES } from '../../../miniprogram/domain/outreach/delivery';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { note } from '../../common/store/audit';
import { moveMessage } from '../../common/store/outbox';
import { table } from '../../common/store/table';

/**
 * HQ sends a dead letter anew: it has all its tries once more and goes with the next pulse, under the same contact policy as
 * any other. Who does so for one that may have arrived takes it on herself; the audit says who it was. Three calls.
 */
export const outboxRetry: Actions<OperationsContract>['outbox.retry'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ messageId: anId }),
  async run({ scope, now, requestKey }, { messageId }) {
    const message = await table('outbox').find(messageId);
    if (!message) return refuse({ code: 'not-found', detail: '这条消息' });
    // Sent anew already, by this act or by a colleague.
    if (message.status === 'waiting' || message.status === 'sending') return done({ state: message.status });
    if (message.status !== 'dead') return refuse({ code: 'message-moved' });
    if (message.notAfter < now) return refuse({ code: 'message-late' });
    await note({
      _id: `outbox:${messageId}:${requestKey}`,
      at: now,
      what: 'outbox',
      staffId: scope.staff?._id ?? null,
      memberId: message.memberId,
      detail: `重发 ${messageId}：${message.reason ?? ''}`,
    });
    const isMoved = await moveMessage(message, {
      status: 'waiting',
      dueAt: now,
      maxTries: message.tries + MAX_TRIES,
      endedAt: null,
    });
    return isMoved ? done({ state: 'waiting' }) : refuse({ code: 'message-moved' });
  },
};
