import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { EJSON } from 'bson';
import type { Documents } from './database';
import { fileOf, readManifest, writeManifest } from './folder';
import type { CollectionProgress, Manifest } from './folder';

const PAGE = 500;
const NOTHING: CollectionProgress = { documents: 0, bytes: 0, cursor: null, isDone: false };

export interface BackUp {
  documents: Documents;
  env: string;
  collections: readonly string[];
  /** new, empty, or with a backup of this environment that was cut off */
  folder: string;
  now: () => Date;
  say(line: string): void;
}

function openFolder({ folder, env, collections, now }: BackUp): Manifest {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const standing = readManifest(folder);
  if (standing && standing.env !== env)
    throw new Error(`${folder} 里是环境 ${standing.env} 的备份，请换一个目录。`);
  if (standing?.finishedAt) throw new Error(`${folder} 里已经有一份完整的备份，请换一个目录。`);
  if (!standing && readdirSync(folder).length > 0)
    throw new Error(`${folder} 里有别的文件，没有动它。请换一个空目录。`);
  const begun: Manifest = standing ?? {
    format: 1,
    env,
    startedAt: now().toISOString(),
    finishedAt: null,
    collections: {},
  };
  for (const collection of collections) begun.collections[collection] ??= { ...NOTHING };
  writeManifest(folder, begun);
  return begun;
}

/**
 * Copies every collection into a folder, page by page by id, one document a line (EJSON, so that dates stay dates). Each
 * page is on the disk before the manifest says so; run again, it goes on behind the last whole page.
 *
 * It is no snapshot: what changes while it runs is copied as it is when its page is read. Numbers stay sealed; the key is
 * not part of it.
 */
export async function backUp(ask: BackUp): Promise<Manifest> {
  const manifest = openFolder(ask);
  for (const collection of ask.collections) {
    let at = manifest.collections[collection] ?? { ...NOTHING };
    if (at.isDone) continue;
    const file = fileOf(ask.folder, collection);
    if (existsSync(file)) truncateSync(file, at.bytes);
    const out = openSync(file, 'a', 0o600);
    try {
      while (!at.isDone) {
        const docs = await ask.documents.behind(collection, at.cursor ?? '', PAGE);
        const text = docs.map((doc) => `${EJSON.stringify(doc)}\n`).join('');
        writeSync(out, text);
        fsyncSync(out);
        at = {
          documents: at.documents + docs.length,
          bytes: at.bytes + Buffer.byteLength(text),
          cursor: docs.at(-1)?._id ?? at.cursor,
          isDone: docs.length < PAGE,
        };
        manifest.collections[collection] = at;
        writeManifest(ask.folder, manifest);
      }
    } finally {
      closeSync(out);
    }
    ask.say(`${collection}：${at.documents} 条`);
  }
  manifest.finishedAt = ask.now().toISOString();
  writeManifest(ask.folder, manifest);
  return manifest;
}
