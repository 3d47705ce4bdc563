import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { nextReferral } from '../../../miniprogram/domain/offers/referral';
import type { Actions } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { phoneForCode } from '../../common/channels/wechat';
import { isSamePhone, mayKeepPhones, phoneHashes } from '../../common/people/phones';
import { holdersOfPhone } from '../../common/store/people';
import type { MemberDoc, ReferralDoc } from '../../common/store/documents';
import { offersOf } from '../../common/store/offerSettings';
import { chainNow } from '../../common/store/remembered';
import { table } from '../../common/store/table';
import { ANYONE } from '../anyone';
import { numberOf } from '../mine';
import { phoneFields } from '../ownPhone';
import { aName, aPhoneCode, registered } from './memberRegister';

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

/** What the phone that the friend allowed us to ask for tells about her. */
interface PhoneTold {
  fields: Partial<MemberDoc>;
  isInviters: boolean;
  isKnown: boolean;
}
const NO_PHONE: PhoneTold = { fields: {}, isInviters: false, isKnown: false };

/** Whose phone it is: the inviter's own, that of a member of before, or a new one. Two calls when a code was given. */
async function phoneTold(phoneCode: string | undefined, inviterId: string): Promise<PhoneTold> {
  const phone = phoneCode === undefined ? null : (await phoneForCode(phoneCode)).phone;
  if (phone === null) return NO_PHONE;
  const holders = mayKeepPhones() ? await holdersOfPhone(phoneHashes(phone)) : [];
  return {
    fields: phoneFields(phone),
    isInviters: holders.some(({ _id }) => _id === inviterId),
    isKnown: holders.some(({ _id }) => _id !== inviterId),
  };
}

/**
 * A friend becomes a member by an invitation. Her own document names the invitation she came by, in the same write that
 * makes her: of two invitations accepted in the same instant one counts, and one that was cut off is gone on with. With the
 * phone she allows us to ask for, a member of before and the inviter's own second account are known at once; who tells it
 * only later is looked at before anybody is rewarded.
 */
export const acceptReferral: Actions<GiftsContract>['referral.accept'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({
    code: aLink,
    name: aName,
    device: aLink.optional(),
    phoneCode: aPhoneCode.optional(),
  }),
  async run(acting, { code, name, device, phoneCode }) {
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
    // WeChat counts every number it tells, so it is asked only where a new member may come of it.
    const isOpen = known === null && referral.state === 'invited' && scope.role === 'person';
    const told = isOpen ? await phoneTold(phoneCode, inviterId) : NO_PHONE;
    const memberId = known?._id ?? numberOf(scope.openid);
    const friend = {
      memberId,
      isStaff: scope.role !== 'person',
      isKnown: (known !== null && !isResumed) || told.isKnown,
      sameDevice: !isResumed && (await isDeviceKnown(device)),
      samePhone: told.isInviters || isSamePhone(known?.phone, inviter?.phone),
      inviterChain,
    };
    const { isOn, terms } = offersOf(chain).referral;
    const next = nextReferral(referral, { kind: 'registered', friend, at: now }, terms);
    if (!next.ok) return next;
    if (!isOn && !isResumed) return refuse({ code: 'referral-off' });
    const member = known ?? (await registered(acting, name, { invitedBy: _id, ...told.fields }));
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
