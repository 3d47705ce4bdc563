import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';
import { offerFor } from '../../../miniprogram/domain/offers/ladder';
import type { MemberOffer } from '../../../miniprogram/domain/offers/types';
import { assignTasks } from '../../../miniprogram/domain/outreach/assign';
import type { NamedClerk } from '../../../miniprogram/domain/outreach/assign';
import { isHeldOut } from '../../../miniprogram/domain/outreach/holdout';
import type { Assignment, AssignmentCandidate, ClerkLoads } from '../../../miniprogram/domain/outreach/types';
import type { AudienceMember } from '../store/audience';

/** A member on her way into a campaign: what she is offered, and who is to look after her. */
export interface Entrant {
  member: AudienceMember;
  offer: MemberOffer;
  arm: 'treated' | 'heldOut';
  assignment: Assignment & { clerkId: string; branchId: string };
}

/** A page of members as a campaign takes them in, and those it leaves out with the reason counted. */
export interface Entering {
  entrants: Entrant[];
  loads: ClerkLoads;
  busy: number;
  nobody: number;
  noOffer: number;
}

/** Fields of the matrix that the plan asks for, in the order they are taken in: high value first, warmer before colder. */
export function cellsOf({ audience }: CampaignPlan): { lifecycle: Lifecycle; value: Value }[] {
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

const isGiven = (one: Assignment | undefined): one is Entrant['assignment'] =>
  one !== undefined && one.clerkId !== null && one.branchId !== null;

/**
 * Takes a page of members in: leaves out those who opted out, are in another campaign, have no offer for how cold they
 * are, or whom no clerk can take; holds out a share; gives the others to clerks. Held-out members pass the same tests and
 * are sorted to the branch that would have had them, so that both arms are alike.
 *
 * @param page members of one lifecycle and value, by id
 * @param loads as the page before left them
 * @param isBusy whether she is in another running campaign
 */
export function entering(
  page: readonly AudienceMember[],
  plan: CampaignPlan,
  clerks: readonly NamedClerk[],
  loads: ClerkLoads,
  isBusy: (member: AudienceMember) => boolean,
): Entering {
  const { branchIds } = plan.audience;
  const isAsked = (member: AudienceMember): boolean => {
    const branchId = member.facts.lastBranchId ?? member.homeBranchId;
    return (
      member.optOut === null && (branchIds === null || (branchId !== null && branchIds.includes(branchId)))
    );
  };
  const asked = page.filter(isAsked);
  const free = asked.filter((member) => !isBusy(member));
  const offered = free.flatMap((member) => {
    const offer = offerFor(plan.offer, member.quiet);
    return offer ? [{ member, offer }] : [];
  });
  const isOut = ({ member }: { member: AudienceMember }) =>
    isHeldOut(holdoutSalt(plan), member._id, plan.holdout);
  const arms = {
    treated: offered.filter((one) => !isOut(one)),
    heldOut: offered.filter(isOut),
  };

  const given = assignTasks(
    arms.treated.map(({ member }) => candidateOf(member)),
    clerks,
    loads,
    plan.dailyCapacity,
  );
  // Only to learn which branch would have had them; nobody's load grows by a held-out member.
  const wouldHave = assignTasks(
    arms.heldOut.map(({ member }) => candidateOf(member)),
    clerks,
    {},
    plan.dailyCapacity,
  );
  const byMember = new Map(
    [...given.assignments, ...wouldHave.assignments].map((one) => [one.memberId, one] as const),
  );
  const entrants = (['treated', 'heldOut'] as const).flatMap((arm) =>
    arms[arm].flatMap((one): Entrant[] => {
      const assignment = byMember.get(one.member._id);
      return isGiven(assignment) ? [{ ...one, arm, assignment }] : [];
    }),
  );
  return {
    entrants,
    loads: given.loads,
    busy: asked.length - free.length,
    noOffer: free.length - offered.length,
    nobody: offered.length - entrants.length,
  };
}
