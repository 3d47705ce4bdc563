/** Money in whole fen (1 yuan = 100 fen). Never a fraction, never a float of yuan. */
export type Fen = number;

/**
 * Reads an amount in yuan as people and files write it: `¥1,234.50`, `１２.５`, `99元`. Answers null when it is no amount.
 *
 * @example parseYuan('￥1,234.5') // → 123450
 */
export function parseYuan(text: string): Fen | null {
  const plain = text
    .replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/．/g, '.')
    .replace(/[－−]/g, '-')
    .replace(/[¥￥,，\s]|元$|CNY|RMB/gi, '');
  // Programs print what is left of 0.1 + 0.2 − 0.3 as 5.5e-17; that is no money.
  const exponent = /^-?\d+(?:\.\d+)?e[+-]\d{1,3}$/i.test(plain) ? Math.round(Number(plain) * 100) : null;
  if (exponent !== null) return Math.abs(exponent) < 1e14 ? exponent + 0 : null;
  const m = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(plain);
  if (!m) return null;
  const [, sign, whole = '0', fraction = ''] = m;
  // Half a fen and more rounds up, so that 0.005 yuan from a spreadsheet does not vanish.
  const fen = Number(whole) * 100 + Math.round(Number(`0.${fraction || '0'}`) * 100);
  return sign ? -fen : fen;
}

/** @example yuan(123450) // → '1234.50' ; yuan(12300) // → '123' */
export function yuan(fen: Fen): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

/** With the sign and thousands separators, as screens show it. @example money(123450) // → '¥1,234.50' */
export function money(fen: Fen): string {
  const [whole = '0', fraction] = yuan(Math.abs(fen)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}¥${grouped}${fraction ? `.${fraction}` : ''}`;
}
