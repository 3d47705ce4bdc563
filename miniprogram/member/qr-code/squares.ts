import { encode } from 'uqr';

/** Where a QR's dark squares lie. */
export interface Squares {
  /** modules along one side, without the quiet border */
  side: number;
  /** row by row; true = dark */
  dark: readonly boolean[][];
}

/** The quiet border that readers need, in modules. Source: ISO/IEC 18004, 9.1. */
export const QUIET = 4;

/**
 * The QR of a coupon's code. Level M: it is read from a scratched screen, and eight digits stay at the smallest size.
 *
 * @example squaresOf('12345678').side // → 21
 */
export function squaresOf(text: string): Squares {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  return { side: size, dark: data };
}

/**
 * How many real pixels a module gets, so that all are the same and none is blurred.
 *
 * @param pixels the canvas's side in real pixels
 */
export function modulePixels(side: number, pixels: number): number {
  return Math.max(1, Math.floor(pixels / (side + 2 * QUIET)));
}
