import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import { got } from './phone';
import type { Phone } from './phone';
import type { World } from './world';

/** Whoever worked on a launch and died holds it for a minute. */
const A_MINUTE_AND_A_BIT = 61_000;

/** Headquarters at work: who plans and launches, and who looks at it where two accounts stand. */
export interface Headquarters {
  hq: Phone;
  /** null = the chain has one account of headquarters */
  approver: Phone | null;
  /** share of members held out; missing = as the product drafts it */
  holdout?: number | undefined;
}

/** A campaign under way. */
export interface Running {
  campaignId: string;
  endsOn: Day;
}

/**
 * Sees to it that a campaign runs: one that does is left alone, else HQ previews and launches the one that the product
 * itself drafts. All that the simulation knows of how campaigns begin is in this file.
 *
 * @param key names HQ's act, so that a launch whose answer was lost is not made twice
 * @returns the campaign with its last day; null when nobody is left to be asked
 */
export async function runningCampaign(at: Headquarters, world: World, key: string): Promise<Running | null> {
  const { hq } = at;
  const { campaigns } = got(await hq('campaigns', 'campaign.list', {}));
  const running = campaigns.find(({ status }) => status === 'live' || status === 'launching');
  const found = running ?? (await launched(at, key));
  if (found === null) return null;
  const { campaignId, endsOn } = found;
  for (let before = -1; ;) {
    const { done, finished } = got(await hq('campaigns', 'campaign.step', { campaignId }));
    if (finished) return { campaignId, endsOn };
    if (done === before) await world.moveTo(world.now() + A_MINUTE_AND_A_BIT);
    before = done;
  }
}

async function launched({ hq, approver, holdout }: Headquarters, key: string): Promise<Running | null> {
  const draft = got(await hq('campaigns', 'campaign.draft', {}));
  const plan = holdout === undefined ? draft : { ...draft, holdout };
  const { fingerprint, tasks } = got(await hq('campaigns', 'campaign.preview', { plan }));
  if (tasks === 0) return null;
  const campaignId = approver
    ? await launchedByTwo({ hq, approver }, plan, fingerprint, key)
    : got(await hq('campaigns', 'campaign.launch', { plan, fingerprint }, key)).campaignId;
  return { campaignId, endsOn: plan.endsOn };
}

/** Four eyes: one account plans and submits, the other one approves, then it goes out. */
async function launchedByTwo(
  { hq, approver }: { hq: Phone; approver: Phone },
  plan: CampaignPlan,
  fingerprint: string,
  key: string,
): Promise<string> {
  const kept = got(
    await hq('campaigns', 'campaign.save', { campaignId: null, basedOn: 0, plan }, `${key}-plan`),
  );
  const { campaignId } = kept;
  const submit = { campaignId, basedOn: kept.revision, act: 'submit' as const };
  const { revision } = got(await hq('campaigns', 'campaign.act', submit, `${key}-submit`));
  const approve = { campaignId, basedOn: revision, act: 'approve' as const };
  got(await approver('campaigns', 'campaign.act', approve, `${key}-approve`));
  return got(await hq('campaigns', 'campaign.launch', { campaignId, fingerprint }, key)).campaignId;
}
