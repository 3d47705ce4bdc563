import type { Day, Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { ReferralState } from '../domain/offers/referral';

/**
 * What an invitation (老带新) brings, the same for everybody and stated before anybody invites. Nothing is given for
 * sharing or for coming: both are rewarded for the friend's own purchase, once it can no longer be returned.
 */
export interface InviteReward {
  inviterPoints: number;
  friendPoints: number;
  /** what the friend's purchase has to come to, net of what she returned; she uses a coupon of hers in it */
  leastFen: Fen;
  /** so many days she may return it; both get their points on the day after the last of them */
  refundDays: number;
  /** the same in one Chinese sentence */
  words: string;
}

/** One of my invitations that somebody came by. */
export interface Invitation {
  /** registered: she is a member; bought: her purchase counts, the days run; rewarded; void: returned after the reward */
  state: Exclude<ReferralState, 'invited'>;
  /** 李**; a friend who had herself erased is 会员 */
  friendName: string;
  /** when the invitation was made */
  at: Ms;
  boughtAt: Ms | null;
  /** only of `bought`: the day on which both get their points unless she returns it */
  rewardOn: Day | null;
  /** what I get or got for it: as it was promised when she came */
  points: number;
  /** the state in Chinese, e.g. 已下单，2026年12月5日到账 */
  words: string;
}

/** Everything the inviter's page shows, in one call. */
export interface InviteMine {
  now: Ms;
  shopName: string;
  /** false = this shop does not invite at the moment: `code` and `path` are null, earlier invitations stay */
  isOn: boolean;
  /** the open invitation, for one friend: once she came by it the next call has another */
  code: string | null;
  /** what the share card opens: the same page with the code, e.g. /member/invite/invite?c=k3m9… */
  path: string | null;
  reward: InviteReward;
  /** newest first, at most 50 */
  invitations: Invitation[];
  counts: Record<Invitation['state'], number>;
  /** points that invitations have brought me so far */
  pointsSoFar: number;
}

/**
 * How an opened invitation looks to the one who opened it. open: she may accept; mine: it is her own (show `referral.invite`);
 * taken: another friend came by it; accepted: she herself did; member: she is one already; staff; off: no more invitations;
 * unknown: there is no such code.
 */
export type InviteFace = 'open' | 'mine' | 'taken' | 'accepted' | 'member' | 'staff' | 'off' | 'unknown';

export interface InviteSeen {
  now: Ms;
  shopName: string;
  face: InviteFace;
  /** 王**; null unless the face is open or accepted */
  inviterName: string | null;
  /** null where there is nothing to accept */
  reward: InviteReward | null;
}

export interface InviteContract {
  /**
   * Member; carries a requestKey, because it makes the open invitation where there is none; asking again finds it. The
   * whole of member/invite opened without a code
   */
  'referral.invite': { ask: Record<string, never>; reply: InviteMine };
  /** anyone: what a card with a code shows; nothing is changed. Wrong codes are counted, thirty an hour */
  'referral.look': { ask: { code: string }; reply: InviteSeen };
  /**
   * Anyone; carries a requestKey: the friend becomes a member by it. `phoneCode` of `<button open-type="getPhoneNumber">`, where
   * she allows it: then a member of before is told so at once
   */
  'referral.accept': {
    ask: { code: string; name: string; device?: string; phoneCode?: string };
    reply: { memberId: string };
  };
}
