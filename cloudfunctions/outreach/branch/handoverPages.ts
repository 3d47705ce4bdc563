import { groupBy } from 'lodash-es';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import { isAway, shareOut } from '../../../miniprogram/domain/outreach/regroup';
import type { Colleague } from '../../../miniprogram/domain/outreach/regroup';
import { branchesOf, clerksIn } from '../../common/store/clerks';
import type { HandoverDoc, HandoverPage, StaffDoc } from '../../common/store/documents';
import { giveTasks, runningLoads, tasksOnHer } from '../../common/store/branchTasks';
import { giveMembers, memberLoads, membersOwnedBy, ownersOf } from '../../common/store/owners';

/** So many members or tasks move with one announcement. */
export const PAGE = 200;

export interface HandoverMoment {
  today: Day;
  now: Ms;
}

/** Who can take over in these branches: at work, not away, not herself. */
async function heirs(
  from: StaffDoc,
  branchIds: readonly string[],
  today: Day,
): Promise<(Colleague & { name: string })[]> {
  const clerks = await clerksIn(branchIds);
  return clerks
    .filter((one) => one._id !== from._id && !isAway(one.awayUntil, today))
    .map((one) => ({ clerkId: one._id, name: one.name, branchIds: branchesOf(one) }));
}

/** Whether her branch has anybody to spread her work over. One call. */
export async function hasHeirs(from: StaffDoc, today: Day): Promise<boolean> {
  return from.branchId !== null && (await heirs(from, [from.branchId], today)).length > 0;
}

async function membersPage(
  from: StaffDoc,
  toClerkId: string | null,
  today: Day,
): Promise<HandoverPage['moves']> {
  const ids = await membersOwnedBy(from._id, PAGE);
  if (ids.length === 0) return [];
  if (toClerkId !== null) return ids.map((id) => ({ id, clerkId: toClerkId }));
  const { branchId } = from;
  const colleagues = branchId === null ? [] : await heirs(from, [branchId], today);
  const loads = await memberLoads(colleagues.map((one) => one.clerkId));
  return shareOut(
    ids.map((id) => ({ id, branchId })),
    colleagues,
    loads,
  );
}

async function tasksPage(
  from: StaffDoc,
  toClerkId: string | null,
  { today, now }: HandoverMoment,
): Promise<HandoverPage['moves']> {
  const tasks = await tasksOnHer(from._id, { openUntil: null, today, now }, PAGE);
  if (tasks.length === 0) return [];
  if (toClerkId !== null) return tasks.map(({ _id }) => ({ id: _id, clerkId: toClerkId }));
  const [colleagues, owners] = await Promise.all([
    heirs(from, [...new Set(tasks.flatMap(({ branchId }) => branchId ?? []))], today),
    ownersOf(tasks.map((task) => task.memberId)),
  ]);
  const loads = await runningLoads(
    colleagues.map((one) => one.clerkId),
    today,
    now,
  );
  return shareOut(
    tasks.map(({ _id, branchId, memberId }) => ({
      id: _id,
      branchId,
      prefers: owners.get(memberId) ?? null,
    })),
    colleagues,
    loads,
  );
}

/**
 * Who gets whom of what is next: her members first, then her tasks, which follow their members. Null when nothing of hers
 * is left. At most six calls.
 */
export async function nextPage(
  from: StaffDoc,
  { toClerkId }: HandoverDoc,
  moment: HandoverMoment,
): Promise<HandoverPage | null> {
  const members = await membersPage(from, toClerkId, moment.today);
  if (members.length > 0) return { of: 'members', moves: members };
  const tasks = await tasksPage(from, toClerkId, moment);
  return tasks.length > 0 ? { of: 'tasks', moves: tasks } : null;
}

/**
 * Moves an announced page: one call for each who takes some. What has moved already, or was taken by somebody else in
 * between, stays as it is.
 */
export async function movePage(
  from: StaffDoc,
  { at }: HandoverDoc,
  page: HandoverPage,
  names: (clerkId: string) => string,
): Promise<void> {
  const byTaker = groupBy(page.moves, (move) => move.clerkId ?? '');
  for (const [taker, moves] of Object.entries(byTaker)) {
    const ids = moves.map((move) => move.id);
    const to = taker === '' ? null : taker;
    if (page.of === 'members') await giveMembers(ids, from._id, to, dayOf(at));
    else {
      const reason = to === null ? '请店长安排' : `现在由${names(to)}负责`;
      await giveTasks(ids, from._id, to, `离职交接：原导购${from.name}，${reason}`, null);
    }
  }
}
