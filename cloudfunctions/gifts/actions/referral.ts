import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { nextReferral } from '../../../miniprogram/domain/offers/referral';
import type { Actions } from '../../common/entry/action';
import { aLink, nothing } from '../../common/entry/asks';
import { REFERRAL } from '../../common/flows/referrals';
import type { ReferralDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';
import { ANYONE } from '../anyone';
import { meAsMember, numberOf } from '../mine';
import { aName, registered } from './memberRegister';

const CODE_LETTERS = 10;
const MOST_SHOWN = 50;
/** So far up a loop is looked for; nobody is paid for a longer one. */
const LONGEST_CHAIN = 6;

/** An invitation for one friend: the open one, or a new one. Sharing it brings nothing; what does is her purchase. */
export const inviteFriend: Actions<GiftsContract>['referral.invite'] = {
  who: ANYONE,
  writes: true,
  ask: nothing,
  async run({ scope, now, newToken }) {
    if (scope.role !== 'person') return refuse({ code: 'referral-staff' });
    const me = await meAsMember(scope);
    if (!me.ok) return me;
    const inviterId = me.value._id;
    for (let turn = 0; turn < 4; turn++) {
      const mine = await table('referrals').page({ where: { inviterId }, limit: 1000 });
      const open = mine.find(({ state }) => state === 'invited');
      if (open) {
        const invitations = mine
          .filter(({ state }) => state !== 'invited')
          .sort((a, b) => b.at - a.at)
          .slice(0, MOST_SHOWN)
          .map(({ state, at }) => ({ state, at }));
        return done({ code: open.code, invitations });
      }
      await table('referrals').addNew({
        _id: `${inviterId}:${mine.length}`,
        state: 'invited',
        inviterId,
        friendId: null,
        code: newToken(CODE_LETTERS),
        at: now,
        boughtAt: null,
        orderId: null,
      });
    }
    return refuse({ code: 'busy' });
  },
};

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
    const [known, inviterChain] = await Promise.all([
      table('members').findOne({ openid: scope.openid }),
      chainAbove(inviterId),
    ]);
    const isResumed = known?.invitedBy === _id;
    const memberId = known?._id ?? numberOf(scope.openid);
    const friend = {
      memberId,
      isStaff: scope.role !== 'person',
      isKnown: known !== null && !isResumed,
      sameDevice: !isResumed && (await isDeviceKnown(device)),
      samePhone: false,
      inviterChain,
    };
    const next = nextReferral(referral, { kind: 'registered', friend, at: now }, REFERRAL);
    if (!next.ok) return next;
    const member = known ?? (await registered(acting, name, { invitedBy: _id }));
    if (member.invitedBy !== _id) return refuse({ code: 'referral-known' });
    const isHers = await table('referrals').changeIf(
      { _id, state: 'invited', friendId: null },
      { state: 'registered', friendId: member._id, ...(device === undefined ? {} : { device }) },
    );
    if (!isHers && (await table('referrals').find(_id))?.friendId !== member._id) {
      return refuse({ code: 'referral-taken' });
    }
    return done({ memberId: member._id });
  },
};
