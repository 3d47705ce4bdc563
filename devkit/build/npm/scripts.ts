import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { npmUses } from './imports';
import type { NpmUse } from './imports';

/**
 * lodash finds its global object through `Function('return this')()`, which is `{}` on base library 3.2.3 and older:
 * debounce and throttle then throw for want of setTimeout. It gets its globals by name instead.
 */
const lodashRoot: Plugin = {
  name: 'lodash-root',
  setup(b) {
    b.onLoad({ filter: /lodash-es[\\/]_root\.js$/ }, () => ({
      loader: 'js',
      contents: `export default { Object, Array, String, Number, Boolean, Symbol, Math, Date, RegExp, Error, TypeError,
        Map, Set, WeakMap, Promise, DataView, ArrayBuffer, Uint8Array, parseInt, parseFloat, isFinite,
        setTimeout: (f, ms) => setTimeout(f, ms), clearTimeout: (t) => clearTimeout(t) };`,
    }));
  },
};

/** A package that also runs in Node may name Node's own modules; a phone has none, and never reaches those lines. */
const noNodeModules: Plugin = {
  name: 'no-node-modules',
  setup(b) {
    b.onResolve({ filter: new RegExp(`^(node:)?(${builtinModules.join('|')})$`) }, (a) => ({
      path: a.path,
      namespace: 'node-module',
    }));
    b.onLoad({ filter: /.*/, namespace: 'node-module' }, () => ({
      loader: 'js',
      contents: 'module.exports = {};',
    }));
  },
};

/** The subpackage that alone uses a package keeps it; whatever two packages use lies in the main one. */
function homeOf(use: NpmUse, root: string, subpackages: readonly string[]): string {
  const homes = new Set(
    use.importers.map((f) => {
      const first = path.relative(root, f).split(path.sep)[0] ?? '';
      return subpackages.includes(first) ? first : '';
    }),
  );
  return homes.size === 1 ? [...homes][0]! : '';
}

/**
 * Packs the npm packages that scripts import, only the names they import, into `miniprogram_npm`.
 *
 * @param subpackages roots named in app.json
 * @returns bytes per `[subpackage/]package`
 */
export async function packScripts(
  root: string,
  subpackages: readonly string[],
): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const use of npmUses(root)) {
    const names = [...use.names].filter((n) => n !== 'default' && n !== '*');
    const lines = [
      names.length > 0 ? `export { ${names.join(', ')} } from '${use.specifier}';` : '',
      use.names.has('*') ? `export * from '${use.specifier}';` : '',
      use.names.has('default') ? `export { default } from '${use.specifier}';` : '',
    ];
    const home = homeOf(use, root, subpackages);
    const result = await build({
      stdin: { contents: lines.join('\n'), resolveDir: root },
      outfile: path.join(root, home, 'miniprogram_npm', use.specifier, 'index.js'),
      bundle: true,
      format: 'cjs',
      target: 'es2018',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      minify: true,
      legalComments: 'none',
      metafile: true,
      logLevel: 'error',
      plugins: [lodashRoot, noNodeModules],
    });
    sizes[path.posix.join(home, use.specifier)] = Object.values(result.metafile.outputs)[0]?.bytes ?? 0;
  }
  return sizes;
}
