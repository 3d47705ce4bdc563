import type { Database, DatabaseOptions, RootDatabase, Transaction } from 'lmdb';
import { Encoder } from 'msgpackr';
import type { DocId } from './key-order';
import { SecondaryIndex, type IndexShape, type IndexTraits } from './secondary-index';
import type { Doc } from './values';

/** What the store remembers about a collection between starts. */
export interface CollectionRecord {
  indexes: { shape: IndexShape; traits: IndexTraits }[];
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
  readonly indexes: SecondaryIndex[] = [];
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
    for (const { shape, traits } of record.indexes) this.indexes.push(this.newIndex(shape, traits));
  }

  /** An index not yet in use: the caller files the documents first, then adds it to `indexes`. */
  newIndex(shape: IndexShape, traits: IndexTraits): SecondaryIndex {
    return new SecondaryIndex(this.root, this.name, shape, traits);
  }

  get(id: DocId, transaction?: Transaction): Doc | undefined {
    return transaction ? this.docs.get(id, { transaction }) : this.docs.get(id);
  }

  *range(options: {
    start?: DocId;
    end?: DocId;
    reverse?: boolean;
    transaction?: Transaction;
  }): Generator<Doc> {
    for (const { key, value } of this.docs.getRange({ ...options, inclusiveEnd: true })) {
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
    for (const index of this.indexes) index.clear();
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
    const hasStructures = this.docs.get(STRUCTURES as unknown as DocId) !== undefined;
    return stats.entryCount - (hasStructures ? 1 : 0);
  }
}
