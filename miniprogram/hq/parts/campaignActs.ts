import type { CampaignStepAct } from '../../contract/campaigns';
import { actsIn, CAMPAIGN_ACT_WORDS } from '../../domain/outreach/campaign/life';
import type { CampaignAct, CampaignState } from '../../domain/outreach/campaign/life';

/** What is asked before an act that others will feel; null = nothing needs asking. */
export function questionOf(act: CampaignAct, name: string): { title: string; text: string } | null {
  switch (act) {
    case 'pause':
      return { title: `暂停“${name}”？`, text: '导购暂时拿不到话术和电话，任务留在列表里；恢复后接着来。' };
    case 'close':
      return {
        title: `现在结束“${name}”？`,
        text: '没做完的任务会关闭，会员可以进别的活动；领到手的券照样有效。不能再恢复。',
      };
    case 'drop':
      return { title: `作废“${name}”？`, text: '它还没有下发，作废后不能再用。' };
    case 'withdraw':
      return { title: '撤回修改？', text: '改完要重新提交和通过。' };
    default:
      return null;
  }
}

/** What can be done from the list, without looking at the plan or previewing: the likely ones first. */
const FROM_THE_LIST: readonly CampaignStepAct[] = ['approve', 'resume', 'pause', 'sendBack', 'close', 'drop'];

/** @example listActs('paused').map(({ word }) => word) // → ['恢复', '结束'] */
export function listActs(status: CampaignState): { act: CampaignStepAct; word: string }[] {
  const acts = actsIn(status);
  return FROM_THE_LIST.filter((act) => acts.includes(act)).map((act) => ({
    act,
    word: CAMPAIGN_ACT_WORDS[act],
  }));
}
