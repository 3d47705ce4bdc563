import { randomUUID } from 'node:crypto';
import type { RootDatabase, Transaction as ReadTransaction } from 'lmdb';
import { transactionConflict, transactionMissing } from '../failures';
import { applyChanges, checkChanges, type Change } from './change';
import type { Collection } from './collection';
import { HeldByTransaction } from './commit-queue';
import type { DocId } from './key-order';
import type { Store } from './store';
import type { Doc } from './values';

const LIFE = 30_000;

/** What a transaction has changed and not yet committed: `undefined` means removed. */
export type Overlay = Map<DocId, Doc | undefined>;

/** An open transaction: a snapshot taken at its first operation, and its own changes over it. */
export interface OpenTransaction {
  readonly id: string;
  /** The function invocation that started it, when known. */
  readonly owner: string | undefined;
  readonly overlays: Map<Collection, Overlay>;
  read: ReadTransaction | undefined;
  /** The write number at which the snapshot was taken. */
  since: number;
  /** Which snapshot of this process it is; undefined before the first operation. */
  snapshot: number | undefined;
  timer: NodeJS.Timeout;
  committing: boolean;
}

/**
 * The open transactions: snapshot isolation, the first to write a document wins, the second gets a
 * conflict and is aborted at once (the SDK retries without rolling back). 30 seconds of life.
 */
export class TransactionTable {
  private readonly open = new Map<string, OpenTransaction>();
  /** Documents changed by an open transaction, and by which. */
  private readonly locks = new Map<string, string>();
  /** The number of the last write of a document, kept only while transactions are open. */
  private readonly lastWrite = new Map<string, number>();
  private writes = 0;
  /** How many snapshots have been taken. */
  snapshots = 0;

  constructor(
    private readonly root: RootDatabase,
    private readonly store: Store,
  ) {}

  begin(owner?: string): string {
    const id = randomUUID();
    const timer = setTimeout(() => this.finish(id), LIFE);
    timer.unref();
    this.open.set(id, {
      id,
      owner,
      overlays: new Map(),
      read: undefined,
      since: 0,
      snapshot: undefined,
      timer,
      committing: false,
    });
    return id;
  }

  /** The transaction of a request; `undefined` when the request names none. */
  find(id: unknown): OpenTransaction | undefined {
    if (id === undefined || id === null || id === '') return undefined;
    const found = this.open.get(String(id));
    if (!found || found.committing) throw transactionMissing();
    if (!found.read) {
      found.read = this.root.useReadTransaction();
      found.since = this.writes;
      found.snapshot = ++this.snapshots;
    }
    return found;
  }

  isOpenFor(owner: string): boolean {
    return [...this.open.values()].some((transaction) => transaction.owner === owner);
  }

  /** Keeps a change until commit. A conflict ends the transaction. */
  write(transaction: OpenTransaction, { collection, id, after }: Change): void {
    const key = lockKey(collection, id);
    const holder = this.locks.get(key);
    const conflict =
      (holder !== undefined && holder !== transaction.id) ||
      (this.lastWrite.get(key) ?? 0) > transaction.since;
    if (conflict) {
      this.finish(transaction.id);
      throw transactionConflict();
    }
    this.locks.set(key, transaction.id);
    let overlay = transaction.overlays.get(collection);
    if (!overlay) transaction.overlays.set(collection, (overlay = new Map()));
    overlay.set(id, after);
  }

  /** Before a write outside transactions: it waits when a transaction holds one of the documents. */
  mustNotBeHeld(changes: readonly Change[]): void {
    if (this.locks.size === 0) return;
    for (const { collection, id } of changes) {
      if (this.locks.has(lockKey(collection, id))) throw new HeldByTransaction();
    }
  }

  /** After a write has been applied, so that older snapshots conflict with it. */
  noteWritten(changes: readonly Change[]): void {
    if (this.open.size === 0) return;
    this.writes++;
    for (const { collection, id } of changes) this.lastWrite.set(lockKey(collection, id), this.writes);
  }

  async commit(id: unknown): Promise<void> {
    const transaction = this.open.get(String(id));
    if (!transaction || transaction.committing) throw transactionMissing();
    transaction.committing = true;
    clearTimeout(transaction.timer);
    try {
      await this.store.commits.submit(() => {
        const changes: Change[] = [];
        for (const [collection, overlay] of transaction.overlays) {
          for (const [docId, after] of overlay) {
            const before = collection.get(docId);
            if (before || after) changes.push({ collection, id: docId, before, after });
          }
        }
        applyChanges(checkChanges(changes), (collection) => this.store.saveRecord(collection));
        this.noteWritten(changes);
      });
    } finally {
      this.finish(transaction.id);
    }
  }

  abort(id: unknown): void {
    const transaction = this.open.get(String(id));
    if (!transaction || transaction.committing) throw transactionMissing();
    this.finish(transaction.id);
  }

  /** A write inside the transaction was refused: MongoDB ends the transaction then, and so do we. */
  fail(transaction: OpenTransaction): void {
    this.finish(transaction.id);
  }

  abortAll(): void {
    for (const id of [...this.open.keys()]) this.finish(id);
  }

  private finish(id: string): void {
    const transaction = this.open.get(id);
    if (!transaction) return;
    clearTimeout(transaction.timer);
    this.open.delete(id);
    for (const [collection, overlay] of transaction.overlays) {
      for (const docId of overlay.keys()) {
        const key = lockKey(collection, docId);
        if (this.locks.get(key) === id) this.locks.delete(key);
      }
    }
    transaction.read?.done();
    if (this.open.size === 0) this.lastWrite.clear();
    this.store.commits.wake();
  }
}

const lockKey = (collection: Collection, id: DocId) => `${collection.name}\0${typeof id}\0${id}`;
