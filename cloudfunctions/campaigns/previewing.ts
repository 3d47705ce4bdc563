import type { CampaignPlan } from '../../miniprogram/contract/campaigns';
import { fingerprintOf } from '../../miniprogram/domain/outreach/assign';
import type { NamedClerk } from '../../miniprogram/domain/outreach/assign';
import type { ClerkLoads } from '../../miniprogram/domain/outreach/types';
import { audiencePages, placesFor } from '../common/flows/audience';
import { namedClerks } from '../common/flows/clerks';
import { entering, LEFT_OUT, NOBODY_LEFT_OUT, termsOf } from '../common/flows/entering';
import type { Carried, Entrant, LeftOut } from '../common/flows/entering';
import type { Moment } from '../common/flows/retier';
import { openTasksByClerk, unfinishedCampaigns } from '../common/store/campaigns';
import { chainSettings } from '../common/store/chain';
import type { ChainDoc } from '../common/store/documents';
import { offersOf } from '../common/store/offerSettings';
import { PAGE_LIMIT } from '../common/store/table';

/** What a launch of the plan would do this moment. */
export interface Foreseen extends LeftOut {
  entrants: Entrant[];
  clerks: NamedClerk[];
  /** tasks the clerks have in hand before it; the launch begins with the same */
  loadsBefore: ClerkLoads;
  /** the settings it was foreseen by */
  chain: ChainDoc;
  /** names the plan, the exact members and the clerks */
  fingerprint: string;
}

/**
 * Goes over the whole audience as the launch will, and writes nothing. One call for each 1000 members of the audience
 * (two where some were in a campaign before), at most five for the rest.
 */
export async function foresee(plan: CampaignPlan, { now, today }: Moment): Promise<Foreseen> {
  const [clerks, loadsBefore, running, places, chain] = await Promise.all([
    namedClerks(now, plan.startsOn),
    openTasksByClerk(today),
    unfinishedCampaigns(),
    placesFor(plan),
    chainSettings(),
  ]);
  const { returnMonths } = offersOf(chain);
  const taken = new Set(running.map((campaign) => campaign._id));
  const terms = termsOf(plan, clerks, {
    places,
    isBusy: ({ campaignId }) => campaignId !== null && taken.has(campaignId),
    campaignId: null,
    returnMonths,
  });
  const entrants: Entrant[] = [];
  const left: LeftOut = { ...NOBODY_LEFT_OUT };
  let carried: Carried = { loads: loadsBefore, strata: {}, waved: 0 };
  for await (const page of audiencePages({ plan, returnMonths, campaignId: null }, PAGE_LIMIT)) {
    const part = entering(page, terms, carried);
    entrants.push(...part.entrants);
    carried = part.carried;
    for (const reason of LEFT_OUT) left[reason] += part[reason];
  }
  const fingerprint = fingerprintOf([
    JSON.stringify(plan),
    ...clerks.map(({ clerkId, branchId }) => `clerk|${clerkId}|${branchId}`),
    ...entrants.map(({ member }) => `${member._id}|${member.lifecycle}|${member.value}`),
  ]);
  return { entrants, ...left, clerks, loadsBefore, chain, fingerprint };
}
