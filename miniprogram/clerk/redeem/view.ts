import { sentenceOf } from '../../contract/failures';
import type { Failure, FailureCode } from '../../contract/failures';
import type { CouponAtTill } from '../../contract/gifts';
import { addDays, dayOf, spokenTime, startOf } from '../../domain/kernel/day';
import type { Ms } from '../../domain/kernel/day';
import { money, parseYuan, yuan } from '../../domain/kernel/fen';
import type { Fen } from '../../domain/kernel/fen';

export interface TillShown {
  couponId: string;
  member: string;
  headline: string;
  conditions: string;
  trial: string;
  until: string;
  /** null until a basket was given */
  sum: { basket: string; off: string; pay: string } | null;
  /** said about this basket: categories that do not count, another till's hold */
  notes: string[];
  /** what saves more: the coupons in the order in which they are redeemed; empty = this one alone is best */
  steps: { couponId: string; headline: string; off: string; mine: boolean }[];
  together: string;
  /** what the next coupon is redeemed on; empty = this one is not the first of several */
  nextYuan: string;
}

export function tillView(till: CouponAtTill): TillShown {
  const { worth } = till;
  return {
    couponId: till.couponId,
    member: till.phoneTail ? `${till.memberName} · 尾号${till.phoneTail}` : till.memberName,
    headline: till.headline,
    conditions: till.conditions,
    trial: till.trial ?? '',
    until: `${spokenTime(till.expiresAt)}前有效`,
    sum: worth && {
      basket: money(worth.basketFen),
      off: `-${money(worth.offFen)}`,
      pay: money(worth.payFen),
    },
    notes: notesOf(till),
    ...togetherOf(till),
  };
}

function notesOf({ notCounted = [], categories, lock }: CouponAtTill): string[] {
  return [
    ...(categories ? [`只算：${categories.join('、')}`] : []),
    ...(notCounted.length ? [`没有算进去：${notCounted.join('、')}`] : []),
    ...(lock && !lock.mine ? ['另一台收银正在用这张券，请稍等再查。'] : []),
  ];
}

/** Each coupon is measured on what the one before it left, so their order is part of the advice. */
function togetherOf({
  together,
  couponId,
  worth,
}: CouponAtTill): Pick<TillShown, 'steps' | 'together' | 'nextYuan'> {
  if (!together || !worth) return { steps: [], together: '', nextYuan: '' };
  const isFirst = together.steps[0]?.couponId === couponId;
  return {
    steps: together.steps.map((step) => ({
      couponId: step.couponId,
      headline: step.headline,
      off: `-${money(step.offFen)}`,
      mine: step.couponId === couponId,
    })),
    together: isFirst
      ? `还有券可以一起用，共优惠 ${money(together.offFen)}，实付 ${money(together.payFen)}。先核销这张，再核销下一张。`
      : `换个顺序更省：先核销“${together.steps[0]?.headline ?? ''}”，共优惠 ${money(together.offFen)}，实付 ${money(together.payFen)}。`,
    nextYuan: isFirst ? yuan(worth.payFen) : '',
  };
}

/** What the clerk does about it, after why it was refused. */
const ADVICE: Partial<Record<FailureCode, string>> = {
  'coupon-used': '请按原价收款。',
  'coupon-expired': '请按原价收款。',
  'coupon-revoked': '请按原价收款。',
  'coupon-wrong-branch': '请按原价收款。',
  'network-lost': '先别再让一次利。',
};

/** @example refusalOf({ code: 'coupon-expired' }) // → '这张券已过有效期。请按原价收款。' */
export function refusalOf(failure: Failure): string {
  return `${sentenceOf(failure)}${ADVICE[failure.code] ?? ''}`;
}

/** The categories that a refusal or a coupon asks the amounts of, keeping what was typed already. */
export function categoryFields(names: readonly string[], typed: readonly CategoryField[]): CategoryField[] {
  return names.map((name) => typed.find((one) => one.name === name) ?? { name, yuan: '' });
}
export interface CategoryField {
  name: string;
  yuan: string;
}

/** Amounts by category; an empty field counts as nothing. Null = one of them is no amount. */
export function readCategories(fields: readonly CategoryField[]): Record<string, Fen> | null {
  const read: Record<string, Fen> = {};
  for (const { name, yuan: typed } of fields) {
    const fen = typed.trim() ? parseYuan(typed) : 0;
    if (fen === null || fen < 0) return null;
    read[name] = fen;
  }
  return read;
}

/**
 * When an offline code was used, from the clerk's watch.
 *
 * @param daysAgo 0 = today
 * @param time HH:MM
 * @param now the phone's clock: the branch had none other
 */
export function usedAtOf(daysAgo: number, time: string, now: Ms): Ms {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return startOf(addDays(dayOf(now), -daysAgo)) + (hours * 60 + minutes) * 60_000;
}

/** @example timeOf(startOf(day('2025-03-07'), 9)) // → '09:00' */
export function timeOf(at: Ms): string {
  const minutes = Math.floor((at - startOf(dayOf(at))) / 60_000);
  return [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
}

export type Basket = { kind: 'none' } | { kind: 'wrong'; sentence: string } | { kind: 'given'; fen: Fen };

/**
 * Reads the amount the clerk typed.
 *
 * @example readBasket('128.5') // → { kind: 'given', fen: 12850 }
 */
export function readBasket(typed: string): Basket {
  if (!typed.trim()) return { kind: 'none' };
  const fen = parseYuan(typed);
  if (fen === null) return { kind: 'wrong', sentence: '金额没看懂，请只填数字，例如 128.5。' };
  if (fen <= 0) return { kind: 'wrong', sentence: '金额要大于 0。' };
  return { kind: 'given', fen };
}

export interface DoneShown {
  pay: string;
  off: string;
  /** what to hand over besides; empty = nothing */
  hand: string;
}

export function doneView(paid: { offFen: Fen; payFen: Fen }, trial: string): DoneShown {
  return { pay: money(paid.payFen), off: money(paid.offFen), hand: trial };
}
