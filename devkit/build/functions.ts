import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';

/**
 * Parts of the SDK that no function of ours uses and that cost most of its loading time. They become empty modules;
 * touching one is a clear error instead of a half-working call.
 */
const UNUSED_SDK_PARTS = [
  /^@cloudbase\/ai$/,
  /^@cloudbase\/app(\/.*)?$/,
  /^@cloudbase\/wx-cloud-client-sdk$/,
  /^web-streams-polyfill(\/.*)?$/,
  /^(http|https)-proxy-agent$/,
  /^xml2js$/,
  /^jsonwebtoken$/,
];

const emptyParts: Plugin = {
  name: 'unused-sdk-parts',
  setup(b) {
    for (const filter of UNUSED_SDK_PARTS) {
      b.onResolve({ filter }, (a) => ({ path: a.path, namespace: 'unused-sdk-part' }));
    }
    b.onLoad({ filter: /.*/, namespace: 'unused-sdk-part' }, (a) => ({
      loader: 'js',
      contents: `module.exports = new Proxy(class {}, { get(_, k) {
        if (k === '__esModule' || typeof k === 'symbol') return undefined;
        if (k === 'prototype') return class {}.prototype;
        throw new Error(${JSON.stringify(a.path)} + ' is not part of this bundle (devkit/build/functions.ts)');
      } });`,
    }));
  },
};

/** @returns the names of all cloud functions that have a `main.ts`, sorted */
export function functionNames(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, entry.name, 'main.ts')))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Bundles every cloud function into its own `index.js`, the file CloudBase deploys. Nothing is installed there.
 *
 * @param root the folder `cloudfunctions`
 * @param into where the bundles and their `config.json` go; without it beside their sources, where DevTools looks
 * @returns bytes per function
 */
export async function buildFunctions(
  root: string,
  { into = root, names = functionNames(root) }: { into?: string; names?: readonly string[] } = {},
): Promise<Record<string, number>> {
  for (const name of into === root ? [] : names) {
    mkdirSync(path.join(into, name), { recursive: true });
    copyFileSync(path.join(root, name, 'config.json'), path.join(into, name, 'config.json'));
  }
  // All in one go: what several of them hold is read and parsed once.
  const { metafile } = await build({
    entryPoints: names.map((name) => ({
      in: path.join(root, name, 'main.ts'),
      out: path.join(name, 'index'),
    })),
    outdir: into,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    plugins: [emptyParts],
  });
  return Object.fromEntries(
    Object.entries(metafile.outputs).map(([file, { bytes }]) => [path.basename(path.dirname(file)), bytes]),
  );
}
