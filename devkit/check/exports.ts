import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDERS = ['miniprogram', 'cloudfunctions', 'devkit', 'tests', 'typings'];
const EXPORTED =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) ([\w$]+)/gm;

/**
 * Names that are exported and then never said again, not even in their own file: what is left of code that went.
 *
 * It goes by words, so a namesake elsewhere hides one; it never complains of a name that is used.
 *
 * @param sources file → its text
 * @example unusedExports(new Map([['a.ts', 'export const lost = 1;']])) // → ['a.ts: lost is exported and nobody names it']
 */
export function unusedExports(sources: ReadonlyMap<string, string>): string[] {
  const said = new Map<string, number>();
  for (const text of sources.values())
    for (const word of text.match(/[A-Za-z_$][\w$]*/g) ?? []) said.set(word, (said.get(word) ?? 0) + 1);
  return [...sources].flatMap(([file, text]) =>
    [...text.matchAll(EXPORTED)]
      .map(([, name = '']) => name)
      .filter((name) => said.get(name) === 1)
      .map((name) => `${file}: ${name} is exported and nobody names it`),
  );
}

/** Our own TypeScript, by its path below the root. */
export function ownSources(root: string): Map<string, string> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(folder, name),
    ),
  ).filter((name) => name.endsWith('.ts') && !/(^|[\\/])(node_modules|miniprogram_npm)[\\/]/.test(name));
  return new Map(files.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
}
