import type { BoardRow } from './types';

/** A row as it is exported; what a board adds to it is taken when it is there. */
type Exported = BoardRow & {
  optedOut: number;
  late: number;
  expected: number;
  score: number;
  low: number;
  high: number;
};

const HEADS: readonly [head: string, of: (row: Exported) => string | number][] = [
  ['名次', (row) => row.place ?? ''],
  ['编号', (row) => row.id],
  ['名称', (row) => row.name],
  ['下发', (row) => row.assigned],
  ['已联系', (row) => row.contacted],
  ['已打开', (row) => row.opened],
  ['已领取', (row) => row.claimed],
  ['已核销', (row) => row.redeemed],
  ['已唤醒', (row) => row.woken],
  ['退订', (row) => row.optedOut],
  ['逾期未联系', (row) => row.late],
  ['应唤醒', (row) => row.expected],
  ['公平分', (row) => row.score],
  ['区间低', (row) => row.low],
  ['区间高', (row) => row.high],
];

/** RFC 4180, and a spreadsheet must not take a name for a formula. @example cellText('=1') // → "'=1" */
export function cellText(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : value.replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * A board as a CSV file, with the mark by which spreadsheets know UTF-8.
 *
 * @example boardCsv([]).split('\r\n').length // → 2, the heads and the last line's end
 */
export function boardCsv(rows: readonly Exported[]): string {
  const lines = [HEADS.map(([head]) => head), ...rows.map((row) => HEADS.map(([, of]) => of(row)))];
  return `\uFEFF${lines.map((line) => `${line.map(cellText).join(',')}\r\n`).join('')}`;
}
