import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from './imports';

const PACKAGE = 'tdesign-miniprogram';

/** Which TDesign components the mini program's JSON files name, e.g. `button/button`. */
export function usedComponents(root: string): string[] {
  const used = new Set<string>();
  for (const file of filesBelow(root).filter((f) => f.endsWith('.json'))) {
    const json = JSON.parse(readFileSync(file, 'utf8')) as { usingComponents?: Record<string, string> };
    for (const target of Object.values(json.usingComponents ?? {})) {
      if (target.startsWith(`${PACKAGE}/`)) used.add(target.slice(PACKAGE.length + 1));
    }
  }
  return [...used].sort();
}

/** How one file names others: by what it is written in. */
const REFERENCES: { ends: string; pattern: RegExp }[] = [
  { ends: '.js', pattern: /(?:from|import|require\()\s*["']([^"']+)["']/g },
  { ends: '.wxs', pattern: /require\(\s*["']([^"']+)["']/g },
  { ends: '.wxml', pattern: /<(?:wxs|import|include)[^>]*?src=["']([^"']+)["']/g },
  { ends: '.wxss', pattern: /@import\s+["']([^"']+)["']/g },
];

/**
 * Every file that a set of components needs, so that only these are packed.
 *
 * @param dist the component library's `miniprogram_dist`
 * @returns files as paths below `dist`
 */
export function componentClosure(dist: string, components: readonly string[]): string[] {
  const found = new Set<string>();
  const queue: string[] = [];
  const add = (file: string) => {
    const clean = path.normalize(file);
    if (found.has(clean) || !existsSync(clean) || !statSync(clean).isFile()) return false;
    found.add(clean);
    queue.push(clean);
    return true;
  };
  const addComponent = (base: string) => ['.js', '.json', '.wxml', '.wxss'].forEach((end) => add(base + end));
  const addScript = (from: string, name: string) => {
    const bases = name.startsWith('.')
      ? [path.resolve(path.dirname(from), name)]
      : [path.join(dist, 'miniprogram_npm', name)];
    for (const base of bases) {
      if (add(base) || add(`${base}.js`) || add(path.join(base, 'index.js'))) return;
    }
  };
  components.forEach((c) => addComponent(path.join(dist, c)));
  for (let file = queue.shift(); file; file = queue.shift()) {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.json')) {
      const json = JSON.parse(text) as { usingComponents?: Record<string, string> };
      for (const target of Object.values(json.usingComponents ?? {})) {
        if (target.startsWith('.')) addComponent(path.resolve(path.dirname(file), target));
      }
      continue;
    }
    const reference = REFERENCES.find((r) => file.endsWith(r.ends));
    for (const match of reference ? text.matchAll(reference.pattern) : []) {
      const name = match[1]!;
      if (file.endsWith('.js')) addScript(file, name);
      else if (!add(path.resolve(path.dirname(file), name)))
        add(path.resolve(path.dirname(file), `${name}.wxml`));
    }
  }
  return [...found].map((f) => path.relative(dist, f)).sort();
}
