import type { CampaignsContract } from '../../miniprogram/contract/campaigns';
import { phoneEntry } from '../common/entry/phone';
import { audienceCount } from './actions/audienceCount';
import { campaignAct } from './actions/campaignAct';
import { campaignDraft } from './actions/campaignDraft';
import { campaignGet } from './actions/campaignGet';
import { campaignLaunch } from './actions/campaignLaunch';
import { campaignList } from './actions/campaignList';
import { campaignOpen } from './actions/campaignOpen';
import { campaignPreview } from './actions/campaignPreview';
import { campaignReport } from './actions/campaignReport';
import { campaignSave } from './actions/campaignSave';
import { campaignStep } from './actions/campaignStep';

export const main = phoneEntry<CampaignsContract>({
  'campaign.draft': campaignDraft,
  'campaign.open': campaignOpen,
  'campaign.preview': campaignPreview,
  'audience.count': audienceCount,
  'campaign.save': campaignSave,
  'campaign.get': campaignGet,
  'campaign.act': campaignAct,
  'campaign.launch': campaignLaunch,
  'campaign.step': campaignStep,
  'campaign.list': campaignList,
  'campaign.report': campaignReport,
});
