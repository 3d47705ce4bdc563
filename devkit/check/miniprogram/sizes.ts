import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import type { Complaint, MiniProject } from './project';

export const MB = 1024 * 1024;
/** WeChat refuses a package above 2 MB. */
export const PACKAGE_LIMIT = 2 * MB;
/** Our own line for the main package: everyone waits for it. */
export const MAIN_GOAL = 600 * 1024;

/** What WeChat uploads of a folder: everything but sources that are compiled away. */
function shippedFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) return shippedFiles(full);
    return entry.name.endsWith('.d.ts') || entry.name.startsWith('.') ? [] : [full];
  });
}

/** Bytes of one file as it ships: scripts compiled and minified, the rest as it is. */
function shippedBytes(file: string): number {
  const bytes = readFileSync(file);
  if (!file.endsWith('.ts')) return bytes.length;
  return Buffer.byteLength(
    transformSync(bytes.toString(), { loader: 'ts', format: 'cjs', target: 'es2018', minify: true }).code,
  );
}

/**
 * Bytes of the main package (`''`) and of each subpackage.
 *
 * @example packageSizes(project) // → { '': 310_000, clerk: 60_000, … }
 */
export function packageSizes(project: MiniProject): Record<string, number> {
  const roots = (project.app.subPackages ?? []).map((s) => s.root);
  const sizes: Record<string, number> = Object.fromEntries([['', 0], ...roots.map((r) => [r, 0] as const)]);
  for (const file of shippedFiles(project.root)) {
    const first = path.relative(project.root, file).split(path.sep)[0] ?? '';
    const home = roots.includes(first) ? first : '';
    sizes[home] = (sizes[home] ?? 0) + shippedBytes(file);
  }
  return sizes;
}

export function sizeComplaints(sizes: Record<string, number>): Complaint[] {
  const kb = (bytes: number) => `${Math.round(bytes / 1024)} KB`;
  const complaints = Object.entries(sizes)
    .filter(([, bytes]) => bytes > PACKAGE_LIMIT)
    .map(([home, bytes]) => `${home || 'main package'}: ${kb(bytes)}, WeChat allows ${kb(PACKAGE_LIMIT)}`);
  const main = sizes[''] ?? 0;
  if (main > MAIN_GOAL) complaints.push(`main package: ${kb(main)}, our own line is ${kb(MAIN_GOAL)}`);
  return complaints;
}
