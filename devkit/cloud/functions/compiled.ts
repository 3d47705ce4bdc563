/**
 * Runs inside a worker, and imports only Node: loads a bundle as Node's own loader would, but what V8 made of it is kept, so
 * that the next worker need not compile a megabyte and a half again. Kept or not, the same code runs.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

const KEPT_MS = 2 * 86_400_000;

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

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
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

/** What nobody has written for two days is of sources that are gone. */
function sweep(folder: string): void {
  const old = Date.now() - KEPT_MS;
  for (const name of readdirSync(folder).map((one) => join(folder, one)))
    if ((statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? old) < old) rmSync(name, { force: true });
}

/** @param folder where compiled code is kept; made when missing, and none is kept where it cannot be */
export function loadCompiled(file: string, folder: string): Loaded {
  const source = readFileSync(file, 'utf8');
  if (importsLater(source)) return { exports: createRequire(file)(file) as object, keep: () => undefined };
  const kept = join(folder, `${createHash('sha256').update(source).digest('hex').slice(0, 32)}.code`);
  const cachedData = readIfThere(kept);
  const script = new Script(wrap(source), {
    filename: file,
    ...(cachedData ? { cachedData } : {}),
  });
  const module = { exports: {} };
  const run = script.runInThisContext() as Wrapped;
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  let isKept = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keep() {
      if (isKept) return;
      isKept = true;
      try {
        mkdirSync(folder, { recursive: true });
        sweep(folder);
        // Several workers may do it at once; each puts a whole file there.
        const underWay = join(folder, randomUUID());
        writeFileSync(underWay, script.createCachedData());
        renameSync(underWay, kept);
      } catch {
        // A folder that is not ours to write in: the next worker compiles again.
      }
    },
  };
}
