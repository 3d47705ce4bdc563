import { Parser } from 'papaparse';
import type { ParseResult } from 'papaparse';
import { openSheet } from '../../../miniprogram/hq/import/sheet';
import type { FileRecord, RefusedRow } from '../../../miniprogram/hq/import/batches';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { TextFile } from './text';

/** A CSV file whose first line was understood. */
export interface CsvFile {
  path: string;
  headers: string[];
  /** everything below the headers, some lines at a time; row numbers are those a spreadsheet shows */
  lines(): AsyncGenerator<{ records: FileRecord[]; refused: RefusedRow[] }>;
}

const HEAD_CHARS = 64 * 1024;
/** No honest line is longer; more than this without an end is a quote that nobody closed. */
const LONGEST_LINE = 1024 * 1024;
/** After a broken line, look at little text first: broken lines often come in swarms. */
const CAREFUL_CHARS = 16 * 1024;

/**
 * Finds the separator and the headers of a text file. The refusal is a sentence.
 *
 * @example const csv = await openCsv(file); if (csv.ok) console.log(csv.value.headers);
 */
export async function openCsv(file: TextFile): Promise<Result<CsvFile, string>> {
  let head = '';
  for await (const chunk of file.chunks()) {
    head += chunk;
    if (head.length >= HEAD_CHARS) break;
  }
  // A damaged character in some row is that row's matter, not the file's.
  // Line ends at the very end would count as a line without separators when these are looked for.
  const sheet = openSheet(head.replace(/\uFFFD/g, '?').trimEnd());
  if (!sheet.ok) return refuse(`${file.path}：${sheet.failure}`);
  const { separator, headers } = sheet.value;
  return done({ path: file.path, headers, lines: () => linesOf(file.chunks(), separator, headers) });
}

async function* linesOf(
  chunks: AsyncIterable<string>,
  separator: string,
  headers: readonly string[],
): ReturnType<CsvFile['lines']> {
  let text = '';
  let row = 0;
  for await (const chunk of chunks) {
    text += chunk;
    const read = readWhole(text, false, separator, headers, row);
    ({ row, rest: text } = read);
    yield read;
  }
  yield readWhole(text, true, separator, headers, row);
}

/** Reads all whole lines of a text; what is left over waits for more. */
function readWhole(
  given: string,
  isEnd: boolean,
  separator: string,
  headers: readonly string[],
  rowsBefore: number,
): { records: FileRecord[]; refused: RefusedRow[]; row: number; rest: string } {
  const parser = (preview: number) => new Parser({ delimiter: separator, newline: '\n', preview });
  const records: FileRecord[] = [];
  const refused: RefusedRow[] = [];
  let rest = given;
  let row = rowsBefore;
  let look = Infinity;
  while (rest !== '') {
    const isLast = isEnd && look >= rest.length;
    const seen = rest.slice(0, look);
    const part = parser(0).parse(seen, 0, !isLast) as ParseResult<string[]>;
    const torn = part.errors.find((e) => e.type === 'Quotes');
    const whole = Math.min(torn?.row ?? Infinity, part.data.length);
    for (const cells of part.data.slice(0, whole)) {
      row += 1;
      if (row > 1) sort(row, cells, headers, records, refused);
    }
    const isTorn = torn !== undefined && (torn.row ?? 0) < part.data.length;
    rest = rest.slice(isTorn ? startOfRow(parser, seen, whole) : part.meta.cursor);
    const isStuck = !isTorn && part.meta.cursor === 0 && rest.length > LONGEST_LINE && look >= rest.length;
    if (isTorn || isStuck) {
      // Quotes that do not match would swallow the lines after them: this one line goes, the next begins anew.
      row += 1;
      refused.push({ row, reason: '引号没有成对，无法分列' });
      const end = rest.indexOf('\n');
      rest = end < 0 ? '' : rest.slice(end + 1);
      look = CAREFUL_CHARS;
      continue;
    }
    if (isLast) return { records, refused, row, rest: '' };
    if (look >= rest.length) {
      if (!isEnd) break;
      look = Infinity;
    } else look = part.meta.cursor === 0 ? look * 4 : look * 2;
  }
  return { records, refused, row, rest };
}

function startOfRow(parser: (preview: number) => Parser, text: string, row: number): number {
  return row === 0 ? 0 : (parser(row).parse(text, 0, true) as ParseResult<string[]>).meta.cursor;
}

function sort(
  row: number,
  cells: readonly string[],
  headers: readonly string[],
  records: FileRecord[],
  refused: RefusedRow[],
): void {
  if (cells.every((cell) => cell.trim() === '')) return;
  if (cells.some((cell) => cell.includes('\uFFFD'))) {
    refused.push({ row, reason: '有无法识别的字符，请检查文件编码' });
  } else if (cells.slice(headers.length).some((cell) => cell.trim() !== '')) {
    refused.push({ row, reason: `有 ${cells.length} 列，比表头的 ${headers.length} 列多` });
  } else {
    const record: Record<string, string> = {};
    headers.forEach((header, i) => {
      if (header !== '') record[header] = cells[i] ?? '';
    });
    records.push({ row, record });
  }
}
