import type { Database, DatabaseOptions, RootDatabase, Transaction } from 'lmdb';
import { Encoder } from 'msgpackr';
import type { DocId } from './key-order';
import { SecondaryIndex, type IndexShape, type IndexTraits } from './secondary-index';
import type { Doc } from './values';

/** What the store remembers about a collection between starts. */
export interface CollectionRecord {
  /** `building` marks one whose documents were not all filed yet. */
  indexes: { shape: IndexShape; traits: IndexTraits; building?: true }[];
}

const STRUCTURES = Symbol.for('structures');
/** Regular expressions and bytes are stored as such. */
class DocumentEncoder extends Encoder {
  constructor(options: object) {
    super({ ...options, moreTypes: true });
  }
}

/**
 * lmdb's own kind of encoder, named explicitly: by itself lmdb takes the first copy loaded in the
 * process, and to a second copy of this module (a test sandbox) the dates of the first are no dates.
 */
const ENCODING = { encoder: { Encoder: DocumentEncoder } };

/** The documents of one collection in lmdb, in the order of their ids, beside their indexes. */
export class Collection {
  /** Every index, which writes keep right. */
  private all: SecondaryIndex[] = [];
  /** Those that know all documents, which queries may take. */
  private usable: SecondaryIndex[] = [];
  /** Kept by the writer, so that counting all documents costs nothing. */
  count: number;
  private readonly docs: Database<Doc, DocId>;

  constructor(
    private readonly root: RootDatabase,
    readonly name: string,
    readonly record: CollectionRecord,
  ) {
    // Field names are written once per collection, not per document: half the size, twice the speed.
    const options: DatabaseOptions = { sharedStructuresKey: STRUCTURES };
    this.docs = root.openDB<Doc, DocId>({ ...options, ...ENCODING, name: `d:${name}` });
    this.count = this.countStored();
    for (const { shape, traits, building } of record.indexes) {
      const index = this.newIndex(shape, traits);
      index.whole = !building;
      // What an interrupted build has filed may be out of date.
      if (building) index.clear();
      this.all.push(index);
    }
    this.noteUsable();
  }

  /** The indexes queries may take. */
  get indexes(): readonly SecondaryIndex[] {
    return this.usable;
  }

  /** Every index, those that are still being built among them. */
  get filedIn(): readonly SecondaryIndex[] {
    return this.all;
  }

  newIndex(shape: IndexShape, traits: IndexTraits): SecondaryIndex {
    return new SecondaryIndex(this.root, this.name, shape, traits);
  }

  /** From now on writes keep the index right. Inside a commit; the caller saves the record. */
  startIndex(index: SecondaryIndex): void {
    index.whole = false;
    this.all.push(index);
    this.record.indexes.push({ shape: index.shape, traits: index.traits, building: true });
  }

  /** From now on queries may take it. Inside a commit; the caller saves the record. */
  finishIndex(index: SecondaryIndex): void {
    index.whole = true;
    index.suspects.clear();
    for (const entry of this.record.indexes) if (entry.shape === index.shape) delete entry.building;
    this.noteUsable();
  }

  /** As if it had never been declared; the caller saves the record. */
  dropIndex(index: SecondaryIndex): void {
    this.all = this.all.filter((other) => other !== index);
    this.record.indexes = this.record.indexes.filter(({ shape }) => shape !== index.shape);
    this.noteUsable();
  }

  private noteUsable(): void {
    this.usable = this.all.filter(({ whole }) => whole);
  }

  get(id: DocId, transaction?: Transaction): Doc | undefined {
    return transaction ? this.docs.get(id, { transaction }) : this.docs.get(id);
  }

  *range(options: {
    start?: DocId;
    end?: DocId;
    reverse?: boolean;
    transaction?: Transaction;
    /** So many of the first are left out unread; only without `start` and `end`. */
    skip?: number;
  }): Generator<Doc> {
    const { skip = 0, ...range } = options;
    // The field names lie in front of all documents.
    const offset = skip > 0 && !options.reverse && this.hasStructures() ? skip + 1 : skip;
    for (const { key, value } of this.docs.getRange({ ...range, offset, inclusiveEnd: true })) {
      // The field names are kept under a symbol, among the documents.
      if (typeof key !== 'symbol') yield value;
    }
  }

  /** Only inside the commit queue's transaction, and only when nothing after it can fail. */
  put(id: DocId, doc: Doc): void {
    this.docs.put(id, doc);
  }
  remove(id: DocId): void {
    this.docs.remove(id);
  }

  clear(): void {
    this.docs.clearSync();
    this.forgetStructures();
    for (const index of this.all) index.clear();
    this.count = 0;
  }

  /** After a failed commit the encoder's memory of field names no longer matches what is stored. */
  forgetStructures(): void {
    const encoder = (this.docs as unknown as { encoder?: { clearSharedData?(): void } }).encoder;
    encoder?.clearSharedData?.();
    this.count = this.countStored();
  }

  private countStored(): number {
    const stats = this.docs.getStats() as { entryCount: number };
    return stats.entryCount - (this.hasStructures() ? 1 : 0);
  }

  private hasStructures(): boolean {
    return this.docs.get(STRUCTURES as unknown as DocId) !== undefined;
  }
}
