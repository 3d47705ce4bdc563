import { chunk } from 'lodash-es';
import { rankFairly, tiersOf, yardstickOf } from '../../../../miniprogram/domain/credit/ranking';
import type { RankedUnit } from '../../../../miniprogram/domain/credit/ranking';
import { periodWords, previousOf, spanOf } from '../../../../miniprogram/domain/credit/rollup/periods';
import type { Period } from '../../../../miniprogram/domain/credit/rollup/periods';
import { dayOf } from '../../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../../miniprogram/domain/kernel/day';
import { stableHash } from '../../../../miniprogram/domain/kernel/stableHash';
import {
  campaignKey,
  campaignOf,
  pageHashes,
  pageId,
  PAGE_ROWS,
  placesOn,
  removePagesFrom,
  reportOf,
  saveHead,
  savePage,
  savePages,
} from '../../store/boards';
import { cellsOfCampaign, cellsOfPeriod } from '../../store/cells';
import { campaignById } from '../../store/campaigns';
import { campaignBefore } from '../../store/campaignList';
import { command, PAGE_LIMIT, table } from '../../store/table';
import type {
  BoardHeadDoc,
  BoardKey,
  BoardPageDoc,
  BoardScope,
  BranchDoc,
  CampaignDoc,
  CellDoc,
  StaffDoc,
} from '../../store/documents';
import type { Moment } from '../retier';
import { reportOver } from './report';
import { lineOf, NOBODY, totalOf, unitsOf } from './units';

/** Who is named on boards, and who has gone. */
interface Known {
  branches: Map<string, Named & Pick<BranchDoc, 'region'>>;
  staff: Map<string, Named>;
}
type Named = Pick<StaffDoc, 'name' | 'active'>;

/** What one keeping of the boards has read of names: each is read once for all boards over it. */
export const namesKnown = (): Known => ({ branches: new Map(), staff: new Map() });

/** Reads the names that are not known yet. One call for each 1000 branches or people. */
async function readNames(known: Known, cells: readonly CellDoc[], part: string): Promise<void> {
  const branchIds = new Set(cells.flatMap(({ branchId }) => branchId ?? []));
  const clerkIds = new Set<string>();
  for (const cell of cells)
    for (const { clerkId } of cell.by[part as 'all'] ?? []) if (clerkId !== null) clerkIds.add(clerkId);
  const missing = (ids: ReadonlySet<string>, from: ReadonlyMap<string, unknown>) =>
    chunk(
      [...ids].filter((id) => !from.has(id)),
      PAGE_LIMIT,
    );
  await Promise.all([
    ...missing(branchIds, known.branches).map(async (ids) => {
      for (const one of await branchNames(ids)) known.branches.set(one._id, one);
    }),
    ...missing(clerkIds, known.staff).map(async (ids) => {
      for (const one of await staffNames(ids)) known.staff.set(one._id, one);
    }),
  ]);
}

const whereIds = (ids: readonly string[]) => ({ _id: command().in([...ids]) });
const branchNames = (ids: readonly string[]) =>
  table('branches').page({ where: whereIds(ids), limit: PAGE_LIMIT, fields: ['name', 'active', 'region'] });
const staffNames = (ids: readonly string[]) =>
  table('staff').page({ where: whereIds(ids), limit: PAGE_LIMIT, fields: ['name', 'active'] });

const nameFor = (by: BoardScope, id: string, { branches, staff }: Known): { name: string; gone: boolean } => {
  if (id === NOBODY) return { name: '未分配', gone: false };
  if (by === 'region') return { name: id, gone: false };
  const one = by === 'branch' ? branches.get(id) : staff.get(id);
  return { name: one?.name ?? id, gone: one !== undefined && !one.active };
};

/** What stands of one kind of unit: its places on the board before, and the hashes of its own pages. */
interface Standing {
  before: ReadonlyMap<string, number | null>;
  hashes: ReadonlyMap<string, number>;
}

