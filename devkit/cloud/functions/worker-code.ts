import { buildSync } from 'esbuild';
import { join } from 'node:path';

let built: string | undefined;

/** worker.ts as one JavaScript text: it starts the same under tsx, under jest and compiled. */
export function workerCode(): string {
  if (built === undefined) {
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
    built = output.text;
  }
  return built;
}
