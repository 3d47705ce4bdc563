import { stableShare } from '../kernel/stableHash';

/**
 * Is this member held out (对照组) of this campaign, without task and without offer? A stable hash decides: asking again
 * gives the same answer, a larger share keeps everyone the smaller one had, and campaigns are independent of each other.
 *
 * @param share 0 = nobody, 0.1 = one in ten, 1 = everybody
 * @example isHeldOut('c1', 'M001', 0) // → false
 */
export function isHeldOut(campaignId: string, memberId: string, share: number): boolean {
  return stableShare(`holdout:${campaignId}`, memberId) < share;
}
