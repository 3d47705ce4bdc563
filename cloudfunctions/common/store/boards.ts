import { emptyTally } from '../../../miniprogram/domain/credit/rollup/cell';
import { spanOf } from '../../../miniprogram/domain/credit/rollup/periods';
import type { Period } from '../../../miniprogram/domain/credit/rollup/periods';
import type { Yardstick } from '../../../miniprogram/domain/credit/ranking';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type {
  BoardDoc,
  BoardHeadDoc,
  BoardKeeperDoc,
  BoardKey,
  BoardPageDoc,
  BoardReportDoc,
  BoardScope,
} from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** Longer than any function lives, so that a keeper who lost it has stopped. */
const LEASE_MS = 75_000;
/** Rows of a page. */
export const PAGE_ROWS = 20;

/** The board of a campaign. @example campaignKey('spring') // → 'c:spring' */
export const campaignKey = (campaignId: string): BoardKey => `c:${campaignId}`;
/** null for a week or month. @example campaignOf('c:spring') // → 'spring' */
export const campaignOf = (key: BoardKey): string | null => (key.startsWith('c:') ? key.slice(2) : null);
const headId = (key: BoardKey): string => `head|${key}`;
export const pageId = (by: BoardScope, key: BoardKey, page: number): string => `${by}|${key}|${page}`;
const reportId = (key: BoardKey): string => `report|${key}`;

const NOTHING: Yardstick = { rates: {}, prior: { shape: 1, rate: 1 } };
function freshHead(key: BoardKey, stale: string): BoardHeadDoc {
  return {
    _id: headId(key),
    kind: 'head',
    key,
    startsAt: campaignOf(key) === null ? spanOf(key as Period).from : 0,
    stale,
    rankedAt: null,
    yardsticks: { branch: NOTHING, clerk: NOTHING, region: NOTHING },
    units: { branch: 0, clerk: 0, region: 0 },
    total: emptyTally(),
    late: 0,
    tiers: [],
    before: '',
  };
}

/** Says that cells under these boards change. Before they do: cut off between, a board is ranked once too often. Two calls. */
export async function markStale(keys: readonly BoardKey[], mark: string): Promise<void> {
  if (keys.length === 0) return;
  const ids = keys.map(headId);
  const standing = await table('boards').changeAll({ _id: command().in(ids) }, { stale: mark });
  if (standing < ids.length) await table('boards').addMissing(keys.map((key) => freshHead(key, mark)));
}

/** Names or regions changed: every board of late is ranked once more. One call. */
export async function markRecentStale(since: Ms, mark: string): Promise<void> {
  await table('boards').changeAll({ kind: 'head', rankedAt: command().gte(since) }, { stale: mark });
}

/** Boards that have begun and have to be ranked. One call. */
export async function staleHeads(now: Ms): Promise<BoardHeadDoc[]> {
  const found = await table('boards').page({
    where: { stale: command().gt(''), startsAt: command().lte(now) },
    limit: PAGE_LIMIT,
  });
  return found as BoardHeadDoc[];
}

/** Writes what was ranked, if no cell has changed since. One call. */
export function saveHead(read: BoardHeadDoc, next: Partial<BoardHeadDoc>): Promise<boolean> {
  return table('boards').changeIf({ _id: read._id, stale: read.stale }, { ...next, stale: '' });
}

const SCOPES = ['branch', 'clerk', 'region'] as const satisfies readonly BoardScope[];
const ofAllScopes = <T>(of: (by: BoardScope) => T): Record<BoardScope, T> => ({
  branch: of('branch'),
  clerk: of('clerk'),
  region: of('region'),
});

/** Some fields of all pages of a board, of every kind of unit. One call for each 1000 pages. */
async function pagesWith(key: BoardKey, fields: readonly (keyof BoardPageDoc)[]): Promise<BoardPageDoc[]> {
  const where = { key, by: command().in([...SCOPES]) };
  return (await table('boards').all(where, PAGE_LIMIT, fields as (keyof BoardDoc)[])) as BoardPageDoc[];
}

/** Hashes of a board's pages by page, for each kind of unit. One call for each 1000 pages. */
export async function pageHashes(key: BoardKey): Promise<Record<BoardScope, Map<string, number>>> {
  const pages = await pagesWith(key, ['by', 'hash']);
  return ofAllScopes(
    (by) => new Map(pages.filter((page) => page.by === by).map(({ _id, hash }) => [_id, hash])),
  );
}

/** One call. */
export function savePage(page: BoardPageDoc | BoardReportDoc): Promise<void> {
  return table('boards').put(page);
}

/** Pages written at the same time; as many new ones go in by one call, a quarter of a megabyte. */
const AT_ONCE = 16;

/**
 * Writes pages of one board: a call for each 16 when none of them stood yet, else one for each, 16 at the same time.
 *
 * @param areNew no page of theirs was there when they were read
 */
export async function savePages(pages: readonly BoardPageDoc[], areNew: boolean): Promise<void> {
  for (let from = 0; from < pages.length; from += AT_ONCE) {
    const some = pages.slice(from, from + AT_ONCE);
    if (areNew && (await table('boards').tryAddAll(some))) continue;
    await Promise.all(some.map(savePage));
  }
}

