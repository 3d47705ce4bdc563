import type { CampaignsContract } from '../../miniprogram/contract/campaigns';
import { phoneEntry } from '../common/entry/phone';
import { audienceChoices, audienceCount } from './actions/audienceCount';
import { campaignAct } from './actions/campaignAct';
import { campaignDraft } from './actions/campaignDraft';
import { campaignGet } from './actions/campaignGet';
import { campaignLaunch } from './actions/campaignLaunch';
import { campaignList } from './actions/campaignList';
import { campaignPreview } from './actions/campaignPreview';
import { campaignReport } from './actions/campaignReport';
import { campaignSave } from './actions/campaignSave';
import { campaignStep } from './actions/campaignStep';

export const main = phoneEntry<CampaignsContract>({
  'campaign.draft': campaignDraft,
  'campaign.preview': campaignPreview,
  'audience.count': audienceCount,
  'audience.choices': audienceChoices,
  'campaign.save': campaignSave,
  'campaign.get': campaignGet,
  'campaign.act': campaignAct,
  'campaign.launch': campaignLaunch,
  'campaign.step': campaignStep,
  'campaign.list': campaignList,
  'campaign.report': campaignReport,
});
