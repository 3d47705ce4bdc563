import type { CampaignsContract } from '../../miniprogram/contract/campaigns';
import { phoneEntry } from '../common/entry/phone';
import { campaignDraft } from './actions/campaignDraft';
import { campaignLaunch } from './actions/campaignLaunch';
import { campaignList } from './actions/campaignList';
import { campaignPreview } from './actions/campaignPreview';
import { campaignStep } from './actions/campaignStep';

export const main = phoneEntry<CampaignsContract>({
  'campaign.draft': campaignDraft,
  'campaign.preview': campaignPreview,
  'campaign.launch': campaignLaunch,
  'campaign.step': campaignStep,
  'campaign.list': campaignList,
});
