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

/** How a bundle shows that it calls one of WeChat's APIs: by our adapter, which esbuild leaves out where nobody uses it. */
const OPEN_APIS: Readonly<Record<string, RegExp>> = {
  'subscribeMessage.send': /openapi\.subscribeMessage\.send\(/,
  'phonenumber.getPhoneNumber': /phonenumber\W+getPhoneNumber\b/,
};

/**
 * APIs that a function calls without being allowed to by its `permissions.openapi`, and those it may and never does: WeChat
 * answers −604101 to the former.
 */
export function openApiFaults(name: string, code: string, allowed: readonly string[]): string[] {
  const used = Object.keys(OPEN_APIS).filter((api) => OPEN_APIS[api]?.test(code));
  const place = `cloudfunctions/${name}/config.json: permissions.openapi`;
  return [
    ...used.filter((api) => !allowed.includes(api)).map((api) => `${place} lacks ${api}`),
    ...allowed.filter((api) => !used.includes(api)).map((api) => `${place} has ${api}, which nobody calls`),
  ];
}

export function openApiComplaints(functionsDir: string): string[] {
  return functionNames(functionsDir).flatMap((name) => {
    const read = (file: string) => readFileSync(path.join(functionsDir, name, file), 'utf8');
    const config = JSON.parse(read('config.json')) as { permissions?: { openapi?: string[] } };
    return openApiFaults(name, read('index.js'), config.permissions?.openapi ?? []);
  });
}
