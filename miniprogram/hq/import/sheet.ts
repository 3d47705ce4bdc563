import { parse, Parser } from 'papaparse';
import type { ParseResult } from 'papaparse';
import { done, refuse } from '../../domain/kernel/result';
import type { Result } from '../../domain/kernel/result';
import type { FileRecord } from './batches';

/** A CSV text made ready for reading: clean line ends, no byte order mark, the separator known. */
export interface Sheet {
  text: string;
  separator: string;
  headers: string[];
  /** the first line of content, header → text; null when there is none */
  first: Readonly<Record<string, string>> | null;
}

/** How much text one step of the parser takes; small enough that a phone stays lively between steps. */
const STEP_CHARS = 256 * 1024;

/**
 * Opens the text of a file: finds the separator (comma, tab, semicolon) and the headers. The refusal is a sentence.
 *
 * @example openSheet('会员号,姓名\nM1,王芳') // → done({ headers: ['会员号', '姓名'], … })
 */
export function openSheet(fileText: string): Result<Sheet, string> {
  // A file in another encoding comes out of the UTF-8 decoder with this replacement character in it.
  if (fileText.includes('\uFFFD')) return refuse('文件不是 UTF-8 编码，请另存为 UTF-8，或用命令行导入。');
  const text = fileText.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (text.trim() === '') return refuse('文件是空的，请换一个文件。');
  // Without its last line break: papaparse takes the empty line after it for a row and then doubts a tab.
  const head = parse<string[]>(text.slice(0, 64 * 1024).trimEnd(), { preview: 20, skipEmptyLines: 'greedy' });
  const headers = distinct(head.data[0] ?? []);
  if (headers.every((h) => h === '')) return refuse('文件里没有列名，请在首行写上列名后再试。');
  const sheet: Sheet = { text, separator: head.meta.delimiter, headers, first: null };
  const first = recordsOf(sheet).next();
  return done({ ...sheet, first: first.done ? null : first.value.record });
}

/**
 * Every line below the header, read as it is asked for. Blank lines are passed over but counted, so that row numbers
 * are those a spreadsheet shows.
 *
 * @returns when all is read: null, or the row whose quotes have no end, from which on nothing could be read
 */
export function* recordsOf(sheet: Sheet): Generator<FileRecord, number | null> {
  const { text, separator, headers } = sheet;
  const parser = new Parser({ delimiter: separator, newline: '\n' });
  let from = 0;
  let step = STEP_CHARS;
  let row = 0;
  let isBelowHeader = false;
  while (from < text.length) {
    const isLast = from + step >= text.length;
    const part = parser.parse(text.slice(from, from + step), 0, !isLast) as ParseResult<string[]>;
    const torn = part.errors.find((e) => e.type === 'Quotes' && (e.row ?? 0) < part.data.length);
    const whole = torn ? (torn.row ?? 0) : part.data.length;
    for (const cells of part.data.slice(0, whole)) {
      row += 1;
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (isBelowHeader) yield { row, record: named(headers, cells) };
      isBelowHeader = true;
    }
    if (torn) return row + 1;
    if (isLast) return null;
    // One line longer than the step: look at twice as much.
    if (part.meta.cursor === 0) step *= 2;
    else step = STEP_CHARS;
    from += part.meta.cursor;
  }
  return null;
}

function named(headers: readonly string[], cells: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  headers.forEach((header, i) => {
    if (header !== '') record[header] = cells[i] ?? '';
  });
  return record;
}

/** Two columns of one name are told apart. @example distinct(['金额', '金额']) // → ['金额', '金额（2）'] */
function distinct(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell) => {
    const header = cell.trim();
    const times = (seen.get(header) ?? 0) + 1;
    seen.set(header, times);
    return times === 1 || header === '' ? header : `${header}（${times}）`;
  });
}
