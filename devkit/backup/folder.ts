import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How far a collection is, in its own file `<collection>.ndjson`: one document a line, by id. */
export interface CollectionProgress {
  documents: number;
  /** bytes of the file that are whole; what is behind them was cut off */
  bytes: number;
  /** the last id in it; null = none yet */
  cursor: string | null;
  isDone: boolean;
}

/** What a backup folder says about itself. */
export interface Manifest {
  format: 1;
  env: string;
  /** ISO instants */
  startedAt: string;
  finishedAt: string | null;
  collections: Record<string, CollectionProgress>;
}

const FILE = 'manifest.json';

export const fileOf = (folder: string, collection: string): string =>
  path.join(folder, `${collection}.ndjson`);

/** @returns null when the folder holds no backup @throws a sentence when it holds one that this program cannot read */
export function readManifest(folder: string): Manifest | null {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) return null;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  if (manifest.format !== 1) throw new Error(`${file} 是别的版本写的，这个程序读不了。`);
  return manifest;
}

/** Writes it in one piece: a crash leaves the former one. */
export function writeWhole(file: string, value: unknown): void {
  writeFileSync(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

export const writeManifest = (folder: string, manifest: Manifest): void =>
  writeWhole(path.join(folder, FILE), manifest);
