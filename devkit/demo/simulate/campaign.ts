import { got } from './phone';
import type { Phone } from './phone';
import type { World } from './world';

/** Whoever worked on a launch and died holds it for a minute. */
const A_MINUTE_AND_A_BIT = 61_000;

/**
 * Sees to it that a campaign runs: one that does is left alone, else HQ previews and launches the one that the product
 * itself drafts. All that the simulation knows of how campaigns begin is in this file.
 *
 * @param key names HQ's act, so that a launch whose answer was lost is not made twice
 * @returns the campaign's id; null when nobody is left to be asked
 */
export async function runningCampaign(hq: Phone, world: World, key: string): Promise<string | null> {
  const { campaigns } = got(await hq('campaigns', 'campaign.list', {}));
  const running = campaigns.find(({ status }) => status === 'live' || status === 'launching');
  const campaignId = running?.campaignId ?? (await launched(hq, key));
  if (campaignId === null) return null;
  for (let before = -1; ;) {
    const { done, finished } = got(await hq('campaigns', 'campaign.step', { campaignId }));
    if (finished) return campaignId;
    if (done === before) await world.moveTo(world.now() + A_MINUTE_AND_A_BIT);
    before = done;
  }
}

async function launched(hq: Phone, key: string): Promise<string | null> {
  const plan = got(await hq('campaigns', 'campaign.draft', {}));
  const { fingerprint, tasks } = got(await hq('campaigns', 'campaign.preview', { plan }));
  if (tasks === 0) return null;
  const said = await hq('campaigns', 'campaign.launch', { plan, fingerprint }, key);
  return got(said).campaignId;
}
