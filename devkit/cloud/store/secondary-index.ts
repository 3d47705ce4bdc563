import type { Database, Key, RootDatabase, Transaction } from 'lmdb';
import { requestFailed } from '../failures';
import { onEarth, shapeOf } from '../query/geo';
import { endsAt, MISSING } from '../query/reach';
import { cellKey } from './geo-cells';
import {
  LONGEST_KEY,
  cutPrefix,
  encodeId,
  encodeValue,
  entryKey,
  idOfEntry,
  invert,
  type DocId,
} from './key-order';
import { existsAt, meetsArray, valuesAt } from './paths';
import type { Doc } from './values';

/** A field in ascending or descending order, or by its place on earth. */
export type IndexKey = [field: string, direction: 1 | -1 | '2dsphere'];

export interface IndexShape {
  name: string;
  keys: IndexKey[];
  unique?: boolean;
  sparse?: boolean;
}

/** What has been seen in the indexed values; it only ever turns true, and is kept with the index. */
export interface IndexTraits {
  /** Some document has several entries: results repeat, and a sort or two bounds cannot be trusted. */
  multikey: boolean;
  /** Some string was cut: the order among strings with the same beginning is not theirs. */
  cut: boolean;
}

const NOTHING = Buffer.alloc(0);
const MOST_ENTRIES = 1000;

/** An end of a range may be put together longer than the store takes; nothing is filed under what is left out. */
const bounded = (key: Buffer): Buffer => (key.length > LONGEST_KEY ? key.subarray(0, LONGEST_KEY) : key);

/** An ordered index in its own lmdb database; an entry's key is fields + document id, its value empty. */
export class SecondaryIndex {
  readonly paths: string[][];
  /** The first steps of the paths. */
  private readonly roots: string[];
  /** Such an index has only documents with a location, and may lead to one of them several times. */
  readonly bySphere: boolean;
  /** Transactions with an older snapshot than this must not use it: it was finished after they began. */
  firstSnapshot = 0;
  /** False while the documents that were there before it are still being filed. */
  whole = true;
  /** While a unique index is not whole: keys under which a write has filed a second document. */
  readonly suspects = new Set<string>();
  private readonly entries: Database<Buffer, Buffer>;

  constructor(
    root: RootDatabase,
    collection: string,
    readonly shape: IndexShape,
    readonly traits: IndexTraits,
  ) {
    this.paths = shape.keys.map(([field]) => field.split('.'));
    this.roots = [...new Set(this.paths.map(([root = '']) => root))];
    this.bySphere = shape.keys.some(([, direction]) => direction === '2dsphere');
    this.entries = root.openDB<Buffer, Buffer>({
      name: `i:${collection}:${shape.name}`,
      encoding: 'binary',
      keyEncoding: 'binary',
    });
  }

  /** Whether a change may file the document elsewhere; not when all its fields are the very same values as before. */
  sees(before: Doc | undefined, after: Doc | undefined): boolean {
    if (!before || !after) return true;
    return this.roots.some((root) => before[root] !== after[root]);
  }

  /** The encoded field values under which a document is filed; several when a field holds an array. */
  fieldKeys(doc: Doc): Buffer[] {
    if (this.shape.sparse && !this.paths.some((path) => existsAt(doc, path))) return [];
    let keys: Buffer[] = [NOTHING];
    this.paths.forEach((path, i) => {
      const direction = this.shape.keys[i]?.[1];
      const parts = direction === '2dsphere' ? this.cellsAt(doc, path) : valuesAt(doc, path).map(encodeValue);
      if (direction === -1) parts.forEach((bytes, k) => (parts[k] = invert(bytes)));
      keys = keys.flatMap((key) => parts.map((part) => Buffer.concat([key, part])));
      if (keys.length > MOST_ENTRIES) {
        throw requestFailed(`index ${this.shape.name}: more than ${MOST_ENTRIES} entries for one document`);
      }
    });
    if (keys.length === 0) return keys;
    const longest = Math.max(...keys.map((key) => key.length)) + encodeId(doc._id as DocId).length + 2;
    if (longest > LONGEST_KEY) {
      throw requestFailed(
        `index ${this.shape.name}: a key of ${longest} bytes is too long, at most ${LONGEST_KEY}`,
      );
    }
    return keys.length === 1 ? keys : distinct(keys);
  }

  /** The cells of the locations at a path: none when there is none, a refusal when it is not one. */
  private cellsAt(doc: Doc, path: string[]): Buffer[] {
    return endsAt(doc, path).flatMap((end) => {
      if (end === MISSING || end === null) return [];
      const points = shapeOf(end)?.points ?? [];
      if (points.length > 0 && points.every(onEarth)) return [cellKey(points)];
      throw requestFailed(
        `Can't extract geo keys: ${path.join('.')} of {_id: ${JSON.stringify(doc._id)}} must be GeoJSON with longitudes from -180 to 180 and latitudes from -90 to 90`,
      );
    });
  }

  /** Whether `doc` shows a trait the index did not have; the caller stores the traits then. */
  learn(doc: Doc): boolean {
    const before = this.traits.multikey && this.traits.cut;
    if (before) return false;
    const multikey = this.traits.multikey || this.paths.some((path) => meetsArray(doc, path));
    const cut =
      this.traits.cut ||
      this.paths.some((path) => valuesAt(doc, path).some((v) => cutPrefix(v) !== undefined));
    const changed = multikey !== this.traits.multikey || cut !== this.traits.cut;
    this.traits.multikey = multikey;
    this.traits.cut = cut;
    return changed;
  }

  /** The documents filed under exactly these field values. Only call it for one of `fieldKeys`. */
  holdersOf(fields: Buffer): DocId[] {
    const holders: DocId[] = [];
    for (const key of this.entries.getKeys({ start: fields, limit: 2 })) {
      if (key.length > fields.length && key.subarray(0, fields.length).equals(fields))
        holders.push(idOfEntry(key));
    }
    return holders;
  }

  /** Moves a document's entries from its old shape to its new one; only the difference is written. */
  refile(id: DocId, before: readonly Buffer[], now: readonly Buffer[]): void {
    for (const key of before) {
      if (!now.some((other) => other.equals(key))) this.entries.remove(entryKey(key, id));
    }
    for (const key of now) {
      if (before.some((other) => other.equals(key))) continue;
      this.entries.put(entryKey(key, id), NOTHING);
      if (this.shape.unique && !this.whole && this.holdersOf(key).length > 1)
        this.suspects.add(key.toString('latin1'));
    }
  }

  *ids(from: Buffer, to: Buffer, reverse: boolean, transaction?: Transaction, skip = 0): Generator<DocId> {
    const [start, end] = [bounded(from), bounded(to)];
    const range = reverse ? { start: end, end: start, reverse: true } : { start, end };
    for (const key of this.entries.getKeys({ ...range, transaction, offset: skip })) yield idOfEntry(key);
  }

  /** How many entries lie there; no document is read. */
  countIn(start: Buffer, end: Buffer, transaction?: Transaction): number {
    return this.entries.getKeysCount({ start: bounded(start), end: bounded(end), transaction });
  }

  /** Every entry, for checking the index against the documents. */
  *allEntries(): Generator<Key> {
    yield* this.entries.getKeys({});
  }

  clear(): void {
    this.entries.clearSync();
  }
}

function distinct(keys: Buffer[]): Buffer[] {
  const seen = new Map<string, Buffer>();
  for (const key of keys) seen.set(key.toString('latin1'), key);
  return [...seen.values()];
}
