import type { AssignmentPreview, BranchShare, CampaignPlan } from '../../miniprogram/contract/campaigns';
import { addDays } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { LIFECYCLES } from '../../miniprogram/domain/membership/types';
import { conditionsOf, headlineOf } from '../../miniprogram/domain/offers/coupon';
import type { AssignmentRule } from '../../miniprogram/domain/outreach/types';
import type { Entrant } from '../common/flows/entering';
import type { Foreseen } from './previewing';

const RULE_WORDS: Record<AssignmentRule, string> = {
  owner: '专属导购',
  lastServed: '上次接待的导购',
  leastLoaded: '门店里任务最少的导购',
  nobody: '没有导购能接手',
};
const EXAMPLES = 10;

function branchShares(entrants: readonly Entrant[], { clerks }: Foreseen, startsOn: Day): BranchShare[] {
  const names = new Map(clerks.map((clerk) => [clerk.clerkId, clerk]));
  const shares = new Map<string, BranchShare>();
  for (const { arm, assignment } of entrants) {
    const { branchId, clerkId, dueInDays } = assignment;
    const clerk = names.get(clerkId);
    let share = shares.get(branchId);
    if (!share) {
      share = { branchId, branchName: clerk?.branchName ?? branchId, members: 0, heldOut: 0, clerks: [] };
      shares.set(branchId, share);
    }
    share.members += 1;
    if (arm === 'heldOut') {
      share.heldOut += 1;
      continue;
    }
    const dueOn = addDays(startsOn, dueInDays);
    const row = share.clerks.find((one) => one.clerkId === clerkId);
    if (!row) share.clerks.push({ clerkId, name: clerk?.name ?? clerkId, tasks: 1, lastDueOn: dueOn });
    else {
      row.tasks += 1;
      if (dueOn > row.lastDueOn) row.lastDueOn = dueOn;
    }
  }
  for (const share of shares.values()) share.clerks.sort((a, b) => (a.clerkId < b.clerkId ? -1 : 1));
  return [...shares.values()].sort((a, b) => b.members - a.members || (a.branchId < b.branchId ? -1 : 1));
}

/** Ten members with the reason printed, one for each clerk first, so that they are not all of one kind. */
function examplesOf(treated: readonly Entrant[], { clerks }: Foreseen): AssignmentPreview['examples'] {
  const names = new Map(clerks.map((clerk) => [clerk.clerkId, clerk]));
  const firstOfClerk = new Map<string, Entrant>();
  for (const entrant of treated) {
    const { clerkId } = entrant.assignment;
    if (!firstOfClerk.has(clerkId)) firstOfClerk.set(clerkId, entrant);
  }
  const spread = new Set([...firstOfClerk.values(), ...treated.slice(0, EXAMPLES)]);
  return [...spread].slice(0, EXAMPLES).map(({ member, assignment }) => ({
    memberName: member.name,
    clerkName: names.get(assignment.clerkId)?.name ?? assignment.clerkId,
    branchName: names.get(assignment.clerkId)?.branchName ?? assignment.branchId,
    reason: assignment.reason,
  }));
}

/** What HQ reads before it launches. */
export function previewShown(plan: CampaignPlan, foreseen: Foreseen): AssignmentPreview {
  const { entrants, busy, nobody, noOffer, fingerprint } = foreseen;
  const treated = entrants.filter(({ arm }) => arm === 'treated');
  const count = (rule: AssignmentRule) => treated.filter(({ assignment }) => assignment.rule === rule).length;
  const rules = (['owner', 'lastServed', 'leastLoaded'] as const).map((rule) => ({
    rule,
    members: count(rule),
  }));
  return {
    fingerprint,
    audience: entrants.length,
    heldOut: entrants.length - treated.length,
    tasks: treated.length,
    busy,
    nobody,
    noOffer,
    byLifecycle: LIFECYCLES.flatMap((lifecycle) => {
      const of = entrants.filter(({ member }) => member.lifecycle === lifecycle);
      const rule = of[0]?.offer.rule;
      return rule
        ? [{ lifecycle, members: of.length, offerText: `${headlineOf(rule)} ${conditionsOf(rule)}` }]
        : [];
    }),
    byRule: [...rules, { rule: 'nobody' as const, members: nobody }]
      .filter(({ members }) => members > 0)
      .map(({ rule, members }) => ({ rule, words: RULE_WORDS[rule], members })),
    branches: branchShares(entrants, foreseen, plan.startsOn),
    examples: examplesOf(treated, foreseen),
  };
}
