import { WINDOW_ROWS } from '../../../miniprogram/hq/import/batches';
import type { FileRecord, RefusedRow } from '../../../miniprogram/hq/import/batches';
import { startWatching } from '../../../miniprogram/domain/membership/csv/watching';
import type { Watched } from '../../../miniprogram/domain/membership/csv/watching';
import { startLastRows } from './lastRows';
import type { LastRows } from './lastRows';
import type { CsvFile } from './lines';

/** Some records of the file, and the lines among them that could not be read. */
export interface RecordWindow {
  records: FileRecord[];
  refused: RefusedRow[];
  /** lines of the file read so far, for the progress */
  readRows: number;
}

/** What a first look through the file found. */
export interface FileSurvey {
  rows: number;
  /** where each group (order number) ends */
  lastRows: LastRows;
  /** how it is written */
  watched: Watched;
}

/** Reads the file once, keeping where each group ends and how it is written. @param groupBy header of the column that groups, null = none */
export async function survey(csv: CsvFile, groupBy: string | null): Promise<FileSurvey> {
  const lastRows = startLastRows();
  const watching = startWatching();
  let rows = 0;
  for await (const { records, refused } of csv.lines()) {
    rows += records.length + refused.length;
    for (const { row, record } of records) {
      watching.see(record);
      if (groupBy !== null) lastRows.tell(groupOf(record, groupBy), row);
    }
  }
  return { rows, lastRows, watched: watching.found() };
}

/**
 * The file in windows, each group whole within one: a basket whose lines stand far apart would otherwise be counted as
 * several, and two equal lines of it be taken for one line sent twice. A group leaves when its last line was read, so
 * memory holds only groups that are still open.
 */
export async function* wholeGroups(
  csv: CsvFile,
  groupBy: string | null,
  found: FileSurvey,
): AsyncGenerator<RecordWindow> {
  const open = new Map<string, FileRecord[]>();
  let ready: FileRecord[] = [];
  let refused: RefusedRow[] = [];
  let readRows = 0;
  for await (const lines of csv.lines()) {
    readRows += lines.records.length + lines.refused.length;
    refused.push(...lines.refused);
    for (const line of lines.records) {
      const group = groupBy === null ? '' : groupOf(line.record, groupBy);
      if (group === '') {
        ready.push(line);
        continue;
      }
      const held = open.get(group);
      if (held) held.push(line);
      else open.set(group, [line]);
      if (found.lastRows.of(group) !== line.row) continue;
      for (const one of open.get(group) ?? []) ready.push(one);
      open.delete(group);
    }
    if (ready.length >= WINDOW_ROWS) {
      yield { records: ready, refused, readRows };
      ready = [];
      refused = [];
    }
  }
  // Nothing stays open in a file that did not change between the two readings; one that did loses no line.
  for (const held of open.values()) for (const one of held) ready.push(one);
  if (ready.length > 0 || refused.length > 0) yield { records: ready, refused, readRows };
}

function groupOf(record: FileRecord['record'], groupBy: string): string {
  return (record[groupBy] ?? '').trim();
}
