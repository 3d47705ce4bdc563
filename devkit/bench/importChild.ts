import { createReadStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import path from 'node:path';
import { parse } from 'papaparse';
import { orderBatches } from '../../miniprogram/hq/import/batches';
import { mapOrderColumns } from '../../miniprogram/domain/membership/csv/columns';
import { openCsv } from '../demo/import/lines';
import { runImport } from '../demo/import/run';
import { openText } from '../demo/import/text';
import { survey, wholeGroups } from '../demo/import/wholeOrders';

/** What a process of its own tells when it is through; memory is the process's, so nobody else may be in it. */
export interface ChildFigures {
  /** without starting the process */
  ms: number;
  /** the command's own words, when it was the command */
  said: string[];
  rows: number;
  refused: number;
  peakMb: number;
}

/** Everything the command does with a file but sending it: look through, keep orders whole, read rows, cut into calls. */
async function readOnly(file: string): Promise<Pick<ChildFigures, 'rows' | 'refused'>> {
  const text = await openText(file);
  const csv = text.ok ? await openCsv(text.value) : text;
  if (!csv.ok) throw new Error(csv.failure);
  const columns = mapOrderColumns(csv.value.headers, {});
  if (!columns.ok) throw new Error(columns.failure.detail);
  const groupBy = columns.value.orderNo ?? null;
  const found = await survey(csv.value, groupBy);
  const sum = { rows: 0, refused: 0, bytes: 0 };
  for await (const { records } of wholeGroups(csv.value, groupBy, found)) {
    for (const { rows, refused } of orderBatches(records, columns.value, 80_000)) {
      // The call is written out as JSON too, as sending would.
      sum.bytes += JSON.stringify(rows).length;
      sum.rows += rows.length;
      sum.refused += refused.length;
    }
  }
  return sum;
}

/** What anybody would have to do: cut the file into cells by its header and write them out as JSON. */
function parseOnly(file: string): Promise<Pick<ChildFigures, 'rows' | 'refused'>> {
  const sum = { rows: 0, refused: 0, bytes: 0 };
  return new Promise((resolve, reject) => {
    parse<Record<string, string>>(createReadStream(file, { highWaterMark: 256 * 1024 }), {
      header: true,
      chunk: ({ data }) => {
        sum.rows += data.length;
        for (let i = 0; i < data.length; i += 200) sum.bytes += JSON.stringify(data.slice(i, i + 200)).length;
      },
      complete: () => resolve(sum),
      error: reject,
    });
  });
}

async function run([mode = '', file = '', dataDir = '']: readonly string[]): Promise<void> {
  const begun = performance.now();
  const said: string[] = [];
  let figures = { rows: 0, refused: 0 };
  if (mode === 'parse') figures = await parseOnly(file);
  else if (mode === 'read') figures = await readOnly(file);
  else {
    const say = (line: string) => void said.push(line);
    const bars = new PassThrough().resume() as unknown as NodeJS.WriteStream;
    const root = path.join(__dirname, '..', '..');
    const code = await runImport(['--orders', file, '--data', dataDir], root, root, {
      out: say,
      err: say,
      bars,
    });
    if (code !== 0) throw new Error(said.join('\n'));
  }
  const ms = performance.now() - begun;
  const answer: ChildFigures = { ...figures, ms, said, peakMb: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(JSON.stringify(answer));
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
