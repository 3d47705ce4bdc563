import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import type { Dice } from '../dice';
import { onShelf } from './products';
import type { Product } from './products';

/** What somebody comes for: a cup to go, tea at the table, leaves for home, presents. */
export type Taste = 'cup' | 'table' | 'leaf' | 'present';

const WANTS: Record<Taste, readonly (readonly [Product['kind'], number])[]> = {
  cup: [
    ['drink', 0.78],
    ['bite', 0.2],
    ['leaf', 0.02],
  ],
  table: [
    ['drink', 0.5],
    ['bite', 0.36],
    ['leaf', 0.1],
    ['ware', 0.04],
  ],
  leaf: [
    ['leaf', 0.68],
    ['ware', 0.12],
    ['drink', 0.14],
    ['gift', 0.06],
  ],
  present: [
    ['gift', 0.5],
    ['leaf', 0.25],
    ['ware', 0.25],
  ],
};
const LINES: Record<Taste, number> = { cup: 1.3, table: 2.4, leaf: 1.5, present: 1.4 };

/**
 * One basket: product code → what was paid for it, the coupon already taken off (9折).
 *
 * @param month 1–12; what is not on the shelf then is not bought
 */
export function basketOf(taste: Taste, month: number, withCoupon: boolean, dice: Dice): Record<string, Fen> {
  const shelf = onShelf(month);
  const lines: Record<string, Fen> = {};
  const wanted = Math.max(1, Math.round(dice.around(LINES[taste], 0.45)));
  for (let i = 0; i < wanted; i++) {
    const kind = dice.weighted(WANTS[taste]);
    const choice = shelf.filter((product) => product.kind === kind);
    // Presents are there before the festivals only; leaves are there always.
    const { code, fen } = dice.pick(choice.length > 0 ? choice : shelf.filter((p) => p.kind === 'leaf'));
    lines[code] = (lines[code] ?? 0) + (withCoupon ? Math.round(fen * 0.9) : fen);
  }
  return lines;
}
