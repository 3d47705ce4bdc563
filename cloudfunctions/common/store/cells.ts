import { groupBy } from 'lodash-es';
import type { Cell } from '../../../miniprogram/domain/credit/rollup/cell';
import type { BoardHeadDoc, BoardKey, CellDoc, TaskDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** One branch in one campaign. */
export interface CellPlace {
  campaignId: string;
  branchId: string | null;
}

/** @example cellIdOf({ campaignId: 'spring', branchId: 'B1' }) // → 'spring|B1' */
export const cellIdOf = ({ campaignId, branchId }: CellPlace): string => `${campaignId}|${branchId ?? ''}`;

/**
 * Where tasks changed that no board has counted yet, at most 1000 places. One call on the index of the marks; one more where
 * care tasks carry a mark, which is taken off.
 */
export async function uncountedPlaces(): Promise<CellPlace[]> {
  const _ = command();
  const rows = await table('tasks').aggregate<{ _id: CellPlace & { kind?: TaskDoc['kind'] } }>((from) =>
    from
      .match({ uncounted: _.gt('') })
      .group({ _id: { campaignId: '$campaignId', branchId: '$branchId', kind: '$kind' } })
      .limit(PAGE_LIMIT),
  );
  if (rows.some(({ _id }) => _id.kind === 'care'))
    await table('tasks').changeAll({ kind: 'care', uncounted: _.gt('') }, { uncounted: null });
  return rows
    .filter(({ _id }) => _id.kind !== 'care')
    .map(({ _id: { campaignId, branchId } }) => ({ campaignId, branchId: branchId ?? null }));
}

/** Is there a task that no board has counted yet? One call. */
export async function isAnythingUncounted(): Promise<boolean> {
  const rows = await table('tasks').page({
    where: { uncounted: command().gt('') },
    limit: 1,
    fields: ['uncounted'],
  });
  return rows.length > 0;
}

const FIELDS = [
  'campaignId',
  'memberId',
  'branchId',
  'clerkId',
  'arm',
  'status',
  'lifecycle',
  'value',
  'offer',
  'enteredAt',
  'dueOn',
  'contactedAt',
  'openedAt',
  'claimedAt',
  'redeemedAt',
  'wokenAt',
  'wakeFen',
  'followUp',
  'uncounted',
] as const satisfies (keyof TaskDoc)[];
/** A task as far as it is counted. */
export type TaskToCount = Pick<TaskDoc, '_id' | (typeof FIELDS)[number]>;

/** The tasks of these branches of a campaign, care tasks left out. One call, or one for each 1000 of each large branch. */
export async function tasksOfCells(
  campaignId: string,
  branchIds: readonly (string | null)[],
): Promise<TaskToCount[]> {
  const _ = command();
  const where = (branchId: unknown) => ({ campaignId, branchId, kind: _.neq('care') });
  if (branchIds.length > 1) {
    const page = await table('tasks').page({
      where: where(_.in([...branchIds])),
      limit: PAGE_LIMIT,
      fields: [...FIELDS],
    });
    if (page.length < PAGE_LIMIT) return page;
  }
  const found: TaskToCount[] = [];
  for (const branchId of branchIds)
    found.push(...(await table('tasks').all(where(branchId), PAGE_LIMIT, [...FIELDS])));
  return found;
}

/**
 * How many tasks each of these branches has in a campaign, care tasks left out; a branch with none is not named. One call
 * for at most 1000 branches.
 */
export async function taskNumbers(
  campaignId: string,
  branchIds: readonly string[],
): Promise<Map<string, number>> {
  const _ = command();
  const rows = await table('tasks').aggregate<{ _id: string; n: number }>((from) =>
    from
      .match({ campaignId, branchId: _.in([...branchIds]), kind: _.neq('care') })
      .group({ _id: '$branchId', n: _.aggregate.sum(1) })
      .limit(PAGE_LIMIT),
  );
  return new Map(rows.map(({ _id, n }) => [_id, n]));
}

/** Takes the marks off that were read; a task written since keeps its own. One call for each 1000. */
export async function clearMarks(tasks: readonly TaskToCount[]): Promise<void> {
  const marks = tasks.flatMap(({ _id, uncounted }) => (uncounted ? [{ _id, uncounted }] : []));
  for (let from = 0; from < marks.length; from += PAGE_LIMIT) {
    const some = marks.slice(from, from + PAGE_LIMIT);
    await table('tasks').changeAll(
      {
        _id: command().in(some.map(({ _id }) => _id)),
        uncounted: command().in([...new Set(some.map(({ uncounted }) => uncounted))]),
      },
      { uncounted: null },
    );
  }
}

/** Marks the tasks of these members for counting again: something of theirs changed that stands elsewhere. One call. */
export async function countAgain(memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return;
  await table('tasks').changeAll({ memberId: command().in([...memberIds]), kind: command().neq('care') }, {});
}

/** What is kept elsewhere and counts for a page of tasks. Up to five calls for each 1000, at the same time. */
export async function factsBeside(tasks: readonly TaskToCount[]) {
  const chunks = (ids: readonly string[]): string[][] => {
    const unique = [...new Set(ids)];
    return Array.from({ length: Math.ceil(unique.length / PAGE_LIMIT) }, (_none, i) =>
      unique.slice(i * PAGE_LIMIT, (i + 1) * PAGE_LIMIT),
    );
  };
  const _ = command();
  const of = (pick: (task: TaskToCount) => boolean, key: '_id' | 'memberId') =>
    chunks(tasks.filter(pick).map((task) => task[key]));
  const each = async <T>(groups: string[][], read: (ids: string[]) => Promise<T[]>): Promise<T[]> =>
    (await Promise.all(groups.map(read))).flat();
  const [members, touches, coupons] = await Promise.all([
    each(
      of(() => true, 'memberId'),
      (ids) =>
        table('members').page({
          where: { _id: _.in(ids) },
          limit: PAGE_LIMIT,
          fields: ['optOut', 'visitDays'],
        }),
    ),
    each(
      of(({ contactedAt }) => contactedAt !== null, '_id'),
      (ids) =>
        table('touches').all({ taskId: _.in(ids) }, PAGE_LIMIT, ['taskId', 'scriptId', 'at', 'undoneAt']),
    ),
    each(
      of(({ redeemedAt }) => redeemedAt !== null, '_id'),
      (ids) => table('coupons').all({ taskId: _.in(ids) }, PAGE_LIMIT, ['taskId', 'redeemed']),
    ),
  ]);
  return {
    members: new Map(members.map((member) => [member._id, member])),
    touches: groupBy(touches, ({ taskId }) => taskId),
    coupons: groupBy(coupons, ({ taskId }) => taskId),
  };
}

/** Cells as they stand. One call for at most 1000. */
export function cellsAt(places: readonly CellPlace[]): Promise<CellDoc[]> {
  return table('cells').findMany(places.map(cellIdOf));
}

/** A cell counted anew. @returns false when another has written it since it was read: count again */
export async function saveCell(read: CellDoc | undefined, place: CellPlace, cell: Cell): Promise<boolean> {
  const periods = Object.keys(cell.by).filter((period) => period !== 'all');
  const { campaignId, branchId } = place;
  if (!read)
    return table('cells').addNew({ _id: cellIdOf(place), campaignId, branchId, periods, turn: 1, ...cell });
  return table('cells').changeIf(
    { _id: read._id, turn: read.turn },
    { ...cell, periods, turn: read.turn + 1 },
  );
}

/** Adds cells none of which stands yet. One call; false when one does. */
export function addCells(cells: readonly { place: CellPlace; cell: Cell }[]): Promise<boolean> {
  return table('cells').tryAddAll(
    cells.map(({ place: { campaignId, branchId }, cell }) => ({
      _id: cellIdOf({ campaignId, branchId }),
      campaignId,
      branchId,
      periods: Object.keys(cell.by).filter((period) => period !== 'all'),
      turn: 1,
      ...cell,
    })),
  );
}

/** What a cell holds beside its periods. */
export const CELL_PARTS = [
  'tiers',
  'offers',
  'scripts',
  'reasons',
  'outcomes',
  'undone',
  'days',
  'money',
] as const satisfies (keyof Cell)[];

/** All cells of a campaign. One call for each 500. */
export function cellsOfCampaign(campaignId: string): Promise<CellDoc[]> {
  return table('cells').all({ campaignId }, 500, ['campaignId', 'branchId', 'by.all', ...CELL_PARTS]);
}
/** All cells in which a week or month occurs, with that part of them. One call for each 1000. */
export function cellsOfPeriod(period: string): Promise<CellDoc[]> {
  return table('cells').all({ periods: period }, PAGE_LIMIT, [
    'campaignId',
    'branchId',
    `by.${period}`,
    'undone',
  ]);
}
/** Cells of one branch with the head of the board that they stand on. */
export interface CellsAndHead {
  cells: CellDoc[];
  head: BoardHeadDoc | null;
}

/** A campaign's board, or with `campaignId` null that of a week or month. */
export interface BoardPlace {
  key: BoardKey;
  campaignId: string | null;
}

/**
 * The cells of one branch, in a campaign or in a week or month, with the head of that board. One call; one more where the
 * branch has none.
 */
export async function branchOnBoard(branchId: string, board: BoardPlace): Promise<CellsAndHead> {
  return (await branchOnBoards(branchId, board, null)).now;
}

/** The same of two boards of one kind, the second being the one that the first is compared with. As many calls. */
export async function branchOnBoards(
  branchId: string,
  board: BoardPlace,
  before: BoardPlace | null,
): Promise<{ now: CellsAndHead; before: CellsAndHead | null }> {
  const both = before ? [board, before] : [board];
  const isOn = ({ key, campaignId }: BoardPlace, cell: CellDoc): boolean =>
    campaignId === null ? cell.periods.includes(key) : cell.campaignId === campaignId;
  const where =
    board.campaignId === null
      ? { branchId, periods: command().in(both.map(({ key }) => key)) }
      : {
          _id: command().in(
            both.flatMap(({ campaignId }) => (campaignId === null ? [] : cellIdOf({ campaignId, branchId }))),
          ),
        };
  const lookUp = { from: 'boards', foreignField: '_id' };
  const rows = await table('cells').aggregate<CellDoc & Record<'heads' | 'headsBefore', BoardHeadDoc[]>>(
    (from) =>
      from
        .match(where)
        .limit(PAGE_LIMIT)
        .addFields({ headId: `head|${board.key}`, headIdBefore: `head|${before?.key ?? ''}` })
        .lookup({ ...lookUp, localField: 'headId', as: 'heads' })
        .lookup({ ...lookUp, localField: 'headIdBefore', as: 'headsBefore' }),
  );
  const head = rows[0] ? rows[0].heads[0] : await table('boards').find(`head|${board.key}`);
  return {
    now: {
      cells: rows.filter((cell) => isOn(board, cell)),
      head: (head as BoardHeadDoc | null | undefined) ?? null,
    },
    before: before && {
      cells: rows.filter((cell) => isOn(before, cell)),
      head: rows[0]?.headsBefore[0] ?? null,
    },
  };
}

/** So far back campaigns are counted anew every night. */
export const REBUILT_DAYS = 60;
