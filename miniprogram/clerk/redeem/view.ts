import type { CouponAtTill } from '../../contract/gifts';
import { spokenTime } from '../../domain/kernel/day';
import { money, parseYuan } from '../../domain/kernel/fen';
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
  };
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
