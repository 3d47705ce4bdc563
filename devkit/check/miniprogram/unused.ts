import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../../build/npm/imports';
import { componentTarget } from './project';
import type { Complaint, MiniProject } from './project';

const ENDS = ['.ts', '.wxml', '.wxss', '.json', '.wxs'];

/** What a file names beside itself, as paths relative to the mini program's folder, without knowing whether they exist. */
function namedIn(root: string, file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const near = (target: string) =>
    target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(file), target);
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => near(match[1] ?? ''));
  if (file.endsWith('.ts')) {
    const pictures = all(/['"`]([^'"`\s]+\.(?:png|jpe?g|svg|gif))['"`]/g);
    const imported = all(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
    return [...pictures, ...imported.flatMap((to) => [`${to}.ts`, `${to}/index.ts`, to])];
  }
  if (file.endsWith('.wxml')) return all(/\bsrc="([^"{}]+)"/g);
  if (file.endsWith('.wxss')) return all(/@import\s+['"]([^'"]+)['"]/g);
  if (file.endsWith('.wxs')) return all(/require\(['"]([^'"]+)['"]\)/g);
  return [];
}

/** Every file that is reached from the app, a page or a component in use. */
function reached(project: MiniProject): Set<string> {
  const { root, app, pages, parts } = project;
  const own = (app as { themeLocation?: string }).themeLocation;
  const seen = new Set<string>();
  const waiting = [
    ...['app.ts', 'app.json', 'app.wxss', app.sitemapLocation ?? '', own ?? ''],
    ...pages.flatMap((page) => ENDS.map((end) => page + end)),
  ];
  const parted = (name: string, using: Record<string, string> = {}) =>
    Object.values(using).flatMap((target) => {
      const found = componentTarget(project, name, target);
      return found === null ? [] : ENDS.map((end) => found + end);
    });
  waiting.push(...parted('app', app.usingComponents));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (file === '' || seen.has(file) || !existsSync(path.join(root, file))) continue;
    seen.add(file);
    if (file.endsWith('.json'))
      waiting.push(...parted(file.slice(0, -5), parts.get(file.slice(0, -5))?.usingComponents));
    else if (/\.(ts|wxml|wxss|wxs)$/.test(file)) waiting.push(...namedIn(root, file));
  }
  return seen;
}

/**
 * Files that ship and that nothing reaches. Types are not shipped; the domain and the contract also serve the functions,
 * so what only those use is theirs.
 */
export function unusedComplaints(
  project: MiniProject,
  usedElsewhere: (file: string) => boolean,
): Complaint[] {
  const used = reached(project);
  return filesBelow(project.root)
    .map((file) => path.relative(project.root, file).split(path.sep).join('/'))
    .filter((file) => !file.endsWith('.d.ts') && !used.has(file) && !usedElsewhere(file))
    .map((file) => `${file}: nothing in the mini program reaches it`);
}
