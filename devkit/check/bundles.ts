import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { functionNames } from '../build/functions';

interface Parser {
  parse(code: string, options: { ecmaVersion: number; sourceType: 'commonjs' }): unknown;
}

/** The language of Node 18, the oldest runtime that the service still offers: V8 10.2, all of ES2022. */
export const NODE_18 = 2022;

/** @returns what a parser of that year's language says about the code; null when it reads it all */
export function tooNew(code: string, ecmaVersion = NODE_18): string | null {
  // ESLint's own parser, which every checkout has.
  const espree = createRequire(require.resolve('eslint'))('espree') as Parser;
  try {
    espree.parse(code, { ecmaVersion, sourceType: 'commonjs' });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Bundles that hold language newer than Node 18 understands. */
export function bundleComplaints(functionsDir: string): string[] {
  return functionNames(functionsDir).flatMap((name) => {
    const why = tooNew(readFileSync(path.join(functionsDir, name, 'index.js'), 'utf8'));
    return why === null ? [] : [`cloudfunctions/${name}/index.js: newer than Node 18 understands: ${why}`];
  });
}
