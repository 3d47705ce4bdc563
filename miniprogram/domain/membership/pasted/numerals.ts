const DIGITS: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** What a small number is written with, for patterns. */
export const NUMERAL = '(?:\\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])';

/**
 * A number below 100 in digits or in Chinese; NaN for anything else.
 *
 * @example numeralOf('十二') // → 12
 * @example numeralOf('两') // → 2
 */
export function numeralOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, ones, more] = text.split('十');
  if (more !== undefined) return NaN;
  if (ones === undefined) return DIGITS[text] ?? NaN;
  return (tens === '' ? 1 : (DIGITS[tens ?? ''] ?? NaN)) * 10 + (ones === '' ? 0 : (DIGITS[ones] ?? NaN));
}
