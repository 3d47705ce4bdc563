import type { Day, Ms } from '../../miniprogram/domain/kernel/day';
import { headlineOf } from '../../miniprogram/domain/offers/coupon';
import { careBlanks } from '../../miniprogram/domain/outreach/care/shown';
import { blankValuesOf } from '../../miniprogram/domain/outreach/scripts/render';
import type { BlankValues } from '../../miniprogram/domain/outreach/types';
import { branchesNamed, staffNamed } from '../common/store/remembered';
import type { TaskDoc } from '../common/store/documents';
import { promiseOf } from './contact';
import type { Reasons } from './knowledge';

/** Who speaks to the member, and for which shop. */
export interface Voice {
  clerkName: string;
  branchName: string;
}

/** The clerk and branch the task belongs to; names are a minute old at most. */
export async function voiceOf(task: Pick<TaskDoc, 'clerkId' | 'branchId'>, now: Ms): Promise<Voice> {
  const [staff, branches] = await Promise.all([
    staffNamed([task.clerkId], now),
    branchesNamed([task.branchId], now),
  ]);
  return {
    clerkName: staff.get(task.clerkId ?? '')?.name ?? '',
    branchName: branches.get(task.branchId ?? '')?.name ?? '',
  };
}

/** What the blanks of any script mean for this task now; those of a care task's reason mean that reason, whatever day it is. */
export function blanksOf(
  task: TaskDoc,
  voice: Voice,
  reasons: Reasons,
  at: { now: Ms; today: Day },
): BlankValues {
  const promise = promiseOf(task, at.now);
  const values = blankValuesOf({
    memberName: task.member.name,
    clerkName: voice.clerkName,
    branchName: voice.branchName,
    lastPaidOn: task.member.lastPaidOn,
    today: at.today,
    offerHeadline: promise.offer && task.offer ? headlineOf(task.offer.rule) : null,
    validHours: promise.validHours,
    trial: (promise.offer && task.offer?.trial) || null,
    festival: reasons.festival,
    refill: reasons.refill,
    favourite: reasons.favourite,
  });
  return task.care ? { ...values, ...careBlanks(task.care) } : values;
}
