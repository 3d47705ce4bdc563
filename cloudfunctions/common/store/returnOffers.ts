import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { command, PAGE_LIMIT, table } from './table';

/**
 * When members were last given a return offer: the newest coupon each of them claimed in a campaign since an instant. It
 * is read from the coupons themselves, so there is nothing a claim would have to write and nothing that could be behind.
 * One call, which the coupons' index of members answers.
 *
 * @param memberIds at most 1000
 * @param but a campaign whose own coupons do not count; null = all count
 */
export async function returnOffersSince(
  memberIds: readonly string[],
  since: Ms,
  but: string | null,
): Promise<Map<string, Ms>> {
  const _ = command();
  const rows = await table('coupons').aggregate<{ _id: string; at: Ms }>((from) =>
    from
      .match({
        memberId: _.in([...memberIds]),
        claimedAt: _.gte(since),
        campaignId: _.nin(['', ...(but === null ? [] : [but])]),
      })
      .group({ _id: '$memberId', at: _.aggregate.max('$claimedAt') })
      .limit(PAGE_LIMIT),
  );
  return new Map(rows.map(({ _id, at }) => [_id, at]));
}
