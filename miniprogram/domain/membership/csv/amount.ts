import { parseYuan } from '../../kernel/fen';
import type { Fen } from '../../kernel/fen';

const PLAIN = /^-?\d{1,12}(?:\.\d{1,2})?$/;
/** Commas stand every three digits, or every four as some Chinese programs set them; elsewhere a comma is no grouping. */
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,4}(?:,\d{4})+(?:\.\d+)?$/;
const WORN = /^(?:¥|CNY|RMB|人民币)|(?:元整?|圆|块|CNY|RMB)$/gi;

/**
 * Reads an amount in yuan as shops' files write it: `¥1,234.50`, `１２.５`, `99元`, `1.2万`, `(30.00)` for −30. Answers
 * null for anything else; `12,50` is refused, for read as grouping it would be a hundred times too much.
 *
 * @example parseAmount('（¥1,234.50）') // → -123450
 */
export function parseAmount(text: string): Fen | null {
  if (PLAIN.test(text)) return Math.round(Number(text) * 100) + 0;
  let plain = text.normalize('NFKC').replace(/[\s']/g, '').replace(/[−–—]/g, '-');
  const bracketed = /^\((.+)\)$/.exec(plain)?.[1];
  plain = (bracketed ?? plain).replace(WORN, '');
  const [, sign = '', body = plain] = /^([+-])(.*)$/.exec(plain) ?? [];
  let rest = body.replace(WORN, '');
  const times = rest.endsWith('万') ? 10_000 : 1;
  if (times > 1) rest = rest.slice(0, -1);
  if (rest.includes(',')) {
    if (!GROUPED.test(rest)) return null;
    rest = rest.replace(/,/g, '');
  }
  if (/^[+-]/.test(rest)) return null;
  // Multiplied as digits: 1.005万 is 10050 yuan to the fen.
  const fen = times > 1 && /^\d{1,8}(?:\.\d{1,6})?$/.test(rest) ? Math.round(Number(rest) * 1e6) : null;
  const value = times > 1 ? fen : parseYuan(rest);
  if (value === null) return null;
  return bracketed !== undefined ? -Math.abs(value) + 0 : sign === '-' ? -value + 0 : value;
}

/** How an amount is dressed, in the words of the page that shows what was recognised. */
const DRESS: readonly (readonly [word: string, test: RegExp])[] = [
  ['货币符号', /[¥￥]|CNY|RMB|人民币/i],
  ['千分位逗号', /\d[,，]\d/],
  ['全角数字', /[０-９]/],
  ['“元”字', /[元圆块]\s*[)）]?$/],
  ['“万”为单位', /万/],
  ['括号表示负数', /^\s*[(（].*[)）]\s*$/],
];

/**
 * What has to be seen through to read these amounts as numbers.
 *
 * @example dressOf(['¥1,234.50', '8']) // → ['货币符号', '千分位逗号']
 */
export function dressOf(amounts: readonly string[]): string[] {
  return DRESS.filter(([, test]) => amounts.some((text) => test.test(text))).map(([word]) => word);
}
