import { addDays, dayOf, spokenDay } from '../kernel/day';
import type { Day, Ms } from '../kernel/day';
import { money } from '../kernel/fen';
import type { Fen } from '../kernel/fen';
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
  leastFen: Fen;
  refundDays: number;
}

/** What both get for it, and for what. An invitation keeps the terms that held when the friend came by it. */
export interface ReferralTerms extends ReferralRule {
  inviterPoints: number;
  friendPoints: number;
}

export const USUAL_REFERRAL: ReferralTerms = {
  leastFen: 5_000,
  refundDays: 7,
  inviterPoints: 200,
  friendPoints: 200,
};

/** The day on which a purchase can no longer be returned, and both are rewarded. @example rewardDay(0, 7) // → '1970-01-09' */
export function rewardDay(boughtAt: Ms, refundDays: number): Day {
  return addDays(dayOf(boughtAt), refundDays + 1);
}

/**
 * The terms as the inviter reads them before she invites.
 *
 * @example termsWords(USUAL_REFERRAL)
 * // → '朋友成为会员后，用券买满¥50且过了7天退货期，您得200积分，朋友得200积分。转发和邀请本身没有奖励。'
 */
export function termsWords({ leastFen, refundDays, inviterPoints, friendPoints }: ReferralTerms): string {
  return (
    `朋友成为会员后，用券买满${money(leastFen)}且过了${refundDays}天退货期，` +
    `您得${inviterPoints}积分，朋友得${friendPoints}积分。转发和邀请本身没有奖励。`
  );
}

/**
 * Where an invitation stands, in words for the inviter.
 *
 * @param isSelf of a void one: both turned out to have one phone number
 * @example referralWords({ state: 'bought', boughtAt: 0, … }, USUAL_REFERRAL) // → '已下单，1970年1月9日到账'
 */
export function referralWords(
  { state, boughtAt }: Pick<Referral, 'state' | 'boughtAt'>,
  { refundDays, leastFen }: ReferralRule,
  isSelf = false,
): string {
  switch (state) {
    case 'invited':
      return '还没有朋友来';
    case 'registered':
      return `已成为会员，等她用券买满${money(leastFen)}`;
    case 'bought':
      return boughtAt === null ? '已下单' : `已下单，${spokenDay(rewardDay(boughtAt, refundDays))}到账`;
    case 'rewarded':
      return '积分已到账';
    case 'void':
      return isSelf ? '和您是同一个手机号，没有奖励' : '朋友退了货，积分已收回';
  }
}

/**
 * A name as others may see it. A name the system made of her number says nothing.
 *
 * @example maskedName('李小云') // → '李**'
 */
export function maskedName(name: string): string {
  const [first] = [...name.trim()];
  return first === undefined || name.startsWith('会员') ? '会员' : `${first}**`;
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
      return event.today >= rewardDay(referral.boughtAt, rule.refundDays)
        ? done({ ...referral, state: 'rewarded' })
        : same;
  }
}
