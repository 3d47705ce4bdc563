import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import { asksTags } from '../../../miniprogram/domain/outreach/campaign/audience';
import { audiencePage, countAudience } from '../store/audience';
import type { AudienceMember } from '../store/audience';
import type { Place } from '../store/documents';
import { table, PAGE_LIMIT } from '../store/table';
import { cellsOf } from './entering';

/** Where an audience has been read up to: in which field of the matrix, and behind which member. */
export const FIRST_CURSOR = '0|';
function placeOf(cursor: string): { cell: number; after: string } {
  const bar = cursor.indexOf('|');
  return { cell: Number(cursor.slice(0, bar)), after: cursor.slice(bar + 1) };
}

/** Members of one field, by id, and the cursor behind the last of them. */
export interface AudiencePage {
  members: AudienceMember[];
  cursor: string;
}

/** The next members, skipping fields that are through. Null when all are. One call for each field it looks into. */
export async function nextPage(
  plan: CampaignPlan,
  cursor: string,
  limit: number,
): Promise<AudiencePage | null> {
  const cells = cellsOf(plan);
  const withTags = asksTags(plan.audience.tags);
  let { cell, after } = placeOf(cursor);
  for (; ; cell++, after = '') {
    const wanted = cells[cell];
    if (!wanted) return null;
    const members = await audiencePage(wanted, after, limit, withTags);
    const last = members.at(-1);
    if (last) return { members, cursor: `${cell}|${last._id}` };
  }
}

/**
 * All pages of an audience, each read while the one before it is being worked on. One call for each page and for each
 * field of the matrix.
 */
export async function* audiencePages(
  plan: CampaignPlan,
  limit: number,
  from = FIRST_CURSOR,
): AsyncGenerator<AudiencePage> {
  const read = (cursor: string) => {
    const page = nextPage(plan, cursor, limit);
    // Whoever stops in the middle never waits for it; a failure is told where it is waited for.
    page.catch(() => undefined);
    return page;
  };
  let next = read(from);
  for (;;) {
    const page = await next;
    if (!page) return;
    next = read(page.cursor);
    yield page;
  }
}

/** Members an audience has before anybody is left out: one count for each field, at the same time. */
export async function countCells(audience: CampaignPlan['audience']): Promise<number> {
  const counts = await Promise.all(
    cellsOf({ audience }).map((cell) => countAudience(cell, audience.branchIds)),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

/** Where the branches stand, for plans that ask how far a member lives from hers. At most one call. */
export async function placesFor({ audience }: CampaignPlan): Promise<Map<string, Place>> {
  if ((audience.tags?.distances?.length ?? 0) === 0) return new Map();
  const branches = await table('branches').all({}, PAGE_LIMIT, ['place']);
  return new Map(branches.flatMap(({ _id, place }) => (place ? [[_id, place] as const] : [])));
}
