import * as z from 'zod';
import type { BranchContract } from '../../../miniprogram/contract/branch';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { HandoverDoc, StaffDoc } from '../../common/store/documents';
import { countOwnedBy } from '../../common/store/owners';
import { staffNamed } from '../../common/store/remembered';
import { table } from '../../common/store/table';
import { countOnHer } from '../../common/store/branchTasks';
import { unfitFor } from './fitness';
import { hasHeirs, movePage, nextPage } from './handoverPages';
import { BOSSES, decidesFor } from './who';

type Reply = BranchContract['clerk.handover']['reply'];
const unfit = (detail: string): Failure => ({ code: 'clerk-unfit', detail });

/** What of hers has not moved yet. Two calls. */
async function waiting(
  { _id }: StaffDoc,
  { today, now }: Acting,
): Promise<{ members: number; tasks: number }> {
  const [members, tasks] = await Promise.all([
    countOwnedBy(_id),
    countOnHer(_id, { openUntil: null, today, now }),
  ]);
  return { members, tasks };
}

/** Saves the job if it still stands as it was read. One call. @returns what stands then; null when somebody else was faster */
async function save(from: StaffDoc, was: HandoverDoc | null, to: HandoverDoc): Promise<HandoverDoc | null> {
  const asRead = {
    _id: from._id,
    'handover.requestKey': was?.requestKey ?? null,
    'handover.turn': was?.turn ?? null,
  };
  return (await table('staff').changeIf(asRead, { handover: { ...to } })) ? to : null;
}

/** The job of this act: the one under way with the same aim is joined, any other begins anew from what is still hers. */
async function begun(from: StaffDoc, to: StaffDoc | null, acting: Acting): Promise<HandoverDoc | null> {
  const { requestKey, now, scope } = acting;
  const was = from.handover ?? null;
  const toClerkId = to?._id ?? null;
  if (was && was.requestKey === requestKey) return was;
  if (was && was.finishedAt === null && was.toClerkId === toClerkId)
    return save(from, was, { ...was, requestKey, turn: was.turn + 1 });
  const { members, tasks } = await waiting(from, acting);
  const by = scope.staff?._id ?? '';
  // Before anything moves: an act that dies right here is accounted for once all the same.
  await table('audit').addNew({
    _id: `handover:${from._id}:${requestKey}`,
    at: now,
    what: 'handover',
    staffId: by,
    memberId: null,
    detail: `${from.name}的${members}位会员、${tasks}个任务交接给${to ? to.name : '本店其他导购'}`,
  });
  return save(from, was, {
    requestKey,
    by,
    at: now,
    toClerkId,
    members: 0,
    tasks: 0,
    turn: (was?.turn ?? 0) + 1,
    page: null,
    finishedAt: null,
  });
}

/** One page: announced, moved, counted. A page announced before by somebody who died is moved as it was announced. */
async function step(from: StaffDoc, job: HandoverDoc, acting: Acting): Promise<HandoverDoc | null> {
  const page = job.page ?? (await nextPage(from, job, acting));
  if (!page) return save(from, job, { ...job, turn: job.turn + 1, finishedAt: acting.now });
  const announced = job.page ? job : await save(from, job, { ...job, turn: job.turn + 1, page });
  if (!announced) return null;
  const takers = page.of === 'tasks' ? page.moves.map((move) => move.clerkId) : [];
  const names = await staffNamed(takers, acting.now);
  await movePage(from, announced, page, (id) => names.get(id)?.name ?? id);
  return save(from, announced, {
    ...announced,
    turn: announced.turn + 1,
    page: null,
    [page.of]: announced[page.of] + page.moves.length,
  });
}

/** Why this handover cannot be; null when it can. At most one call. */
async function fault(
  from: StaffDoc,
  to: StaffDoc | undefined,
  toClerkId: string | null,
  { scope, today }: Acting,
): Promise<Failure | null> {
  if (toClerkId === from._id) return unfit('不能交接给她自己，请换一位同事');
  if (toClerkId !== null) return unfitFor(to, scope);
  return (await hasHeirs(from, today)) ? null : unfit('店里没有其他在岗导购可以分，请先指定一位同事');
}

/**
 * 离职继承: a clerk's members and running tasks go to one colleague, or are spread: members to whom has fewest, tasks to
 * their member's new clerk. Touches, finished tasks and everything else of the past stays with the customer; the clerk
 * loses sight of what has moved with the same write. 200 members or tasks a call, asked again until finished; about a
 * dozen calls and one for each taker.
 *
 * Who gets whom is written down before it happens, so a repetition after a crash anywhere ends the same. She may have left
 * already; that she leaves is an act of its own (`staff.leave`).
 */
export const handOver: Actions<BranchContract>['clerk.handover'] = {
  who: BOSSES,
  writes: true,
  ask: z.strictObject({
    fromClerkId: anId,
    toClerkId: anId.nullable(),
    dryRun: z.boolean().optional(),
  }),
  async run(acting, { fromClerkId, toClerkId, dryRun }): Promise<Result<Reply, Failure>> {
    const { scope, requestKey } = acting;
    const people = await table('staff').findMany(
      toClerkId === null ? [fromClerkId] : [fromClerkId, toClerkId],
    );
    const from = people.find((one) => one._id === fromClerkId);
    if (from?.role !== 'clerk') return refuse({ code: 'not-found', detail: '这位导购' });
    if (!decidesFor(scope, from.branchId)) return refuse({ code: 'out-of-scope' });
    const finished = ({ members, tasks }: HandoverDoc) => done({ members, tasks, left: 0, finished: true });
    const last = from.handover;
    if (last?.requestKey === requestKey && last.finishedAt !== null) return finished(last);
    const to = people.find((one) => one._id === toClerkId);
    const refusal = await fault(from, to, toClerkId, acting);
    if (refusal) return refuse(refusal);
    if (dryRun) {
      const { members, tasks } = await waiting(from, acting);
      return done({ members, tasks, left: members + tasks, finished: false });
    }

    let job = await begun(from, to ?? null, acting);
    job &&= await step(from, job, acting);
    if (!job) return refuse({ code: 'busy' });
    if (job.finishedAt !== null) return finished(job);
    const still = await waiting(from, acting);
    const left = still.members + still.tasks;
    if (left > 0) return done({ members: job.members, tasks: job.tasks, left, finished: false });
    const ended = await save(from, job, { ...job, turn: job.turn + 1, finishedAt: acting.now });
    return ended ? finished(ended) : refuse({ code: 'busy' });
  },
};
