import { addDays, spokenDay } from '../kernel/day';
import type { Refill, Rhythm } from './rhythm';
import type { LapsedSubTier } from './subTier';
import type { MemberFacts } from './types';

/** From so much of a round on it is said how late she is; before, one day more or less means nothing. */
const LATE_RATIO = 1.2;

const SUB_TIER_WORDS: Record<LapsedSubTier, string> = {
  neverBought: '从未消费',
  fewSmall: '买过1–2次，客单价低于全店中位',
  fewLarge: '买过1–2次，客单价不低于全店中位',
  many: '买过3次及以上',
};

/** How a lapsed sub-tier is called. @example subTierWord('many') // → '买过3次及以上' */
export function subTierWord(subTier: LapsedSubTier): string {
  return SUB_TIER_WORDS[subTier];
}

/** How late she is, in rounds of her rhythm. */
function lateness(overdueRatio: number): string {
  if (overdueRatio < 1) return '还没到时候';
  if (overdueRatio < LATE_RATIO) return '该来了';
  return `已是平常间隔的${Number(overdueRatio.toFixed(1))}倍`;
}

/**
 * A member's rhythm in one sentence: the gap, where it comes from, when she was expected, how late she is.
 *
 * @param facts of the same facts that `rhythmOf` read, how often she bought
 * @example rhythmSentence({ gapDays: 30, from: 'own', expectedNextPurchaseOn: day('2025-04-01'), overdueRatio: 2 }, facts)
 * // → '通常每30天买一次（按她自己的5次消费），预计2025年4月1日再来，已是平常间隔的2倍。'
 */
export function rhythmSentence(rhythm: Rhythm, facts: Pick<MemberFacts, 'paidOrders'>): string {
  const source =
    rhythm.from === 'own'
      ? `按她自己的${facts.paidOrders}次消费`
      : `她的消费天数还不到3天，按同价值会员的中位数`;
  const expected = `预计${spokenDay(rhythm.expectedNextPurchaseOn)}再来`;
  return `通常每${rhythm.gapDays}天买一次（${source}），${expected}，${lateness(rhythm.overdueRatio)}。`;
}

/**
 * One refill in one sentence: what runs out, how long it lasts and who says so, when it is due.
 *
 * @example refillSentence({ category: '奶粉', cycleDays: 30, from: 'rules', dueOn: day('2025-03-31'), overdueDays: 5 })
 * // → '奶粉：上次买是2025年3月1日，约30天用完（店里设定的周期），2025年3月31日该补，已过5天。'
 */
export function refillSentence(refill: Refill): string {
  const { category, cycleDays, dueOn, overdueDays } = refill;
  const source = refill.from === 'own' ? '按她自己的间隔' : '店里设定的周期';
  const boughtOn = spokenDay(addDays(dueOn, -cycleDays));
  const due =
    overdueDays > 0 ? `已过${overdueDays}天` : overdueDays === 0 ? '就是今天' : `还有${-overdueDays}天`;
  return `${category}：上次买是${boughtOn}，约${cycleDays}天用完（${source}），${spokenDay(dueOn)}该补，${due}。`;
}
