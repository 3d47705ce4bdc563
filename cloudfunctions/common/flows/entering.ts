import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import { startOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { offerFor } from '../../../miniprogram/domain/offers/ladder';
import { mayGetReturnOffer } from '../../../miniprogram/domain/offers/returnOffer';
import type { MemberOffer } from '../../../miniprogram/domain/offers/types';
import { checkCapacity, clerkBook, giveTo, routeOf } from '../../../miniprogram/domain/outreach/assign';
import type { ClerkBook, NamedClerk } from '../../../miniprogram/domain/outreach/assign';
import { hasTags } from '../../../miniprogram/domain/outreach/campaign/audience';
import { mayReenter } from '../../../miniprogram/domain/outreach/campaign/cycle';
import { waveOf } from '../../../miniprogram/domain/outreach/clerkDays';
import { nextArm, stratumOf } from '../../../miniprogram/domain/outreach/holdout';
import type { Strata } from '../../../miniprogram/domain/outreach/holdout';
import type { Assignment, AssignmentCandidate, ClerkLoads } from '../../../miniprogram/domain/outreach/types';
import type { AudienceMember, Cell } from '../store/audience';
import type { Place } from '../store/documents';

/** A member on her way into a campaign: what she is offered, and who is to look after her. */
export interface Entrant {
  member: AudienceMember;
  offer: MemberOffer;
  laterOffer: MemberOffer | null;
  arm: 'treated' | 'heldOut';
  assignment: Assignment;
}

/** What is carried from member to member, and kept with the launch's cursor. */
export interface Carried {
  loads: ClerkLoads;
  /** members of each stratum met so far: their arms follow from it */
  strata: Strata;
  /** members of waves met so far */
  waved: number;
}

/** Why members are left out. */
export const LEFT_OUT = ['busy', 'resting', 'offered', 'nobody', 'noOffer'] as const;
export type LeftOut = Record<(typeof LEFT_OUT)[number], number>;
export const NOBODY_LEFT_OUT: LeftOut = { busy: 0, resting: 0, offered: 0, nobody: 0, noOffer: 0 };

/** A page of members as a campaign takes them in, and those it leaves out with the reason counted. */
export interface Entering extends LeftOut {
  entrants: Entrant[];
  carried: Carried;
}

/** Members of one lifecycle and value, by id. */
export interface Page {
  members: readonly AudienceMember[];
  /** when she was last given a return offer, of those who were lately */
  offeredAt: ReadonlyMap<string, Ms>;
}

/** What does not change from page to page. */
export interface Terms {
  plan: CampaignPlan;
  clerks: ClerkBook;
  /** branch → where it stands; empty unless the plan asks for a distance */
  places: ReadonlyMap<string, Place>;
  /** whether she is in another campaign that still holds her */
  isBusy: (member: AudienceMember) => boolean;
  /** the campaign itself, once it has an id: who left it does not come in again */
  campaignId: string | null;
  /** one return offer in so many months; 0 = as often as campaigns come */
  returnMonths: number;
}

export function termsOf(
  plan: CampaignPlan,
  clerks: readonly NamedClerk[],
  more: Omit<Terms, 'plan' | 'clerks'>,
): Terms {
  checkCapacity(plan.dailyCapacity);
  return { plan, clerks: clerkBook(clerks), ...more };
}

/** Fields of the matrix that the plan asks for, in the order they are taken in: high value first, warmer before colder. */
export function cellsOf({ audience }: Pick<CampaignPlan, 'audience'>): Cell[] {
  return VALUES.filter((value) => audience.values.includes(value)).flatMap((value) =>
    LIFECYCLES.filter((lifecycle) => audience.lifecycles.includes(lifecycle)).map((lifecycle) => ({
      lifecycle,
      value,
    })),
  );
}

/** What the holdout is drawn by. It is known before the campaign has an id, so the preview shows the very same people. */
export function holdoutSalt(plan: CampaignPlan): string {
  return `${plan.name}|${plan.startsOn}`;
}

function candidateOf(member: AudienceMember): AssignmentCandidate {
  const { lastBranchId = null, lastClerkId = null } = member.facts;
  return {
    memberId: member._id,
    value: member.value,
    homeBranchId: member.homeBranchId ?? lastBranchId ?? '',
    lastBranchId,
    lastClerkId,
    ownerClerkId: member.ownerClerkId,
  };
}

/** Does the plan ask for her at all? Who opted out is asked by nobody. */
function isAsked(member: AudienceMember, { plan, places, campaignId }: Terms): boolean {
  const { branchIds, tags } = plan.audience;
  if (member.optOut !== null) return false;
  if (campaignId !== null && member.lastCycle?.campaignId === campaignId && member.campaignId !== campaignId)
    return false;
  const branchId = member.facts.lastBranchId ?? member.homeBranchId;
  if (branchIds !== null && (branchId === null || !branchIds.includes(branchId))) return false;
  if (!tags) return true;
  const { paidOrders, paidFen = 0, ordersWithCoupon = 0, categories = [] } = member.facts;
  return hasTags(tags, {
    facts: { paidOrders, paidFen, ordersWithCoupon, categories },
    place: member.place ?? null,
    branchPlace: places.get(member.homeBranchId ?? '') ?? null,
  });
}

/** The ladder of her value, where the plan has one of its own for it. */
function offerOf(plan: CampaignPlan, { value, quiet }: AudienceMember): MemberOffer | null {
  const ladder = plan.ladders?.[value] ?? plan.offer.ladder;
  return offerFor({ ...plan.offer, ladder }, quiet);
}

/**
 * Takes a page of members in: leaves out those who opted out, are in another campaign, rest after their last one, were
 * given a return offer not long enough ago, have no offer for how cold they are, or whom no clerk can take; holds out a share of each stratum; gives the others to clerks.
 * Held-out members pass the same tests and are sorted to the branch that would have had them, so that both arms are
 * alike. Everything is decided member by member in the order of ids, and `carried` holds all that one decision leaves for
 * the next: pages of any size give the same answers, in the preview and in the launch.
 *
 * @param page members of one lifecycle and value, by id, and when some of them were last given a return offer
 * @param before as the page before left it; not changed
 */
export function entering(page: Page, terms: Terms, before: Carried): Entering {
  const { plan, clerks, isBusy, campaignId, returnMonths } = terms;
  const { rhythm, followUpOffer, waves } = plan;
  const carried: Carried = { ...before, loads: { ...before.loads }, strata: { ...before.strata } };
  const left: LeftOut = { ...NOBODY_LEFT_OUT };
  const begins = startOf(plan.startsOn);
  const salt = holdoutSalt(plan);
  const restDays = plan.restDays === undefined ? 0 : plan.restDays;
  const entrants: Entrant[] = [];

  const why = (member: AudienceMember): keyof LeftOut | null => {
    if (isBusy(member)) return 'busy';
    if (campaignId !== null && member.campaignId === campaignId) return null;
    if (!mayReenter(member.lastCycle ?? null, restDays, plan.startsOn)) return 'resting';
    const last = page.offeredAt.get(member._id) ?? null;
    return mayGetReturnOffer(last, begins, returnMonths) ? null : 'offered';
  };
  for (const member of page.members) {
    if (!isAsked(member, terms)) continue;
    const reason = why(member);
    if (reason) {
      left[reason] += 1;
      continue;
    }
    const offer = offerOf(plan, member);
    if (!offer) {
      left.noOffer += 1;
      continue;
    }
    const candidate = candidateOf(member);
    const route = routeOf(candidate, clerks);
    if (!route) {
      left.nobody += 1;
      continue;
    }
    const laterOffer = rhythm?.followUp && followUpOffer ? offerFor(followUpOffer, member.quiet) : null;
    const arm = nextArm(carried.strata, salt, stratumOf(member, route.branchId), plan.holdout);
    if (arm === 'heldOut') {
      // Only the branch counts of her assignment; nobody's load grows by her.
      const assignment = giveTo(candidate, route, clerks, {}, plan.dailyCapacity);
      entrants.push({ member, offer, laterOffer, arm, assignment });
      continue;
    }
    const isWaved = member.value !== 'high';
    const wave = isWaved ? waveOf(carried.waved, waves?.perDay ?? null) : 0;
    if (isWaved) carried.waved += 1;
    const assignment = giveTo(candidate, route, clerks, carried.loads, plan.dailyCapacity, wave);
    entrants.push({ member, offer, laterOffer, arm, assignment });
  }
  return { entrants, carried, ...left };
}
