import { addDays, dayOf } from '../kernel/day';
import type { Day, Ms } from '../kernel/day';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';

/**
 * 老带新: a member invites a friend. Both are rewarded after the friend's own paid purchase has outlived the refund
 * window, never for sharing (WeChat forbids that, and so does decency).
 */
export type ReferralState = 'invited' | 'registered' | 'bought' | 'rewarded' | 'void';

export interface Referral {
  state: ReferralState;
  inviterId: string;
  friendId: string | null;
  /** the friend's first purchase that counts */
  boughtAt: Ms | null;
}

/** Something that happened, or the calendar moving on. */
export type ReferralEvent =
  | { kind: 'registered'; friend: ReferralFriend; at: Ms }
  | { kind: 'paid'; netFen: number; redeemed: boolean; at: Ms }
  | { kind: 'refunded'; netFen: number; at: Ms }
  | { kind: 'day'; today: Day };

/** What is known of the friend when she registers. */
export interface ReferralFriend {
  memberId: string;
  isStaff: boolean;
  /** she was a member before the invitation */
  isKnown: boolean;
  sameDevice: boolean;
  samePhone: boolean;
  /** who invited her inviter, and so on upwards: a loop would pay people for inviting each other */
  inviterChain: readonly string[];
}

export type ReferralRefusal =
  | 'referral-self'
  | 'referral-staff'
  | 'referral-known'
  | 'referral-device'
  | 'referral-loop'
  | 'referral-taken';

/** Why an invitation does not count; first match wins. */
const REFUSALS: readonly [ReferralRefusal, (friend: ReferralFriend, inviterId: string) => boolean][] = [
  ['referral-self', (friend, inviterId) => friend.memberId === inviterId || friend.samePhone],
  ['referral-staff', (friend) => friend.isStaff],
  ['referral-device', (friend) => friend.sameDevice],
  ['referral-loop', (friend) => friend.inviterChain.includes(friend.memberId)],
  ['referral-known', (friend) => friend.isKnown],
];

/** The least a purchase has to come to, and how long it can be returned. */
export interface ReferralRule {
  leastFen: number;
  refundDays: number;
}

/**
 * Moves an invitation on. It only ever moves forward, but for a refund: a purchase returned within the window takes the
 * friend back to `registered`, one returned after the reward turns it void and the caller takes both rewards back.
 *
 * @example nextReferral({ state: 'bought', boughtAt: 0, … }, { kind: 'day', today: day('1970-01-09') }, { refundDays: 7, leastFen: 1 })
 * // → done({ state: 'rewarded', … })
 */
export function nextReferral(
  referral: Referral,
  event: ReferralEvent,
  rule: ReferralRule,
): Result<Referral, { code: ReferralRefusal }> {
  const same = done(referral);
  switch (event.kind) {
    case 'registered': {
      if (referral.friendId === event.friend.memberId) return same;
      if (referral.state !== 'invited') return refuse({ code: 'referral-taken' });
      const refused = REFUSALS.find(([, isSo]) => isSo(event.friend, referral.inviterId));
      if (refused) return refuse({ code: refused[0] });
      return done({ ...referral, state: 'registered', friendId: event.friend.memberId });
    }
    case 'paid':
      if (referral.state !== 'registered' || !event.redeemed || event.netFen < rule.leastFen) return same;
      return done({ ...referral, state: 'bought', boughtAt: event.at });
    case 'refunded':
      if (event.netFen >= rule.leastFen) return same;
      if (referral.state === 'bought') return done({ ...referral, state: 'registered', boughtAt: null });
      return referral.state === 'rewarded' ? done({ ...referral, state: 'void' }) : same;
    case 'day':
      if (referral.state !== 'bought' || referral.boughtAt === null) return same;
      return event.today > addDays(dayOf(referral.boughtAt), rule.refundDays)
        ? done({ ...referral, state: 'rewarded' })
        : same;
  }
}
