import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { note } from '../../common/store/audit';
import { moveMessage } from '../../common/store/outbox';
import { table } from '../../common/store/table';

/** HQ lets a dead letter go: it is dropped, and the audit says who dropped it. Three calls. */
export const outboxDiscard: Actions<OperationsContract>['outbox.discard'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ messageId: anId }),
  async run({ scope, now, requestKey }, { messageId }) {
    const message = await table('outbox').find(messageId);
    if (!message) return refuse({ code: 'not-found', detail: '这条消息' });
    if (message.status === 'dropped') return done({ state: 'dropped' });
    if (message.status !== 'dead') return refuse({ code: 'message-moved' });
    await note({
      _id: `outbox:${messageId}:${requestKey}`,
      at: now,
      what: 'outbox',
      staffId: scope.staff?._id ?? null,
      memberId: message.memberId,
      detail: `丢弃 ${messageId}：${message.reason ?? ''}`,
    });
    const reason = `${scope.staff?.name ?? '总部'}丢弃：${message.reason ?? ''}`;
    const isMoved = await moveMessage(message, { status: 'dropped', reason, endedAt: now });
    return isMoved ? done({ state: 'dropped' }) : refuse({ code: 'message-moved' });
  },
};
