import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';
import type { TaskDoc } from './documents';
import { command, table } from './table';
import { tasksOfCampaign } from './tasks';

/** Where a task says that something happened. */
export type StepField = 'contactedAt' | 'openedAt' | 'claimedAt' | 'redeemedAt' | 'wokenAt';

/** Which tasks stand behind a number. */
export interface RowsAsk {
  campaignId: string;
  arm: TaskDoc['arm'];
  /** null = of all */
  branchId: string | null;
  clerkId: string | null;
  happened: StepField | null;
  /** only those that came to something */
  isConcluded: boolean;
  lifecycle?: Lifecycle;
  value?: Value;
}

/** One page of them by id, behind a task. One call on the index of campaign and branch, or on the ids of the campaign. */
export function rowsBehind(ask: RowsAsk, after: string | null, limit: number): Promise<TaskDoc[]> {
  const _ = command();
  const { campaignId, arm, branchId, clerkId, happened, isConcluded, lifecycle, value } = ask;
  return table('tasks').page({
    where: {
      campaignId,
      arm,
      kind: _.neq('care'),
      ...(branchId === null ? {} : { branchId }),
      ...(clerkId === null ? {} : { clerkId }),
      ...(happened === null ? {} : { [happened]: _.gt(0) }),
      ...(isConcluded ? { status: _.in(['woken', 'closed']) } : {}),
      ...(lifecycle && value ? { lifecycle, value } : {}),
      _id: tasksOfCampaign(campaignId, after ?? ''),
    },
    orderBy: [['_id', 'asc']],
    limit,
    fields: [
      'member',
      'branchId',
      'clerkId',
      'lifecycle',
      'value',
      'enteredAt',
      'contactedAt',
      'openedAt',
      'claimedAt',
      'redeemedAt',
      'wokenAt',
    ],
  });
}
