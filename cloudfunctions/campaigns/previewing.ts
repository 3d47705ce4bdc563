import type { CampaignPlan } from '../../miniprogram/contract/campaigns';
import { fingerprintOf } from '../../miniprogram/domain/outreach/assign';
import type { NamedClerk } from '../../miniprogram/domain/outreach/assign';
import type { ClerkLoads } from '../../miniprogram/domain/outreach/types';
import { namedClerks } from '../common/flows/clerks';
import { cellsOf, entering } from '../common/flows/entering';
import type { Entrant } from '../common/flows/entering';
import type { Moment } from '../common/flows/retier';
import { audiencePage } from '../common/store/audience';
import { openTasksByClerk, unfinishedCampaigns } from '../common/store/campaigns';
import { PAGE_LIMIT } from '../common/store/table';

/** What a launch of the plan would do this moment. */
export interface Foreseen {
  entrants: Entrant[];
  busy: number;
  nobody: number;
  noOffer: number;
  clerks: NamedClerk[];
  /** tasks the clerks have in hand before it; the launch begins with the same */
  loadsBefore: ClerkLoads;
  /** names the plan, the exact members and the clerks */
  fingerprint: string;
}

/**
 * Goes over the whole audience as the launch will, and writes nothing. One call for each 1000 members of the audience,
 * three for the rest.
 */
export async function foresee(plan: CampaignPlan, { now, today }: Moment): Promise<Foreseen> {
  const [clerks, loadsBefore, running] = await Promise.all([
    namedClerks(now, plan.startsOn),
    openTasksByClerk(today),
    unfinishedCampaigns(),
  ]);
  const taken = new Set(running.map((campaign) => campaign._id));
  const entrants: Entrant[] = [];
  const left = { busy: 0, nobody: 0, noOffer: 0 };
  let loads = loadsBefore;
  for (const cell of cellsOf(plan)) {
    for (let after = ''; ;) {
      const page = await audiencePage(cell, after, PAGE_LIMIT);
      const part = entering(
        page,
        plan,
        clerks,
        loads,
        ({ campaignId }) => campaignId !== null && taken.has(campaignId),
      );
      entrants.push(...part.entrants);
      loads = part.loads;
      for (const reason of ['busy', 'nobody', 'noOffer'] as const) left[reason] += part[reason];
      const last = page.at(-1);
      if (page.length < PAGE_LIMIT || !last) break;
      after = last._id;
    }
  }
  const fingerprint = fingerprintOf([
    JSON.stringify(plan),
    ...clerks.map(({ clerkId, branchId }) => `clerk|${clerkId}|${branchId}`),
    ...entrants.map(({ member }) => `${member._id}|${member.lifecycle}|${member.value}`),
  ]);
  return { entrants, ...left, clerks, loadsBefore, fingerprint };
}
