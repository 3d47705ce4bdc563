import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudStartError } from '../failures';

/** Raised when what is on disk changes its meaning. */
const FORMAT = 1;

/** Checks that the folder was written by this format, and marks a new folder with it. */
export function checkFormat(folder: string): void {
  const path = join(folder, 'format.json');
  if (!existsSync(path)) {
    writeFileSync(path, JSON.stringify({ format: FORMAT }));
    return;
  }
  let found: unknown;
  try {
    found = (JSON.parse(readFileSync(path, 'utf8')) as { format?: unknown }).format;
  } catch {
    found = undefined;
  }
  if (found === FORMAT) return;
  throw new CloudStartError(
    'DATA_FORMAT_DIFFERS',
    `数据目录 ${folder} 的格式是 ${String(found ?? '未知')}，本程序需要 ${FORMAT}。请换一个数据目录，或删除该目录后重新生成数据。`,
  );
}
