import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import type { Scope } from '../../common/entry/scope';
import { branchesNamed, staffNamed } from '../../common/store/remembered';
import { table } from '../../common/store/table';

const PAGE = 100;
const MOST_EVIDENCE = 20;

const isInReach = (scope: Scope, branchId: string): boolean =>
  scope.role === 'hq' || scope.branchIds.includes(branchId);

/** What looks like gaming (防作弊), with the redemptions it is made of. Four calls. */
export const listFlags: Actions<GiftsContract>['flags.list'] = {
  who: ['manager', 'hq'],
  writes: false,
  ask: z.strictObject({ branchId: anId.optional() }),
  async run({ scope, now }, { branchId = scope.branchId ?? undefined }) {
    if (branchId !== undefined && !isInReach(scope, branchId)) return refuse({ code: 'other-branch' });
    const flags = await table('flags').page({
      where: branchId === undefined ? {} : { branchId },
      orderBy: [['at', 'desc']],
      limit: PAGE,
    });
    const couponIds = flags.flatMap((flag) => flag.couponIds.slice(0, MOST_EVIDENCE)).slice(0, 1000);
    const [coupons, branches, staff] = await Promise.all([
      table('coupons').findMany([...new Set(couponIds)]),
      branchesNamed(
        flags.map((flag) => flag.branchId),
        now,
      ),
      staffNamed(
        flags.flatMap(({ clerkId, settled }) => [clerkId, settled?.by ?? null]),
        now,
      ),
    ]);
    const byId = new Map(coupons.map((coupon) => [coupon._id, coupon]));
    const shown = flags.map((flag) => ({
      flagId: flag._id,
      kind: flag.kind,
      branchName: branches.get(flag.branchId)?.name ?? flag.branchId,
      clerkName: staff.get(flag.clerkId ?? '')?.name ?? '',
      words: flag.words,
      at: flag.at,
      evidence: flag.couponIds.slice(0, MOST_EVIDENCE).flatMap((id) => {
        const coupon = byId.get(id);
        if (!coupon) return [];
        return [
          {
            couponId: id,
            memberName: coupon.memberName,
            phoneTail: coupon.phoneTail,
            claimedAt: coupon.claimedAt,
            redeemedAt: coupon.redeemed?.at ?? null,
            basketFen: coupon.redeemed?.basketFen ?? 0,
            offFen: coupon.redeemed?.offFen ?? 0,
          },
        ];
      }),
      settled: flag.settled && {
        byName: staff.get(flag.settled.by)?.name ?? '',
        at: flag.settled.at,
        note: flag.settled.note,
      },
    }));
    return done({
      now,
      flags: [...shown.filter(({ settled }) => !settled), ...shown.filter(({ settled }) => settled)],
    });
  },
};

/** Looked at. The first word stands; saying it again changes nothing. Two calls. */
export const settleFlag: Actions<GiftsContract>['flags.settle'] = {
  who: ['manager', 'hq'],
  writes: true,
  ask: z.strictObject({ flagId: anId, note: someText(200) }),
  async run({ scope, now }, { flagId, note }) {
    const flag = await table('flags').find(flagId);
    if (!flag) return refuse({ code: 'not-found', detail: '这条提醒' });
    if (!isInReach(scope, flag.branchId)) return refuse({ code: 'other-branch' });
    await table('flags').changeIf(
      { _id: flagId, settled: null },
      { settled: { by: scope.staff?._id ?? '', at: now, note } },
    );
    return done({ flagId });
  },
};
