import { Parser } from 'papaparse';
import type { ParseResult } from 'papaparse';
import type { FileRecord } from '../batches';

/** How a file is cut into cells. */
export interface Cut {
  separator: string;
  headers: readonly string[];
}
/** How far a reading is. */
export interface LinesAt {
  /** rows behind it, as a spreadsheet counts them */
  row: number;
  isBelowHeader: boolean;
}
export const AT_THE_TOP: LinesAt = { row: 0, isBelowHeader: false };

export interface LinesRead {
  records: FileRecord[];
  at: LinesAt;
  /** text behind the last whole line: give it back in front of the next piece */
  rest: string;
}

/** No honest line is longer; more than this without an end is a quote that nobody closed. */
const LONGEST_LINE = 1024 * 1024;
/** After a broken line, look at little text first: broken lines often come in swarms. */
const CAREFUL_CHARS = 16 * 1024;

/**
 * Reads all whole lines of a text. A line that cannot be read comes as a record with what is wrong with it, and the
 * next begins anew: quotes that do not match never swallow what follows. Blank lines are passed over but counted, so
 * that row numbers are those a spreadsheet shows.
 *
 * @param isEnd whether nothing follows
 * @example readLines('号,名\n1,a\n2,', false, { separator: ',', headers: ['号', '名'] }, AT_THE_TOP)
 * // → { records: [{ row: 2, record: { 号: '1', 名: 'a' } }], at: { row: 2, … }, rest: '2,' }
 */
export function readLines(
  given: string,
  isEnd: boolean,
  { separator, headers }: Cut,
  from: LinesAt,
): LinesRead {
  const parser = (preview: number) => new Parser({ delimiter: separator, newline: '\n', preview });
  const records: FileRecord[] = [];
  const at = { ...from };
  let rest = given;
  let look = Infinity;
  while (rest !== '') {
    const isLast = isEnd && look >= rest.length;
    const seen = look >= rest.length ? rest : rest.slice(0, look);
    const part = parser(0).parse(seen, 0, !isLast) as ParseResult<string[]>;
    const torn = part.errors.find((e) => e.type === 'Quotes');
    const whole = Math.min(torn?.row ?? Infinity, part.data.length);
    for (let i = 0; i < whole; i++) {
      at.row += 1;
      const cells = part.data[i] ?? [];
      if (isBlank(cells)) continue;
      if (at.isBelowHeader) records.push(recordOf(at.row, cells, headers));
      at.isBelowHeader = true;
    }
    const isTorn = torn !== undefined && (torn.row ?? 0) < part.data.length;
    rest = rest.slice(isTorn ? startOfRow(parser, seen, whole) : part.meta.cursor);
    const isStuck = !isTorn && part.meta.cursor === 0 && rest.length > LONGEST_LINE && look >= rest.length;
    if (isTorn || isStuck) {
      at.row += 1;
      records.push({ row: at.row, record: {}, wrong: '引号没有成对，无法分列' });
      const end = rest.indexOf('\n');
      rest = end < 0 ? '' : rest.slice(end + 1);
      look = CAREFUL_CHARS;
      continue;
    }
    if (isLast) return { records, at, rest: '' };
    if (look >= rest.length) {
      if (!isEnd) break;
      look = Infinity;
    } else look = part.meta.cursor === 0 ? look * 4 : look * 2;
  }
  return { records, at, rest };
}

function startOfRow(parser: (preview: number) => Parser, text: string, row: number): number {
  return row === 0 ? 0 : (parser(row).parse(text, 0, true) as ParseResult<string[]>).meta.cursor;
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

function recordOf(row: number, cells: readonly string[], headers: readonly string[]): FileRecord {
  const record: Record<string, string> = {};
  for (const [i, cell] of cells.entries()) {
    const header = headers[i];
    if (cell.includes('\uFFFD')) return { row, record: {}, wrong: '有无法识别的字符，请检查文件编码' };
    if (header === undefined) {
      if (cell.trim() === '') continue;
      return { row, record: {}, wrong: `有 ${cells.length} 列，比表头的 ${headers.length} 列多` };
    }
    if (header !== '') record[header] = cell;
  }
  for (let i = cells.length; i < headers.length; i++) {
    const header = headers[i];
    if (header) record[header] = '';
  }
  return { row, record };
}
