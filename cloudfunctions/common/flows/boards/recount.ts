import { chunk, groupBy, isEqual, pick } from 'lodash-es';
import { cellOf } from '../../../../miniprogram/domain/credit/rollup/count';
import type { Cell, CountedTask } from '../../../../miniprogram/domain/credit/rollup/cell';
import { campaignKey, markStale } from '../../store/boards';
import {
  addCells,
  CELL_PARTS,
  cellIdOf,
  cellsAt,
  clearMarks,
  factsBeside,
  saveCell,
  tasksOfCells,
} from '../../store/cells';
import type { CellPlace, TaskToCount } from '../../store/cells';
import type { BoardKey, CellDoc } from '../../store/documents';
import { ordersOf } from '../../store/orders';
import { wakeOrderOf } from '../creditOrder';

const PARTS = ['by', ...CELL_PARTS] as const;

/** The tasks with all that is kept elsewhere and counts for them, by branch. Four calls for each 1000 tasks. */
async function countedTasks(tasks: readonly TaskToCount[]): Promise<Map<string, CountedTask[]>> {
  const woken = [...new Set(tasks.filter(({ wokenAt }) => wokenAt !== null).map(({ memberId }) => memberId))];
  const [{ members, touches, coupons }, orders] = await Promise.all([
    factsBeside(tasks),
    Promise.all(chunk(woken, 1000).map(ordersOf)).then((pages) => pages.flat()),
  ]);
  const ordersBy = groupBy(orders, ({ memberId }) => memberId);
  const counted = new Map<string, CountedTask[]>();
  for (const task of tasks) {
    const { offer } = task;
    // Care tasks offer nothing and belong to no campaign.
    if (offer === null) continue;
    const member = members.get(task.memberId);
    const first = (touches[task._id] ?? [])
      .filter(({ undoneAt }) => undoneAt === undefined)
      .sort((a, b) => a.at - b.at || (a._id < b._id ? -1 : 1))[0];
    const one: CountedTask = {
      ...pick(task, ['arm', 'clerkId', 'lifecycle', 'value', 'status', 'enteredAt', 'dueOn']),
      ...pick(task, ['contactedAt', 'openedAt', 'claimedAt', 'redeemedAt', 'wokenAt', 'wakeFen']),
      offer,
      followUp: task.followUp && pick(task.followUp, ['outcome', 'lapseReason', 'at']),
      optedOutAt: member?.optOut?.at ?? null,
      visitDays: member?.visitDays ?? [],
      ...(first ? { scriptId: first.scriptId } : {}),
      offFen: (coupons[task._id] ?? []).reduce((sum, { redeemed }) => sum + (redeemed?.offFen ?? 0), 0),
      orders: (task.wokenAt === null ? [] : (ordersBy[task.memberId] ?? [])).map(wakeOrderOf),
    };
    const id = cellIdOf(task);
    const found = counted.get(id);
    if (found) found.push(one);
    else counted.set(id, [one]);
  }
  return counted;
}

/** The boards on which something of a cell differs. */
function keysChanged(before: CellDoc | undefined, after: Cell, campaignId: string): BoardKey[] {
  const periods = new Set([...Object.keys(before?.by ?? {}), ...Object.keys(after.by)]);
  periods.delete('all');
  const by = (cell: Cell | undefined, period: string) => cell?.by[period as keyof Cell['by']];
  // What is late counts in every period that has begun.
  const isLateChanged = !isEqual(before?.undone ?? [], after.undone);
  return [
    campaignKey(campaignId),
    ...[...periods].filter((period) => isLateChanged || !isEqual(by(before, period), by(after, period))),
  ];
}

/**
 * Counts branches of a campaign anew from their tasks and writes the cells that differ. Safe to repeat, to be cut off
 * anywhere and to overlap with itself: the cell is read before its tasks and written on condition that nobody wrote it
 * since, the boards over it are marked before it is written, and the tasks' marks are taken off last.
 *
 * About seven calls for all of them together up to 1000 tasks, and one for each cell that differs.
 *
 * @returns how many cells differed
 */
export async function recount(campaignId: string, branchIds: readonly (string | null)[]): Promise<number> {
  const places: CellPlace[] = branchIds.map((branchId) => ({ campaignId, branchId }));
  const standing = new Map((await cellsAt(places)).map((cell) => [cell._id, cell]));
  const tasks = await tasksOfCells(campaignId, branchIds);
  const counted = await countedTasks(tasks);

  const differing = places.flatMap((place) => {
    const id = cellIdOf(place);
    const [read, own] = [standing.get(id), counted.get(id) ?? []];
    if (!read && own.length === 0) return [];
    const cell = cellOf(own);
    return read && isEqual(pick(read, PARTS), cell) ? [] : [{ id, place, read, cell }];
  });
  const keys = new Set(differing.flatMap(({ read, cell }) => keysChanged(read, cell, campaignId)));
  await markStale([...keys], `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`);

  const isSaved = await saveAll(differing);
  const lost = new Set(differing.filter((_one, i) => !isSaved[i]).map(({ id }) => id));
  await clearMarks(tasks.filter((task) => !lost.has(cellIdOf(task))));
  return differing.length;
}

type Differing = { place: CellPlace; read: CellDoc | undefined; cell: Cell }[];

/** Cells written at the same time. */
const AT_ONCE = 16;

/** New ones go in together, as a launch makes many at once. */
async function saveAll(differing: Differing): Promise<boolean[]> {
  const fresh = differing.filter(({ read }) => !read);
  const areIn = fresh.length > 1 && (await addCells(fresh));
  const isSaved: boolean[] = [];
  for (const some of chunk(differing, AT_ONCE))
    isSaved.push(
      ...(await Promise.all(
        some.map(({ place, read, cell }) => (areIn && !read) || saveCell(read, place, cell)),
      )),
    );
  return isSaved;
}