/** Pages behind the last of a board that has become shorter. One call. */
export async function removePagesFrom(key: BoardKey, by: BoardScope, page: number): Promise<void> {
  await table('boards').removeAll({ key, by, page: command().gte(page) });
}

/** Unit → place on a board, for each kind of unit; on none, nobody has one. One call for each 1000 pages. */
export async function placesOn(
  key: BoardKey | null,
): Promise<Record<BoardScope, ReadonlyMap<string, number | null>>> {
  if (key === null) return ofAllScopes(() => new Map());
  const pages = await pagesWith(key, ['by', 'unitIds', 'places']);
  return ofAllScopes(
    (by) =>
      new Map(
        pages
          .filter((page) => page.by === by)
          .flatMap(({ unitIds, places }) => unitIds.map((id, i) => [id, places[i] ?? null] as const)),
      ),
  );
}

/** What a reader of a board needs. */
export interface BoardRead {
  head: BoardHeadDoc | null;
  page: BoardPageDoc | null;
  /** the page on which the caller's own unit stands */
  ownPage: BoardPageDoc | null;
}

/** One page of a board, its head and the page of one's own unit. One call, whatever the number of units. */
export async function readBoard(
  key: BoardKey,
  by: BoardScope,
  page: number,
  ownId: string | null,
): Promise<BoardRead> {
  const _ = command();
  const parts: object[] = [{ _id: _.in([headId(key), pageId(by, key, page)]) }];
  if (ownId !== null) parts.push({ unitIds: ownId, key, by });
  const found = await table('boards').page({
    where: _.or(parts) as unknown as Condition<BoardDoc>,
    limit: 10,
  });
  return {
    head: (found.find((one) => one.kind === 'head') as BoardHeadDoc | undefined) ?? null,
    page: (found.find((one) => one._id === pageId(by, key, page)) as BoardPageDoc | undefined) ?? null,
    ownPage:
      (found.find((one) => one.kind === 'page' && ownId !== null && one.unitIds.includes(ownId)) as
        BoardPageDoc | undefined) ?? null,
  };
}

/** All pages of a board, in order. One call for each 20 pages. */
export async function allPages(key: BoardKey, by: BoardScope): Promise<BoardPageDoc[]> {
  const pages = (await table('boards').all({ key, by }, 20)) as BoardPageDoc[];
  return pages.sort((a, b) => a.page - b.page);
}

/** One call. */

/** A campaign's report over the chain, with its board's head. One call. */
export async function readReport(
  key: BoardKey,
): Promise<{ head: BoardHeadDoc | null; report: BoardReportDoc['report'] | null }> {
  const found = await table('boards').findMany([headId(key), reportId(key)]);
  return {
    head: (found.find((one) => one.kind === 'head') as BoardHeadDoc | undefined) ?? null,
    report: (found.find((one) => one.kind === 'report') as BoardReportDoc | undefined)?.report ?? null,
  };
}
export const reportOf = (key: BoardKey, report: BoardReportDoc['report']): BoardReportDoc => ({
  _id: reportId(key),
  kind: 'report',
  key,
  report,
});

/** Takes the keeping of the boards. One or two calls. @returns null when somebody has it */
export async function takeKeeping(leaseKey: string, now: Ms): Promise<BoardKeeperDoc | null> {
  const read = (await table('boards').find('keeper')) as BoardKeeperDoc | null;
  const leaseUntil = now + LEASE_MS;
  if (!read) {
    const fresh: BoardKeeperDoc = {
      _id: 'keeper',
      kind: 'keeper',
      key: '',
      leaseUntil,
      leaseKey,
      night: null,
    };
    return (await table('boards').addNew(fresh)) ? fresh : null;
  }
  if (read.leaseUntil > now) return null;
  const where = { _id: 'keeper', leaseKey: read.leaseKey, leaseUntil: read.leaseUntil };
  return (await table('boards').changeIf(where, { leaseKey, leaseUntil }))
    ? { ...read, leaseKey, leaseUntil }
    : null;
}

/** Is a night's counting under way? One call. */
export async function isNightUnderWay(): Promise<boolean> {
  const keeper = (await table('boards').find('keeper')) as BoardKeeperDoc | null;
  return (keeper?.night ?? null) !== null;
}

/** Writes how far a night has come and holds the keeping on. One call. @returns null when it was lost: stop then */
export async function moveNight(
  held: BoardKeeperDoc,
  night: BoardKeeperDoc['night'],
  now: Ms,
): Promise<BoardKeeperDoc | null> {
  const next = { night, leaseUntil: now + LEASE_MS };
  const moved = await table('boards').changeIf({ _id: 'keeper', leaseKey: held.leaseKey }, next);
  return moved ? { ...held, ...next } : null;
}

/** One call. */
export async function releaseKeeping(held: BoardKeeperDoc): Promise<void> {
  await table('boards').changeIf({ _id: 'keeper', leaseKey: held.leaseKey }, { leaseUntil: 0 });
}
