import { open, type RootDatabase, type Database } from 'lmdb';
import { collectionMissing, invalidParam, requestFailed } from '../failures';
import { Collection, type CollectionRecord } from './collection';
import { CommitQueue } from './commit-queue';
import { IndexBuild } from './index-build';
import { sameShape } from './index-shape';
import type { IndexShape } from './secondary-index';
import { TransactionTable } from './transactions';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}$/;

/** Whom the store tells what nobody is waiting to hear. */
export interface StoreReports {
  /** an index that could not be built while requests went on */
  buildFailed?(collection: string, index: string, cause: Error): void;
  /** lmdb took a commit back and it was done again */
  commitRepeated?(cause: Error): void;
}

/** All collections of one environment in one lmdb folder. */
export class Store {
  readonly commits: CommitQueue;
  readonly transactions: TransactionTable;
  /** Small things beside the documents (sent messages, the clock), by room and key. */
  readonly notes: Database<unknown, string>;
  private readonly root: RootDatabase;
  private readonly records: Database<CollectionRecord, string>;
  private readonly collections = new Map<string, Collection>();
  private readonly builds = new Set<IndexBuild>();
  /** Builds go on one after another. */
  private building: Promise<void> = Promise.resolve();
  private closing = false;

  constructor(
    folder: string,
    private readonly reports: StoreReports = {},
    { isFlushed = true }: { isFlushed?: boolean } = {},
  ) {
    const room = { maxDbs: 1024, mapSize: 16 * 2 ** 30, maxReaders: 512 };
    this.root = open({ path: folder, ...room, noSync: !isFlushed });
    this.records = this.root.openDB<CollectionRecord, string>({ name: 'collections', encoding: 'json' });
    this.notes = this.root.openDB<unknown, string>({ name: 'notes', encoding: 'json' });
    for (const { key, value } of this.records.getRange({})) {
      this.collections.set(key, new Collection(this.root, key, value));
    }
    this.commits = new CommitQueue(this.root, {
      afterFailure: () => this.collections.forEach((collection) => collection.forgetStructures()),
      beforeRepeat: () => this.collections.forEach((collection) => this.saveRecord(collection)),
      repeated: (cause) => this.reports.commitRepeated?.(cause),
    });
    this.transactions = new TransactionTable(this.root, this);
    for (const collection of this.collections.values()) {
      for (const index of collection.filedIn) {
        if (!index.whole) this.goOn(new IndexBuild(this.site(), collection, index));
      }
    }
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
    const build = await this.beginIndex(collectionName, shape);
    const failure = await build?.outcome;
    if (failure) throw failure;
  }

  /**
   * The same, but only the first documents are waited for; the others are filed while requests go
   * on, and until then queries do not know the index. The build under way, or `undefined` when there
   * is nothing more to do.
   */
  async beginIndex(collectionName: string, shape: IndexShape): Promise<IndexBuild | undefined> {
    const collection = this.collection(collectionName);
    const same = collection.filedIn.find((index) => index.shape.name === shape.name);
    if (same) {
      if (sameShape(same.shape, shape)) return [...this.builds].find(({ index }) => index === same);
      throw requestFailed(`Index with name: ${shape.name} already exists with different options`);
    }
    const index = collection.newIndex(shape, { multikey: false, cut: false });
    const build = new IndexBuild(this.site(), collection, index);
    if (await build.begin()) return undefined;
    this.goOn(build);
    return build;
  }

  /** How many documents each index that is still being built has filed. */
  underBuilding(collection: Collection): { shape: IndexShape; filed: number }[] {
    return [...this.builds]
      .filter((build) => build.collection === collection)
      .map(({ index, filed }) => ({ shape: index.shape, filed }));
  }

  private site() {
    return {
      commits: this.commits,
      saveRecord: (collection: Collection) => this.saveRecord(collection),
      nextSnapshot: () => this.transactions.snapshots + 1,
    };
  }

  private goOn(build: IndexBuild): void {
    this.builds.add(build);
    const before = this.building;
    this.building = (async () => {
      await before;
      await build.goOn();
      this.builds.delete(build);
      const failure = await build.outcome;
      if (failure && !this.closing)
        this.reports.buildFailed?.(build.collection.name, build.index.shape.name, failure);
    })();
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
    this.closing = true;
    for (const build of this.builds) build.stop();
    this.transactions.abortAll();
    await this.building;
    await this.commits.idle();
    await this.root.close();
  }
}
