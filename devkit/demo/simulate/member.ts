import type { Day } from '../../../miniprogram/domain/kernel/day';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { Fate } from './fate';
import { planOrder } from './order';
import type { Play } from './play';
import type { Clerk } from './world';

/** Somebody who was written to, by whom, with which card, and what will come of it. */
export interface Invited {
  memberId: string;
  /** of the contact; names what she does about it */
  name: string;
  link: string;
  clerk: Clerk;
  fate: Fate;
}

/** Puts what she will do on the agenda: look at her gift, claim it, come with it, bring something back, or say no. */
export function planMember(play: Play, invited: Invited, today: Day): void {
  const { memberId, name, link, fate } = invited;
  const phone = play.phone(play.somebody(memberId).openid);
  if (!fate.opens && !fate.optsOut) return;
  play.plan(today, 'members', async () => {
    const opened = play.told(await phone('gifts', 'gift.open', { link }));
    if (!opened) return;
    play.tally.opened += 1;
    if (fate.optsOut) {
      const said = await phone('gifts', 'optOut.set', { link }, `no-${name}`);
      if (play.told(said)) play.tally.optedOut += 1;
      return;
    }
    if (!fate.claims || opened.face !== 'claimable') return;
    const claimed = play.told(await phone('gifts', 'gift.claim', { link }, `claim-${name}`));
    if (!claimed?.coupon) return;
    play.tally.claimed += 1;
    const { code } = claimed.coupon;
    const { buysInDays } = fate;
    if (buysInDays === null) return;
    const on = addDays(today, buysInDays);
    play.plan(on, 'shops', () => redeem(play, invited, code, on));
  });
}

/** She comes with her coupon: it is looked at, used, and the till rings up what is left to pay. */
async function redeem(
  play: Play,
  { memberId, clerk, fate }: Invited,
  code: string,
  today: Day,
): Promise<void> {
  const phone = play.phone(clerk.openid);
  const { basketFen } = fate;
  const looked = play.told(await phone('gifts', 'coupon.look', { codeOrWord: code, basketFen }));
  if (!looked) return;
  const { couponId } = looked;
  const used = play.told(
    await phone('gifts', 'coupon.redeem', { couponId, basketFen }, `use-${memberId}-${today}`),
  );
  if (!used) return;
  play.tally.redeemed += 1;
  const { branchId, clerkId } = clerk;
  const sale = { memberId, branchId, clerkId, amountFen: used.payFen, withCoupon: code };
  await planOrder(play, sale, today, fate.refundsInDays);
}
