import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import { asksTags } from '../../../miniprogram/domain/outreach/campaign/audience';
import { addDays, newestDayMonthsAgo, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { audiencePage, countAudience } from '../store/audience';
import type { AudienceMember } from '../store/audience';
import { returnOffersSince } from '../store/returnOffers';
import type { Place } from '../store/documents';
import { table, PAGE_LIMIT } from '../store/table';
import { cellsOf } from './entering';

/** Where an audience has been read up to: in which field of the matrix, and behind which member. */
export const FIRST_CURSOR = '0|';
function placeOf(cursor: string): { cell: number; after: string } {
  const bar = cursor.indexOf('|');
  return { cell: Number(cursor.slice(0, bar)), after: cursor.slice(bar + 1) };
}

/** Members of one field, by id, with the return offers they were given lately, and the cursor behind the last of them. */
export interface AudiencePage {
  members: AudienceMember[];
  offeredAt: ReadonlyMap<string, Ms>;
  cursor: string;
}

/** What is asked of an audience. */
export interface AudienceAsk {
  plan: CampaignPlan;
  /** one return offer in so many months; 0 = nobody looks */
  returnMonths: number;
  /** offers of this campaign are not those of before; null = it has none yet */
  campaignId: string | null;
}

const NOBODY: ReadonlyMap<string, Ms> = new Map();

/**
 * When members of a page were last given a return offer, as far as that can still matter on the campaign's first day. Who
 * was never in a campaign, or never opened a card, was never given one: where nobody of the page did it costs nothing, else
 * one call.
 */
function offersTo(
  members: readonly AudienceMember[],
  { plan, returnMonths, campaignId }: AudienceAsk,
): Promise<ReadonlyMap<string, Ms>> | ReadonlyMap<string, Ms> {
  const met = members.filter((one) => one.openid !== null && (one.lastCycle ?? one.campaignId));
  if (returnMonths <= 0 || met.length === 0) return NOBODY;
  const since = startOf(addDays(newestDayMonthsAgo(plan.startsOn, returnMonths), 1));
  return returnOffersSince(
    met.map(({ _id }) => _id),
    since,
    campaignId,
  );
}

/**
 * The next members, skipping fields that are through. Null when all are. One call for each field it looks into, and one
 * where some of them have been in a campaign before.
 */
async function nextPage(ask: AudienceAsk, cursor: string, limit: number): Promise<AudiencePage | null> {
  const { plan } = ask;
  const cells = cellsOf(plan);
  const withTags = asksTags(plan.audience.tags);
  let { cell, after } = placeOf(cursor);
  for (; ; cell++, after = '') {
    const wanted = cells[cell];
    if (!wanted) return null;
    const members = await audiencePage(wanted, after, limit, withTags);
    const last = members.at(-1);
    if (last) return { members, offeredAt: await offersTo(members, ask), cursor: `${cell}|${last._id}` };
  }
}

/**
 * All pages of an audience, each read while the one before it is being worked on. One call for each page and for each
 * field of the matrix, one more for a page with members of earlier campaigns.
 */
export async function* audiencePages(
  ask: AudienceAsk,
  limit: number,
  from = FIRST_CURSOR,
): AsyncGenerator<AudiencePage> {
  const read = (cursor: string) => {
    const page = nextPage(ask, cursor, limit);
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
