import type { Fen } from '../../kernel/fen';
import { DAY_NUMBERS } from './dayNumber';

/**
 * A purchase is one number: its day in front, its fen behind, so that sorting the numbers sorts by day, and a purchase
 * is moved with one write. Day < 2^16 (to the year 2149) and fen < 2^37 (1.3 billion yuan) fill the 53 bits a double
 * keeps exactly.
 */
const FEN_ROOM = 2 ** 37;
const DAY_SHARE = 1 / FEN_ROOM;

/** Whether a day and an amount can be kept at all; anything else is a mistake of whoever read the file. */
export function fitsPurchase(day: number, fen: Fen): boolean {
  return day > 0 && day < DAY_NUMBERS && fen >= 0 && fen < FEN_ROOM;
}

/** @example dayInPurchase(packPurchase(20_000, 990)) // → 20000 */
export function packPurchase(day: number, fen: Fen): number {
  return day * FEN_ROOM + fen;
}

export function dayInPurchase(purchase: number): number {
  // The share is a power of two, so the product is exact; the day needs 16 bits.
  return (purchase * DAY_SHARE) | 0;
}

export function fenInPurchase(purchase: number): Fen {
  return purchase - dayInPurchase(purchase) * FEN_ROOM;
}
