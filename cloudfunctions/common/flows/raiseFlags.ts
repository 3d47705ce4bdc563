import { DAY_MS, dayOf } from '../../../miniprogram/domain/kernel/day';
import { contactFlags, flagsOf } from '../../../miniprogram/domain/offers/flags';
import type { Flag, RedemptionFact } from '../../../miniprogram/domain/offers/flags';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { CouponDoc } from '../store/documents';
import { command, PAGE_LIMIT, table } from '../store/table';

/** Patterns show over a week; a finding names its days, so looking again finds the same one. */
const WINDOW_MS = 7 * DAY_MS;

/** Keeps findings, each once. One call when none stands, else some more. */
export function raiseFlags(flags: readonly Flag[], now: Ms): Promise<void> {
  return table('flags').addMissing(
    flags.map(({ id, ...flag }) => ({ _id: id, ...flag, at: now, settled: null })),
  );
}

function factOf(coupon: CouponDoc): RedemptionFact[] {
  const { redeemed } = coupon;
  if (!redeemed) return [];
  return [
    {
      couponId: coupon._id,
      memberId: coupon.memberId,
      clerkId: redeemed.clerkId,
      branchId: redeemed.branchId,
      claimedAt: coupon.claimedAt,
      at: redeemed.at,
      basketFen: redeemed.basketFen,
      offFen: redeemed.offFen,
      minFen: coupon.rule.minFen,
      device: coupon.device ?? null,
    },
  ];
}

/** Redemptions of the last week, by the index of their instants. One call for each 1000. */
async function redeemedLately(now: Ms): Promise<CouponDoc[]> {
  const found: CouponDoc[] = [];
  for (let since = now - WINDOW_MS; ;) {
    const page = await table('coupons').page({
      where: { 'redeemed.at': command().gt(since) },
      orderBy: [['redeemed.at', 'asc']],
      limit: PAGE_LIMIT,
    });
    found.push(...page);
    const last = page.at(-1)?.redeemed?.at;
    if (page.length < PAGE_LIMIT || last === undefined || last === since) return found;
    since = last;
  }
}

interface ContactedRow {
  _id: { clerkId: string | null; branchId: string | null };
  contacted: number;
  opened: number;
}

/** What clerks of running campaigns say beside what their members did. One call, one pass over their tasks. */
async function contactsOf(campaignIds: readonly string[]): Promise<ContactedRow[]> {
  if (campaignIds.length === 0) return [];
  const _ = command();
  const $ = _.aggregate;
  const happened = (field: string) => $.sum($.cond({ if: $.gt([field, 0]), then: 1, else: 0 }));
  return table('tasks').aggregate<ContactedRow>((from) =>
    from
      .match({ campaignId: _.in([...campaignIds]), arm: 'treated', kind: _.neq('care') })
      .group({
        _id: { clerkId: '$clerkId', branchId: '$branchId' },
        contacted: happened('$contactedAt'),
        opened: happened('$openedAt'),
      })
      .limit(PAGE_LIMIT),
  );
}

/**
 * Looks for gaming among the week's redemptions and the running campaigns' contacts, and keeps what it finds for the
 * managers, with the evidence. A finding that somebody has settled stays settled.
 *
 * @returns how many findings there are, known ones too
 */
export async function lookForGaming(campaignIds: readonly string[], now: Ms): Promise<number> {
  const [coupons, contacts] = await Promise.all([redeemedLately(now), contactsOf(campaignIds)]);
  const flags = [
    ...flagsOf(coupons.flatMap(factOf)),
    ...contactFlags(
      contacts.flatMap(({ _id: { clerkId, branchId }, ...counts }) =>
        clerkId === null ? [] : [{ clerkId, branchId: branchId ?? '', ...counts }],
      ),
      dayOf(now).slice(0, 7),
    ),
  ];
  await raiseFlags(flags, now);
  return flags.length;
}
