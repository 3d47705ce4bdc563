import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import type { TaskStatus } from '../../../miniprogram/domain/outreach/types';
import type { TaskDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

export interface Wake {
  orderId: string;
  wokenAt: Ms;
  netFen: Fen;
}

/** A task as far as credit needs it, and as far as a care task may be over: those earn no credit. */
export type TaskToCredit = Pick<
  TaskDoc,
  | '_id'
  | 'kind'
  | 'campaignId'
  | 'memberId'
  | 'arm'
  | 'status'
  | 'enteredAt'
  | 'contactedAt'
  | 'followUp'
  | 'wokenAt'
  | 'wakeOrderId'
  | 'wakeFen'
  | 'kind'
  | 'care'
>;
const FIELDS = [
  'kind',
  'campaignId',
  'memberId',
  'arm',
  'status',
  'enteredAt',
  'contactedAt',
  'followUp',
  'wokenAt',
  'wakeOrderId',
  'wakeFen',
  'kind',
  'care',
] as const satisfies (keyof TaskToCredit)[];

/** All tasks of these members, held-out ones too. One call for each 1000 tasks. @param memberIds at most 1000 */
export function tasksToCredit(memberIds: readonly string[]): Promise<TaskToCredit[]> {
  return table('tasks').all({ memberId: command().in([...memberIds]) }, PAGE_LIMIT, [...FIELDS]);
}

/** One call. */
export function taskById(id: string): Promise<TaskToCredit | null> {
  return table('tasks').find(id);
}

/** Writes or takes back a wake, if the task is still as it was read. One call. @returns false when it is not */
export function saveWake(read: TaskToCredit, status: TaskStatus, wake: Wake | null): Promise<boolean> {
  return table('tasks').changeIf(
    { _id: read._id, status: read.status, wokenAt: read.wokenAt, wakeFen: read.wakeFen },
    {
      status,
      wokenAt: wake?.wokenAt ?? null,
      wakeOrderId: wake?.orderId ?? null,
      wakeFen: wake?.netFen ?? null,
    },
  );
}
