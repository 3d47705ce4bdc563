import { rm, writeFile } from 'node:fs/promises';
import type { RefusedRow } from '../../../miniprogram/hq/import/batches';

/** Where the refused rows of a file are told. */
export function rejectsPathOf(file: string): string {
  return `${file}.rejects.csv`;
}

/**
 * Writes which rows were refused and why: row number and reason, nothing of the person. A file left from an earlier
 * import goes when nothing is refused any more.
 *
 * @returns the path written, or null when there was nothing to tell
 */
export async function writeRejects(file: string, refused: readonly RefusedRow[]): Promise<string | null> {
  const target = rejectsPathOf(file);
  if (refused.length === 0) {
    await rm(target, { force: true });
    return null;
  }
  const lines = [...refused]
    .sort((a, b) => a.row - b.row)
    .map(({ row, reason }) => `${row},"${reason.replace(/"/g, '""')}"`);
  // The byte order mark makes spreadsheets read it as UTF-8.
  await writeFile(target, `\uFEFF行号,原因\r\n${lines.join('\r\n')}\r\n`);
  return target;
}
