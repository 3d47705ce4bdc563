import { parse } from 'papaparse';
import { done, refuse } from '../../domain/kernel/result';
import type { Result } from '../../domain/kernel/result';
import { encodingOf, isEncoding, NO_TEXT_SENTENCES } from '../../domain/membership/csv/encoding';
import type { Encoding } from '../../domain/membership/csv/encoding';
import type { FileRecord } from './batches';
import { decoded } from './text/decode';
import { AT_THE_TOP, readLines } from './text/lines';

/** A CSV file made ready for reading: encoding and separator known. */
export interface Sheet {
  bytes: Uint8Array;
  encoding: Encoding;
  separator: string;
  headers: string[];
  /** the first line of content, header → text; null when there is none */
  first: Readonly<Record<string, string>> | null;
}

/** What is looked at to find the separator and the headers. */
const HEAD_CHARS = 64 * 1024;
/** What may stand between two cells, the likeliest first. */
const SEPARATORS = [',', '\t', ';', '|', '，', '；', '、'];

/**
 * Finds the separator and the headers in the beginning of a text. The refusal is a sentence.
 *
 * @example headOf('会员号\t姓名\nM1\t王芳') // → done({ separator: '\t', headers: ['会员号', '姓名'] })
 */
export function headOf(text: string): Result<Pick<Sheet, 'separator' | 'headers'>, string> {
  // Without its last line break: papaparse takes the empty line after it for a row and then doubts a tab.
  const head = text.slice(0, HEAD_CHARS).trimEnd();
  if (head === '') return refuse('文件是空的，请换一个文件。');
  const read = parse<string[]>(head, {
    preview: 20,
    skipEmptyLines: 'greedy',
    delimitersToGuess: SEPARATORS,
  });
  const headers = distinct(read.data[0] ?? []);
  if (headers.every((header) => header === '')) return refuse('文件里没有列名，请在首行写上列名后再试。');
  return done({ separator: read.meta.delimiter, headers });
}

/**
 * Opens a file by what is in it: UTF-8, UTF-16 or GB18030, whatever separator. The refusal is a sentence.
 *
 * @example openSheet(bytesOf('会员号,姓名\nM1,王芳')) // → done({ encoding: 'utf-8', headers: ['会员号', '姓名'], … })
 */
export function openSheet(bytes: Uint8Array): Result<Sheet, string> {
  if (bytes.length === 0) return refuse('文件是空的，请换一个文件。');
  const encoding = encodingOf(bytes);
  if (!isEncoding(encoding)) return refuse(NO_TEXT_SENTENCES[encoding]);
  let text = '';
  for (const piece of decoded(bytes, encoding)) {
    text += piece;
    if (text.trimStart().length >= HEAD_CHARS) break;
  }
  const head = headOf(text.trimStart());
  if (!head.ok) return head;
  const sheet: Sheet = { bytes, encoding, ...head.value, first: null };
  for (const { wrong, record } of recordsOf(sheet)) if (!wrong) return done({ ...sheet, first: record });
  return done(sheet);
}

/**
 * Every line below the header, read as it is asked for; one that cannot be read says what is wrong with it. Row numbers
 * are those a spreadsheet shows.
 */
export function* recordsOf(sheet: Sheet): Generator<FileRecord> {
  let text = '';
  let at = AT_THE_TOP;
  for (const piece of decoded(sheet.bytes, sheet.encoding)) {
    const read = readLines(text + piece, false, sheet, at);
    yield* read.records;
    ({ at, rest: text } = read);
  }
  yield* readLines(text, true, sheet, at).records;
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
