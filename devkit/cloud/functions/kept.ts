/**
 * What is made of sources and may be made again at any time, kept from one process to the next. Imports only Node: it runs inside
 * workers, too.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEPT_MS = 2 * 86_400_000;

export function readKept(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
}

/** What nobody has written for two days is of sources that are gone. */
function sweep(folder: string): void {
  const old = Date.now() - KEPT_MS;
  for (const name of readdirSync(folder).map((one) => join(folder, one)))
    if ((statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? old) < old) rmSync(name, { force: true });
}

/** Several may keep the same at once: each puts a whole file there. Where the folder is not ours to write in, nothing is kept. */
export function keep(folder: string, name: string, made: string | Buffer): void {
  try {
    mkdirSync(folder, { recursive: true });
    sweep(folder);
    const underWay = join(folder, randomUUID());
    writeFileSync(underWay, made);
    renameSync(underWay, join(folder, name));
  } catch {
    // Whoever comes next makes it again.
  }
}
