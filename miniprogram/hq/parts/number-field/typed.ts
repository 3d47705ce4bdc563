/**
 * The whole number somebody typed, full-width digits too; null when it is none, so that a half-emptied field changes
 * nothing.
 *
 * @example typedNumber('１2') // → 12 ; typedNumber('') // → null ; typedNumber('3.5') // → null
 */
export function typedNumber(text: string): number | null {
  const plain = text.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/**
 * The next number up or down. One that lies between two steps first goes to the step beside it.
 *
 * @example stepped(12.5, 1, 5) // → 15 ; stepped(20, -1, 5) // → 15 ; stepped(1, -1, 1, 1) // → 1
 */
export function stepped(value: number, direction: 1 | -1, step: number, least = 0): number {
  const next = direction > 0 ? (Math.floor(value / step) + 1) * step : (Math.ceil(value / step) - 1) * step;
  return Math.max(least, next);
}
