import { open, type RootDatabase, type Database } from 'lmdb';
import { collectionMissing, invalidParam, requestFailed } from '../failures';
import { Collection, type CollectionRecord } from './collection';
import { CommitQueue } from './commit-queue';
import { checkUnique } from './change';
import type { DocId } from './key-order';
import type { IndexShape } from './secondary-index';
import { TransactionTable } from './transactions';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}$/;

/** All collections of one environment in one lmdb folder. */
export class Store {
  readonly commits: CommitQueue;
  readonly transactions: TransactionTable;
  /** Small things beside the documents (sent messages, the clock), by room and key. */
  readonly notes: Database<unknown, string>;
  private readonly root: RootDatabase;
  private readonly records: Database<CollectionRecord, string>;
  private readonly collections = new Map<string, Collection>();

  constructor(folder: string) {
    this.root = open({ path: folder, maxDbs: 1024, mapSize: 16 * 2 ** 30, maxReaders: 512 });
    this.records = this.root.openDB<CollectionRecord, string>({ name: 'collections', encoding: 'json' });
    this.notes = this.root.openDB<unknown, string>({ name: 'notes', encoding: 'json' });
    for (const { key, value } of this.records.getRange({})) {
      this.collections.set(key, new Collection(this.root, key, value));
    }
    this.commits = new CommitQueue(this.root, () => this.collections.forEach((c) => c.forgetStructures()));
    this.transactions = new TransactionTable(this.root, this);
  }

  names(): string[] {
    return [...this.collections.keys()].sort();
  }

  has(name: string): boolean {
    return this.collections.has(name);
  }

  collection(name: unknown): Collection {
    if (typeof name !== 'string' || name === '') throw invalidParam('collectionName is missing');
    const found = this.collections.get(name);
    if (!found) throw collectionMissing(name);
    return found;
  }

  async createCollection(name: unknown): Promise<void> {
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw invalidParam(
        `collectionName must be 1 to 64 letters, digits, '_', '-', '.' or ':': ${String(name)}`,
      );
    }
    if (this.collections.has(name)) throw requestFailed(`[ResourceInUse.TableExist] Table exist: ${name}`);
    const record: CollectionRecord = { indexes: [] };
    this.collections.set(name, new Collection(this.root, name, record));
    await this.commits.submit(() => void this.records.put(name, record));
  }

  /**
   * Declares an index and files every document already there. Repeating the same declaration does
   * nothing; the same name with other keys is refused, and so is `unique` over existing duplicates.
   */
  async createIndex(collectionName: string, shape: IndexShape): Promise<void> {
    const collection = this.collection(collectionName);
    const same = collection.indexes.find((index) => index.shape.name === shape.name);
    if (same) {
      if (JSON.stringify(comparable(same.shape)) === JSON.stringify(comparable(shape))) return;
      throw requestFailed(`Index with name: ${shape.name} already exists with different options`);
    }
    const traits = { multikey: false, cut: false };
    const index = collection.newIndex(shape, traits);
    await this.commits.submit(() => {
      const seen = new Set<string>();
      for (const doc of collection.range({})) {
        index.learn(doc);
        for (const key of index.fieldKeys(doc))
          if (shape.unique) checkUnique(seen, collection, index, key, doc);
      }
      for (const doc of collection.range({})) index.refile(doc._id as DocId, [], index.fieldKeys(doc));
      collection.indexes.push(index);
      collection.record.indexes.push({ shape, traits });
      this.records.put(collectionName, collection.record);
    });
  }

  /** Inside the commit queue: stores what an index has learnt about its values. */
  saveRecord(collection: Collection): void {
    this.records.put(collection.name, collection.record);
  }

  /** Empties every collection; the collections and their indexes stay. */
  async empty(): Promise<void> {
    this.transactions.abortAll();
    await this.commits.idle();
    for (const collection of this.collections.values()) collection.clear();
    await this.root.flushed;
  }

  async close(): Promise<void> {
    this.transactions.abortAll();
    await this.commits.idle();
    await this.root.close();
  }
}

const comparable = ({ keys, unique = false, sparse = false }: IndexShape) => ({ keys, unique, sparse });
