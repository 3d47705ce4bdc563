import { CloudError, duplicateKey, requestFailed } from '../failures';
import { keyText } from './change';
import type { Collection } from './collection';
import type { CommitQueue } from './commit-queue';
import type { DocId } from './key-order';
import type { SecondaryIndex } from './secondary-index';

/** Documents filed in one commit: a few milliseconds, between which requests are answered. */
const PAGE = 400;
/** The first page may be larger, so that the index of a small collection is there at once. */
const FIRST_PAGE = 2000;

/** What a build needs of the store. */
/** A page of documents that a commit files: whether it was the last one, up to which document, and how many. */
interface FiledPage {
  whole: boolean;
  last: DocId | undefined;
  filed: number;
}

export interface BuildSite {
  commits: CommitQueue;
  saveRecord(collection: Collection): void;
  /** The number that the next transaction's snapshot will have. */
  nextSnapshot(): number;
}

/**
 * Files the documents already there in a new index, page by page, while requests go on. Writes keep
 * the index right from the first page on; queries take it only when it is whole. A process that ends
 * meanwhile leaves a mark, by which the next start begins anew.
 */
export class IndexBuild {
  /** How many documents have been filed. */
  filed = 0;
  /** Settles when the index is whole (`undefined`), or says why there is none. */
  readonly outcome: Promise<Error | undefined>;
  private settle: (outcome: Error | undefined) => void = () => undefined;
  private last: DocId | undefined;
  private stopped = false;

  constructor(
    private readonly site: BuildSite,
    readonly collection: Collection,
    readonly index: SecondaryIndex,
  ) {
    this.outcome = new Promise((resolve) => (this.settle = resolve));
  }

  /**
   * Declares the index and files the first page, in one commit; whether that was all. Throws the
   * refusal of a document that cannot be filed, and nothing has changed then.
   */
  async begin(): Promise<boolean> {
    try {
      // It declares the index in memory as well, so it must not run twice.
      const page = await this.site.commits.submit(() => this.filePage(FIRST_PAGE, true), {
        repeatable: false,
      });
      const whole = this.moveBehind(page);
      if (whole) this.settle(undefined);
      return whole;
    } catch (refusal) {
      this.collection.dropIndex(this.index);
      throw refusal;
    }
  }

  /** Files all the rest. After a refusal the index is taken away again. */
  async goOn(): Promise<void> {
    try {
      for (let whole = false; !whole && !this.stopped;) {
        whole = this.moveBehind(await this.site.commits.submit(() => this.filePage(PAGE, false)));
        // Whoever waits for the queue to be empty, or for an answer, comes first.
        if (!whole) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      this.settle(this.index.whole ? undefined : new CloudError('SYS_ERR', 'the local cloud has stopped'));
    } catch (refusal) {
      this.collection.dropIndex(this.index);
      await this.takeBack().catch(() => undefined);
      this.settle(refusal as Error);
    }
  }

  stop(): void {
    this.stopped = true;
  }

  /** A page is filed for good. Only now: a commit that failed is done again from where it began. */
  private moveBehind({ whole, last, filed }: FiledPage): boolean {
    this.last = last;
    this.filed += filed;
    return whole;
  }

  /** Inside a commit: everything is read and checked before the first write. */
  private filePage(size: number, declare: boolean): FiledPage {
    const { collection, index } = this;
    const docs = [];
    for (const doc of collection.range({ start: this.last })) {
      if (doc._id === this.last) continue;
      docs.push(doc);
      if (docs.length === size) break;
    }
    const filings = docs.map((doc) => ({ id: doc._id as DocId, doc, keys: index.fieldKeys(doc) }));
    const whole = docs.length < size;
    if (index.shape.unique) {
      const taken = new Map<string, DocId>();
      for (const { id, doc, keys } of filings) {
        for (const key of keys) {
          const text = key.toString('latin1');
          const rival = index.holdersOf(key).find((holder) => holder !== id) ?? taken.get(text);
          if (rival !== undefined && rival !== id)
            throw duplicateKey(collection.name, index.shape.name, keyText(index, doc));
          taken.set(text, id);
        }
      }
      if (whole) this.refuseTwins();
    }
    if (declare) {
      const { name } = index.shape;
      if (collection.filedIn.some(({ shape }) => shape.name === name))
        throw requestFailed(`Index with name: ${name} was declared at the same moment`);
      collection.startIndex(index);
    }
    for (const { id, doc, keys } of filings) {
      index.learn(doc);
      index.refile(id, [], keys);
    }
    if (whole) {
      index.firstSnapshot = this.site.nextSnapshot();
      collection.finishIndex(index);
    }
    this.site.saveRecord(collection);
    return { whole, last: (docs.at(-1)?._id as DocId | undefined) ?? this.last, filed: docs.length };
  }

  /** Two documents that came to the same key by writes during the build. */
  private refuseTwins(): void {
    for (const text of this.index.suspects) {
      const [first, second] = this.index.holdersOf(Buffer.from(text, 'latin1'));
      if (first === undefined || second === undefined) continue;
      const doc = this.collection.get(second) ?? {};
      throw duplicateKey(this.collection.name, this.index.shape.name, keyText(this.index, doc));
    }
  }

  private async takeBack(): Promise<void> {
    await this.site.commits.submit(() => this.site.saveRecord(this.collection));
    this.index.clear();
  }
}
