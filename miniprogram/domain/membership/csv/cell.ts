import { parseAmount } from './amount';
import { parseMoment, yearLastOf } from './moment';

/** How a cell begins or ends that may have to be cleaned; a mark of the byte order can stand anywhere. */
const DRESSED = /^[\s'=\-—无n]|\s$|[\ufeff\u200b]/i;

/**
 * The text of a cell without what spreadsheets wrap around it: `="0012"`, a leading apostrophe, tabs, blanks. A cell
 * that says nothing (`-`, `无`, `NULL`) is empty.
 *
 * @example cellText('="00123"') // → '00123'
 */
export function cellText(raw: string | undefined): string {
  // Nearly every cell is clean, and a file has millions of them.
  if (raw === undefined || raw === '') return '';
  if (!DRESSED.test(raw)) return raw;
  const text = raw
    .replace(/[\ufeff\u200b]/g, '')
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .trim();
  return /^(-+|—+|无|null|nil|n\/a|none)$/i.test(text) ? '' : text;
}

/**
 * Statistics programs write a round number such as 40128000000 as `4.0128e+10`, with a small e and every digit it has:
 * that is the number itself. Spreadsheets write a capital E after rounding; `isRounded` knows those.
 *
 * @example wholeNumberText('4.0128e+10') // → '40128000000'
 */
export function wholeNumberText(text: string): string {
  const [, whole = '', fraction = '', power = ''] = /^(\d)(?:\.(\d+))?e\+(\d+)$/.exec(text) ?? [];
  if (power === '' || fraction.length > Number(power) || Number(power) > 15) return text;
  return whole + fraction.padEnd(Number(power), '0');
}

/** Mobile numbers as people type them, with blanks, dashes or +86, become eleven digits; null for anything else. */
export function readPhone(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '');
  return /^(?:\+?0{0,2}86)?(1[3-9]\d{9})$/.exec(plain)?.[1] ?? null;
}

/** Long numbers that a spreadsheet has rounded, `1.38E+10`: the digits are lost for good. See `wholeNumberText`. */
export const isRounded = (text: string): boolean => /^\d(\.\d+)?E[+-]\d+$/i.test(text);

/** What kind of thing stands in a cell, for a refusal. It never repeats the cell: that may be a person's name or phone. */
export function kindOf(text: string): string {
  if (text === '') return '空的';
  if (readPhone(text) !== null) return '手机号***';
  if (isRounded(text)) return '科学计数法的数字';
  if (parseAmount(text) !== null) return '数字';
  if (/^\d+,\d{1,2}$/.test(text)) return '用逗号作小数点的数字';
  if (yearLastOf(text)) return '分不清月和日的日期';
  return parseMoment(text) === null ? '文字' : '日期';
}
