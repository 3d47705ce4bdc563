import { createHash } from 'node:crypto';
import type { Acting } from '../common/entry/action';
import type { CampaignActDoc } from '../common/store/documents';
import type { CampaignAct } from '../../miniprogram/domain/outreach/campaign/life';

/** The campaign a person's act makes: the same act names the same campaign, however often it arrives. */
export function campaignIdOf({ scope, requestKey }: Acting): string {
  return `c${createHash('sha256').update(`${scope.openid}\n${requestKey}`).digest('hex').slice(0, 20)}`;
}

/** What a person did, as it is kept; what it led to is added when it is written. */
export function actOf(
  { scope, requestKey, now }: Acting,
  act: CampaignAct,
  note = '',
): Omit<CampaignActDoc, 'status' | 'revision'> {
  return { act, at: now, by: scope.staff?._id ?? '', note, requestKey };
}
