import { headOf } from '../../../miniprogram/hq/import/sheet';
import type { FileRecord, RefusedRow } from '../../../miniprogram/hq/import/batches';
import { AT_THE_TOP, readLines } from '../../../miniprogram/hq/import/text/lines';
import type { Cut } from '../../../miniprogram/hq/import/text/lines';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Encoding } from '../../../miniprogram/domain/membership/csv/encoding';
import type { TextFile } from './text';

/** A CSV file whose first line was understood. */
export interface CsvFile {
  path: string;
  headers: string[];
  separator: string;
  /** what was seen so far: pure ASCII counts as UTF-8 until another character comes */
  encoding(): Encoding;
  /** everything below the headers, some lines at a time; row numbers are those a spreadsheet shows */
  lines(): AsyncGenerator<{ records: FileRecord[]; refused: RefusedRow[] }>;
}

const HEAD_CHARS = 64 * 1024;

/**
 * Finds the separator and the headers of a text file. The refusal is a sentence.
 *
 * @example const csv = await openCsv(file); if (csv.ok) console.log(csv.value.headers);
 */
export async function openCsv(file: TextFile): Promise<Result<CsvFile, string>> {
  let head = '';
  for await (const chunk of file.chunks()) {
    head = (head + chunk).trimStart();
    if (head.length >= HEAD_CHARS) break;
  }
  const found = headOf(head);
  if (!found.ok) return refuse(`${file.path}：${found.failure}`);
  return done({
    path: file.path,
    ...found.value,
    encoding: file.encoding,
    lines: () => linesOf(file.chunks(), found.value),
  });
}

async function* linesOf(chunks: AsyncIterable<string>, cut: Cut): ReturnType<CsvFile['lines']> {
  let text = '';
  let at = AT_THE_TOP;
  for await (const chunk of chunks) {
    const read = readLines(text + chunk, false, cut, at);
    ({ at, rest: text } = read);
    yield sorted(read.records);
  }
  yield sorted(readLines(text, true, cut, at).records);
}

function sorted(lines: readonly FileRecord[]): { records: FileRecord[]; refused: RefusedRow[] } {
  const records: FileRecord[] = [];
  const refused: RefusedRow[] = [];
  for (const line of lines) {
    if (line.wrong === undefined) records.push(line);
    else refused.push({ row: line.row, reason: line.wrong });
  }
  return { records, refused };
}
