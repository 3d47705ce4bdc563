import type { Ms } from '../../miniprogram/domain/kernel/day';
import { headlineOf } from '../../miniprogram/domain/offers/coupon';
import { shortLink, smsText } from '../../miniprogram/domain/outreach/messages';
import type { ClerkChannel } from '../../miniprogram/domain/outreach/types';
import { clerksUseWecom, linkBase } from '../common/channels/settings';
import type { TaskDoc } from '../common/store/documents';
import { promiseOf } from './contact';
import { voiceOf } from './words';

/** Ways of reaching a member that have to be set up for this installation. */
export function moreWays(): ('sms' | 'wecom')[] {
  return [...(linkBase() ? (['sms'] as const) : []), ...(clerksUseWecom() ? (['wecom'] as const) : [])];
}

/** Is this way there at all? Copying, sharing and calling always are. */
export function hasWay(channel: ClerkChannel): boolean {
  return (channel !== 'sms' && channel !== 'wecom') || moreWays().includes(channel);
}

/**
 * What the clerk sends from her own phone: signed with her shop, with the gift's short link while the gift can be claimed or
 * used, and with the way out; 70 characters at most. Null when the branch's name and the link leave no room.
 */
export async function smsFor(task: TaskDoc, now: Ms): Promise<string | null> {
  const { branchName, clerkName } = await voiceOf(task, now);
  const base = linkBase();
  const offer = base !== null && promiseOf(task, now).offer ? task.offer : null;
  const body = offer
    ? `${task.member.name}您好，给您留了${headlineOf(offer.rule)}回归礼，点开看看`
    : `${task.member.name}您好，好久不见，有空来店坐坐，我是${clerkName}`;
  const link = base !== null && offer ? shortLink(base, task.link) : null;
  return smsText({ sign: branchName || '本店', body, link, isAdvertising: true });
}