/** Ranks one kind of unit and writes the pages that differ. The calls of `savePages` alone. */
async function rankScope(
  key: BoardKey,
  by: BoardScope,
  units: readonly RankedUnit[],
  { before, hashes }: Standing,
  known: Known,
) {
  const yardstick = yardstickOf(units);
  const lines = rankFairly(units, yardstick).map((row) => {
    const { name, gone } = nameFor(by, row.id, known);
    return lineOf(row, name, before.get(row.id) ?? null, gone);
  });
  const pages = chunk(lines, PAGE_ROWS);
  const differing = pages.flatMap((rows, page): BoardPageDoc[] => {
    const hash = stableHash(JSON.stringify(rows));
    const _id = pageId(by, key, page);
    if (hashes.get(_id) === hash) return [];
    const [unitIds, places] = [rows.map(({ id }) => id), rows.map(({ place }) => place)];
    return [{ _id, kind: 'page', key, by, page, unitIds, places, rows, hash }];
  });
  await savePages(differing, hashes.size === 0);
  if (hashes.size > pages.length) await removePagesFrom(key, by, pages.length);
  return yardstick;
}

/** The board that this one's places are compared with, and how it is called. */
async function beforeOf(
  key: BoardKey,
  campaign: CampaignDoc | null,
): Promise<{ key: BoardKey | null; words: string }> {
  if (campaignOf(key) !== null) {
    const last = campaign && (await campaignBefore(campaign.createdAt));
    return last ? { key: campaignKey(last._id), words: last.plan.name } : { key: null, words: '' };
  }
  const previous = previousOf(key as Period);
  return previous ? { key: previous, words: periodWords(previous) } : { key: null, words: '' };
}

/**
 * Ranks a board anew from its cells: branches, regions and clerks, the sums, and a campaign's report. In proportion to the
 * branches of the chain, not to its members. Two runs at once are kept apart by the keeper's lease.
 *
 * @param known names read so far; what is missing is added
 * @returns false when cells changed meanwhile: it is ranked once more then
 */
export async function rank(head: BoardHeadDoc, at: Moment, known: Known): Promise<boolean> {
  const { key } = head;
  const campaignId = campaignOf(key);
  const campaign = campaignId === null ? null : await campaignById(campaignId);
  const part = campaignId === null ? key : 'all';
  const cells = campaignId === null ? await cellsOfPeriod(key) : await cellsOfCampaign(campaignId);
  await readNames(known, cells, part);
  const lastDay = part === 'all' ? at.today : dayOf(spanOf(part as Period).to - 1);
  const lateOn: Day = lastDay < at.today ? lastDay : at.today;

  const regionOf = (branchId: string | null) => known.branches.get(branchId ?? '')?.region || null;
  const units: Record<BoardScope, RankedUnit[]> = {
    branch: unitsOf(cells, part, ({ branchId }) => branchId ?? NOBODY, lateOn),
    clerk: unitsOf(cells, part, (_cell, clerkId) => clerkId ?? NOBODY, lateOn),
    region: unitsOf(cells, part, ({ branchId }) => regionOf(branchId), lateOn),
  };
  const before = await beforeOf(key, campaign);
  const [places, hashes] = await Promise.all([placesOn(before.key), pageHashes(key)]);
  const ranked = (by: BoardScope) =>
    rankScope(key, by, units[by], { before: places[by], hashes: hashes[by] }, known);
  const yardsticks = {
    branch: await ranked('branch'),
    clerk: await ranked('clerk'),
    region: await ranked('region'),
  };
  if (campaign) {
    const report = await reportOver(campaign, cells, { today: at.today, now: at.now }, known.branches);
    await savePage(reportOf(key, report));
  }
  return saveHead(head, {
    rankedAt: at.now,
    yardsticks,
    units: { branch: units.branch.length, clerk: units.clerk.length, region: units.region.length },
    total: totalOf(units.branch),
    late: units.branch.reduce((sum, { late }) => sum + late, 0),
    tiers: tiersOf(units.branch.flatMap(({ tiers }) => tiers)),
    before: before.words,
  });
}
