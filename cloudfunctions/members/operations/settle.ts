import type { Failure } from '../../../miniprogram/contract/failures';
import type { MessageState } from '../../../miniprogram/contract/operations';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting } from '../../common/entry/action';
import { note } from '../../common/store/audit';
import type { OutboxDoc } from '../../common/store/documents';
import { moveMessage } from '../../common/store/outbox';
import { table } from '../../common/store/table';

export interface Settling {
  /** 重发 or 丢弃, for the audit */
  word: string;
  /** states in which it has been done already, by this act or by a colleague */
  isDone(state: MessageState): boolean;
  /** what becomes of a dead letter, or why it cannot */
  change(letter: OutboxDoc): Result<Partial<OutboxDoc> & { status: MessageState }, Failure>;
}

/** HQ decides about a dead letter; the audit knows who, before anything happens. Three calls. */
export async function settle(
  { scope, now, requestKey }: Acting,
  messageId: string,
  { word, isDone, change }: Settling,
): Promise<Result<{ state: MessageState }, Failure>> {
  const letter = await table('outbox').find(messageId);
  if (!letter) return refuse({ code: 'not-found', detail: '这条消息' });
  if (isDone(letter.status)) return done({ state: letter.status });
  if (letter.status !== 'dead') return refuse({ code: 'message-moved' });
  const changed = change(letter);
  if (!changed.ok) return changed;
  await note({
    _id: `outbox:${messageId}:${requestKey}`,
    at: now,
    what: 'outbox',
    staffId: scope.staff?._id ?? null,
    memberId: letter.memberId,
    detail: `${word} ${messageId}：${letter.reason ?? ''}`,
  });
  const isMoved = await moveMessage(letter, changed.value);
  return isMoved ? done({ state: changed.value.status }) : refuse({ code: 'message-moved' });
}
