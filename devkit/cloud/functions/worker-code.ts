import { buildSync } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keep, readKept } from './kept';

/** What is made of sources and may be made again at any time lies here. */
export const CODE_FOLDER = resolve(__dirname, '../../../node_modules/.cache/huitou-cloud');
const SOURCES = ['worker.ts', 'compiled.ts', 'kept.ts'];

let code: string | undefined;

function built(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (!output) throw new Error('esbuild made no worker code');
  return output.text;
}

/** worker.ts as one JavaScript text: it starts the same under tsx, under jest and compiled. Built once for the same sources. */
export function workerCode(): string {
  if (code !== undefined) return code;
  const hash = createHash('sha256');
  for (const source of SOURCES) hash.update(readFileSync(join(__dirname, source)));
  const name = `worker-${hash.digest('hex').slice(0, 16)}.js`;
  const kept = readKept(CODE_FOLDER, name);
  code = kept?.toString('utf8') ?? built();
  if (!kept) keep(CODE_FOLDER, name, code);
  return code;
}
