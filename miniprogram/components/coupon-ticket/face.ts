/** A headline cut so that its number can be the largest thing on the screen. */
export interface HeadlineParts {
  lead: string;
  big: string;
  tail: string;
}

/**
 * @example headlineParts('7折') // → { lead: '', big: '7', tail: '折' }
 * @example headlineParts('减¥20') // → { lead: '减¥', big: '20', tail: '' }
 * @example headlineParts('3片面膜体验装') // → { lead: '3片面膜体验装', big: '', tail: '' }: a product, not a sum
 */
export function headlineParts(headline: string): HeadlineParts {
  const m = /^(\D{0,3})(\d[\d.,]*)(\D?)$/.exec(headline);
  return m ? { lead: m[1] ?? '', big: m[2] ?? '', tail: m[3] ?? '' } : { lead: headline, big: '', tail: '' };
}

/** Eight digits as people read them aloud. @example groupedCode('12345678') // → '1234 5678' */
export function groupedCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}

const STAMPS: Readonly<Record<string, string>> = {
  used: '已使用',
  expired: '已过期',
  revoked: '已作废',
  soldOut: '已领完',
};

/** What is stamped across a ticket that no longer works; empty for one that does. */
export function stampOf(status: string): string {
  return STAMPS[status] ?? '';
}
