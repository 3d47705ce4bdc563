import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { EJSON } from 'bson';
import type { Documents, StoredDoc } from './database';
import { fileOf, readManifest, writeWhole } from './folder';

const PAGE = 200;

export interface PutBack {
  documents: Documents;
  /** where it goes; may be another environment than it came from */
  env: string;
  folder: string;
  /** puts documents back that stand otherwise, too; without it they stay as they are and are counted */
  overwrite: boolean;
  say(line: string): void;
}

export interface PutBackCount {
  added: number;
  same: number;
  /** stand otherwise than in the backup: put back with `overwrite`, else left alone */
  different: number;
}

/** Lines done, by collection: kept beside the backup, so that a restore that was cut off goes on. */
type Progress = Record<string, { lines: number } & PutBackCount>;
const progressFile = (folder: string, env: string) => path.join(folder, `restore-${env}.json`);

async function* pagesOf(file: string, skip: number): AsyncGenerator<StoredDoc[]> {
  let [page, line]: [StoredDoc[], number] = [[], 0];
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    if (line <= skip || text === '') continue;
    page.push(EJSON.parse(text) as StoredDoc);
    if (page.length === PAGE) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, part]) => [key, sorted(part)]),
        )
      : value;
const textOf = (doc: StoredDoc) => EJSON.stringify(sorted(doc) as Record<string, unknown>);
const isSame = (a: StoredDoc, b: StoredDoc) => textOf(a) === textOf(b);

async function putPage(
  { documents, overwrite }: PutBack,
  collection: string,
  page: readonly StoredDoc[],
): Promise<PutBackCount> {
  const found = await documents.standing(
    collection,
    page.map(({ _id }) => _id),
  );
  const standing = new Map(found.map((doc) => [doc._id, doc]));
  const missing = page.filter(({ _id }) => !standing.has(_id));
  if (missing.length > 0) await documents.add(collection, missing);
  const other = page.filter((doc) => {
    const there = standing.get(doc._id);
    return there !== undefined && !isSame(there, doc);
  });
  if (overwrite) for (const doc of other) await documents.put(collection, doc);
  return {
    added: missing.length,
    same: page.length - missing.length - other.length,
    different: other.length,
  };
}

/**
 * Puts a backup's documents back, page by page. What is missing is added; what stands the same is left; what stands
 * otherwise is put back only with `overwrite`. Nothing is ever removed. Every page may be done twice, so a restore that
 * was cut off is run again and goes on.
 *
 * @throws a sentence when the folder holds no finished backup
 */
export async function putBack(ask: PutBack): Promise<PutBackCount> {
  const manifest = readManifest(ask.folder);
  if (!manifest) throw new Error(`${ask.folder} 里没有备份。`);
  if (!manifest.finishedAt)
    throw new Error(`${ask.folder} 里的备份没有做完，请先用 npm run backup 接着做完。`);
  const file = progressFile(ask.folder, ask.env);
  const progress = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : {};
  for (const collection of Object.keys(manifest.collections)) {
    const done = progress[collection] ?? { lines: 0, added: 0, same: 0, different: 0 };
    progress[collection] = done;
    for await (const page of pagesOf(fileOf(ask.folder, collection), done.lines)) {
      const count = await putPage(ask, collection, page);
      done.lines += page.length;
      done.added += count.added;
      done.same += count.same;
      done.different += count.different;
      writeWhole(file, progress);
    }
    ask.say(`${collection}：补上 ${done.added} 条，原样 ${done.same} 条，不同 ${done.different} 条`);
  }
  // Through: the next restore of this folder begins anew.
  rmSync(file);
  const sum = { added: 0, same: 0, different: 0 };
  for (const { added, same, different } of Object.values(progress)) {
    sum.added += added;
    sum.same += same;
    sum.different += different;
  }
  return sum;
}
