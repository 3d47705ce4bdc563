/**
 * A count as it fits on a small card: exact with separators up to 99,999, then in 万 with one decimal, cut and never
 * rounded up, so that a screen does not claim more than there is.
 *
 * @example countText(12345) // → '12,345' ; countText(123999) // → '12.3万' ; countText(12_000_000) // → '1200万'
 */
export function countText(count: number): string {
  if (count < 100_000) return exactCount(count);
  const tenths = Math.floor(count / 1000);
  return tenths % 10 === 0 || tenths >= 10_000
    ? `${Math.floor(tenths / 10)}万`
    : `${(tenths / 10).toFixed(1)}万`;
}

/** @example exactCount(1234567) // → '1,234,567' */
export function exactCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
