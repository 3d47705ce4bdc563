import * as z from 'zod';
import type { BoardsContract, RowBehind } from '../../../miniprogram/contract/boards';
import type { Step } from '../../../miniprogram/domain/credit/rollup/cell';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import { rowsBehind } from '../../common/store/rowsBehind';
import type { StepField } from '../../common/store/rowsBehind';
import { branchesNamed, staffNamed } from '../../common/store/remembered';
import { aStep, aTier } from '../asks';

const PAGE = 20;
/** Where a task says that a step happened; of some it says nothing itself. */
const FIELDS: Record<Step, StepField | null> = {
  assigned: null,
  contacted: 'contactedAt',
  opened: 'openedAt',
  claimed: 'claimedAt',
  redeemed: 'redeemedAt',
  woken: 'wokenAt',
  optedOut: null,
  concluded: null,
};

/**
 * The tasks behind a number (明细): a clerk sees her own, a manager her branch's, headquarters all; held-out members are for
 * headquarters, for a clerk who knew them would write to them. One call beside the scope; names are kept warm.
 */
export const readRows: Actions<BoardsContract>['board.rows'] = {
  who: STAFF,
  writes: false,
  ask: z.strictObject({
    campaignId: anId,
    step: aStep,
    arm: z.enum(['treated', 'heldOut']).optional(),
    branchId: anId.optional(),
    clerkId: anId.optional(),
    tier: aTier.optional(),
    after: anId.optional(),
  }),
  async run({ scope, now }, { campaignId, step, arm = 'treated', tier, after, ...ask }) {
    const isHq = scope.role === 'hq';
    const branchId = ask.branchId ?? (isHq ? null : scope.branchId);
    if (!isHq && (branchId === null || !scope.branchIds.includes(branchId)))
      return refuse({ code: 'other-branch' });
    const ownId = scope.role === 'clerk' ? scope.staff._id : null;
    if (ownId !== null && ask.clerkId !== undefined && ask.clerkId !== ownId)
      return refuse({ code: 'out-of-scope' });
    if (arm === 'heldOut' && !isHq) return refuse({ code: 'not-allowed' });

    const [lifecycle, value] = (tier?.split('.') ?? []) as [Lifecycle?, Value?];
    const field = FIELDS[step];
    const tasks = await rowsBehind(
      {
        campaignId,
        arm,
        branchId,
        clerkId: ownId ?? ask.clerkId ?? null,
        happened: field,
        isConcluded: step === 'concluded',
        ...(lifecycle && value ? { lifecycle, value } : {}),
      },
      after ?? null,
      PAGE,
    );
    const [branches, staff] = await Promise.all([
      branchesNamed(
        tasks.map((task) => task.branchId),
        now,
      ),
      staffNamed(
        tasks.map((task) => task.clerkId),
        now,
      ),
    ]);
    const rows = tasks.map((task): RowBehind => ({
      taskId: task._id,
      memberName: task.member.name,
      phoneTail: task.member.phoneTail,
      branchName: branches.get(task.branchId ?? '')?.name ?? '',
      clerkName: task.clerkId === null ? '' : (staff.get(task.clerkId)?.name ?? task.clerkId),
      tier: `${task.lifecycle}.${task.value}`,
      enteredOn: dayOf(task.enteredAt),
      at: field === null ? null : task[field],
    }));
    return done({ rows, next: tasks.length < PAGE ? null : (tasks.at(-1)?._id ?? null) });
  },
};
