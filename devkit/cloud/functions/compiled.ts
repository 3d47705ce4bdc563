/**
 * Runs inside a worker, and imports only Node and `kept.ts`: loads a bundle as Node's own loader would, but what V8 made of it is kept, so
 * that the next worker need not compile a megabyte and a half again. Kept or not, the same code runs.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { keep, readKept } from './kept';

type Wrapped = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  file: string,
  folder: string,
) => void;

export interface Loaded {
  exports: object;
  /** Keeps what is compiled by now. Once is enough; best after the first call, when what a call needs is compiled, too. */
  keep(): void;
}

/**
 * Whether a bundle imports anything while it runs: Node finds that only for what its own loader has loaded. Ours never do, esbuild
 * makes calls of `require` of it; `import(` in a comment is a type.
 */
function importsLater(source: string): boolean {
  return [...source.matchAll(/\bimport\s*\(/g)].some(({ index }) => {
    const before = source.slice(source.lastIndexOf('\n', index) + 1, index);
    return !/^\s*(\*|\/\*|\/\/)/.test(before);
  });
}

/** @param folder where compiled code is kept */
export function loadCompiled(file: string, folder: string): Loaded {
  const source = readFileSync(file, 'utf8');
  if (importsLater(source)) return { exports: createRequire(file)(file) as object, keep: () => undefined };
  const name = `${createHash('sha256').update(source).digest('hex').slice(0, 32)}.code`;
  const cachedData = readKept(folder, name);
  const script = new Script(wrap(source), { filename: file, ...(cachedData ? { cachedData } : {}) });
  const module = { exports: {} };
  const run = script.runInThisContext() as Wrapped;
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  let isKept = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keep() {
      if (isKept) return;
      isKept = true;
      keep(folder, name, script.createCachedData());
    },
  };
}
