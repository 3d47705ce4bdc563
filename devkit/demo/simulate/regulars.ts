import type { Day } from '../../../miniprogram/domain/kernel/day';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import { planOrder } from './order';
import type { Play } from './play';
import { diceFor } from './truth';
import type { Somebody } from './world';

/** Days within which `comesAnyhow` is told. */
const WINDOW = 28;

/** Who comes today without having been asked: regulars by their rhythm, and of the quiet the few who come back anyhow. */
export function planUnasked(play: Play, from: Day, days: number): void {
  for (const one of play.cast.people) {
    const chanceADay = perDay(play, one);
    if (chanceADay === 0) continue;
    const dice = diceFor(play.truth.seed, 'unasked', one.memberId, from);
    for (let n = 0; n < days; n++) {
      if (!dice.chance(chanceADay)) continue;
      const on = addDays(from, n);
      const amountFen = Math.max(500, Math.round(dice.around(one.aovFen, 0.4) / 10) * 10);
      const refunds = dice.chance(play.truth.refunds) ? dice.whole(1, 5) : null;
      const { memberId, homeBranchId: branchId } = one;
      const sale = { memberId, branchId, clerkId: null, amountFen, withCoupon: null };
      play.plan(on, 'shops', () => planOrder(play, sale, on, refunds));
      // Who was quiet came back once; what follows is another story.
      if (one.lifecycle !== 'active') break;
    }
  }
}

function perDay({ truth }: Play, { lifecycle, gapDays }: Somebody): number {
  if (lifecycle === 'active') return gapDays === null ? 0.01 : 1 / Math.max(5, gapDays);
  return 1 - (1 - (truth.comesAnyhow[lifecycle] ?? 0)) ** (1 / WINDOW);
}
