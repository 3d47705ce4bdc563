import { sumBy } from 'lodash-es';
import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import type { InviteFace, Invitation, InviteMine, InviteReward } from '../../../miniprogram/contract/invite';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import {
  maskedName,
  referralWords,
  rewardDay,
  termsWords,
} from '../../../miniprogram/domain/offers/referral';
import type { ReferralTerms } from '../../../miniprogram/domain/offers/referral';
import type { Scope } from '../../common/entry/scope';
import type { Actions } from '../../common/entry/action';
import { aLink, nothing } from '../../common/entry/asks';
import { termsFor } from '../../common/flows/referrals';
import type { ReferralDoc } from '../../common/store/documents';
import { mayAsk } from '../../common/store/guesses';
import { offersOf } from '../../common/store/offerSettings';
import { chainNow } from '../../common/store/remembered';
import { PAGE_LIMIT, table } from '../../common/store/table';
import { ANYONE } from '../anyone';
import { meAsMember } from '../mine';

const CODE_LETTERS = 10;
const MOST_SHOWN = 50;
const PAGE = '/member/invite/invite';

const rewardOf = (terms: ReferralTerms): InviteReward => ({ ...terms, words: termsWords(terms) });

/** Names of friends, masked. One call when there are any. */
async function namesOf(referrals: readonly ReferralDoc[]): Promise<ReadonlyMap<string, string>> {
  const ids = referrals.flatMap(({ friendId }) => (friendId === null ? [] : [friendId]));
  if (ids.length === 0) return new Map();
  const friends = await table('members').findMany(ids);
  return new Map(friends.map(({ _id, name, erasedAt }) => [_id, erasedAt ? '会员' : maskedName(name)]));
}

function shown(referral: ReferralDoc, names: ReadonlyMap<string, string>): Invitation[] {
  const { state, friendId, at, boughtAt } = referral;
  if (state === 'invited') return [];
  const terms = termsFor(referral);
  return [
    {
      state,
      friendName: names.get(friendId ?? '') ?? '会员',
      at,
      boughtAt,
      rewardOn: state === 'bought' && boughtAt !== null ? rewardDay(boughtAt, terms.refundDays) : null,
      points: terms.inviterPoints,
      words: referralWords(referral, terms, referral.isSelf),
    },
  ];
}

function counted(came: readonly ReferralDoc[]): InviteMine['counts'] {
  const counts = { registered: 0, bought: 0, rewarded: 0, void: 0 };
  for (const { state } of came) if (state !== 'invited') counts[state] += 1;
  return counts;
}

/**
 * The inviter's page: an invitation for one friend, the open one or a new one, and what became of the others. Sharing it
 * brings nothing; what does is her friend's purchase. Three calls beside the caller's scope: herself, her invitations,
 * the names of her friends; two more where a new invitation is made.
 */
export const inviteFriend: Actions<GiftsContract>['referral.invite'] = {
  who: ANYONE,
  writes: true,
  ask: nothing,
  async run({ scope, now, newToken }) {
    if (scope.role !== 'person') return refuse({ code: 'referral-staff' });
    const [me, chain] = await Promise.all([meAsMember(scope), chainNow(now)]);
    if (!me.ok) return me;
    const { isOn, terms } = offersOf(chain).referral;
    const inviterId = me.value._id;
    for (let turn = 0; turn < 4; turn++) {
      const mine = await table('referrals').page({ where: { inviterId }, limit: PAGE_LIMIT });
      const open = isOn ? mine.find(({ state }) => state === 'invited') : undefined;
      if (isOn && !open) {
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
        continue;
      }
      const came = mine.filter(({ state }) => state !== 'invited').sort((a, b) => b.at - a.at);
      const newest = came.slice(0, MOST_SHOWN);
      const names = await namesOf(newest);
      return done({
        now,
        shopName: chain?.name ?? '本店',
        isOn,
        code: open?.code ?? null,
        path: open ? `${PAGE}?c=${open.code}` : null,
        reward: rewardOf(terms),
        invitations: newest.flatMap((one) => shown(one, names)),
        counts: counted(came),
        pointsSoFar: sumBy(came, (one) => (one.state === 'rewarded' ? termsFor(one).inviterPoints : 0)),
      });
    }
    return refuse({ code: 'busy' });
  },
};

/** First match wins: what she has done already comes before what may still be done. */
function faceOf(referral: ReferralDoc, scope: Scope, meId: string | null, isOn: boolean): InviteFace {
  if (scope.role !== 'person') return 'staff';
  if (meId !== null && meId === referral.inviterId) return 'mine';
  if (meId !== null && meId === referral.friendId) return 'accepted';
  if (meId !== null) return 'member';
  if (referral.state !== 'invited') return 'taken';
  return isOn ? 'open' : 'off';
}

/** What a friend sees who opened the card: who invites her and to what, or why not. Three calls; nothing is changed. */
export const lookAtInvitation: Actions<GiftsContract>['referral.look'] = {
  who: ANYONE,
  writes: false,
  ask: z.strictObject({ code: aLink }),
  async run({ scope, now }, { code }) {
    const [referral, me, chain] = await Promise.all([
      table('referrals').findOne({ code }),
      table('members').findOne({ openid: scope.openid }),
      chainNow(now),
    ]);
    const { isOn, terms } = offersOf(chain).referral;
    const nothingSeen = { now, shopName: chain?.name ?? '本店', inviterName: null, reward: null };
    if (!referral) {
      const may = await mayAsk('link', scope.openid, now);
      return may.ok ? done({ ...nothingSeen, face: 'unknown' as const }) : may;
    }
    const face = faceOf(referral, scope, me?._id ?? null, isOn);
    if (face !== 'open' && face !== 'accepted') return done({ ...nothingSeen, face });
    const names = await namesOf([{ ...referral, friendId: referral.inviterId }]);
    const promised = face === 'open' ? terms : termsFor(referral);
    return done({
      ...nothingSeen,
      face,
      inviterName: names.get(referral.inviterId) ?? '会员',
      reward: rewardOf(promised),
    });
  },
};
