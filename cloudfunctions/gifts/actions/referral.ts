import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { nextReferral } from '../../../miniprogram/domain/offers/referral';
import type { Actions } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { isSamePhone } from '../../common/people/phones';
import type { ReferralDoc } from '../../common/store/documents';
import { offersOf } from '../../common/store/offerSettings';
import { chainNow } from '../../common/store/remembered';
import { table } from '../../common/store/table';
import { ANYONE } from '../anyone';
import { numberOf } from '../mine';
import { aName, registered } from './memberRegister';

/** So far up a loop is looked for; nobody is paid for a longer one. */
const LONGEST_CHAIN = 6;

/** Who invited her, who invited that one, and so on. One call each. */
async function chainAbove(inviterId: string): Promise<string[]> {
  const chain = [inviterId];
  for (let at: string | undefined = inviterId; at !== undefined && chain.length < LONGEST_CHAIN;) {
    at = (await table('referrals').findOne({ friendId: at }))?.inviterId;
    if (at !== undefined) chain.push(at);
  }
  return chain;
}

async function isDeviceKnown(device: string | undefined): Promise<boolean> {
  if (device === undefined) return false;
  const [coupon, referral] = await Promise.all([
    table('coupons').findOne({ device }),
    table('referrals').findOne({ device }),
  ]);
  return coupon !== null || referral !== null;
}

/**
 * A friend becomes a member by an invitation. Her own document names the invitation she came by, in the same write that
 * makes her: of two invitations accepted in the same instant one counts, and one that was cut off is gone on with.
 */
export const acceptReferral: Actions<GiftsContract>['referral.accept'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ code: aLink, name: aName, device: aLink.optional() }),
  async run(acting, { code, name, device }) {
    const { scope, now } = acting;
    const referral: ReferralDoc | null = await table('referrals').findOne({ code });
    if (!referral) return refuse({ code: 'referral-unknown' });
    const { _id, inviterId } = referral;
    const [known, inviter, inviterChain, chain] = await Promise.all([
      table('members').findOne({ openid: scope.openid }),
      table('members').find(inviterId),
      chainAbove(inviterId),
      chainNow(now),
    ]);
    const isResumed = known?.invitedBy === _id;
    const memberId = known?._id ?? numberOf(scope.openid);
    const friend = {
      memberId,
      isStaff: scope.role !== 'person',
      isKnown: known !== null && !isResumed,
      sameDevice: !isResumed && (await isDeviceKnown(device)),
      samePhone: isSamePhone(known?.phone, inviter?.phone),
      inviterChain,
    };
    const { isOn, terms } = offersOf(chain).referral;
    const next = nextReferral(referral, { kind: 'registered', friend, at: now }, terms);
    if (!next.ok) return next;
    if (!isOn && !isResumed) return refuse({ code: 'referral-off' });
    const member = known ?? (await registered(acting, name, { invitedBy: _id }));
    if (member.invitedBy !== _id) return refuse({ code: 'referral-known' });
    const isHers = await table('referrals').changeIf(
      { _id, state: 'invited', friendId: null },
      { state: 'registered', friendId: member._id, terms, ...(device === undefined ? {} : { device }) },
    );
    if (!isHers && (await table('referrals').find(_id))?.friendId !== member._id) {
      return refuse({ code: 'referral-taken' });
    }
    return done({ memberId: member._id });
  },
};
