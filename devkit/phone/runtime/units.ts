/**
 * Lengths that mean something else on a phone: rpx, vh and the safe areas.
 *
 * @example phoneUnits('10rpx 100vh'); // → 'calc(10 * var(--rpx)) calc(100 * var(--vh))'
 */
export function phoneUnits(value: string): string {
  if (!/rpx|vh|safe-area/.test(value)) return value;
  return value
    .replace(/(-?\d*\.?\d+)rpx\b/g, 'calc($1 * var(--rpx))')
    .replace(/(-?\d*\.?\d+)vh\b/g, 'calc($1 * var(--vh))')
    .replace(
      /\b(?:env|constant)\(\s*safe-area-inset-(top|right|bottom|left)\s*(?:,[^)]*)?\)/g,
      'var(--safe-$1)',
    );
}
