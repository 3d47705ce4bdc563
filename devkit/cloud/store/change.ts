import { duplicateKey } from '../failures';
import type { Collection } from './collection';
import type { DocId } from './key-order';
import type { SecondaryIndex } from './secondary-index';
import type { Doc } from './values';

/** One document before and after; `before` missing means it is new, `after` missing that it goes. */
export interface Change {
  collection: Collection;
  id: DocId;
  before: Doc | undefined;
  after: Doc | undefined;
}

interface Filing {
  index: SecondaryIndex;
  id: DocId;
  before: Buffer[];
  after: Buffer[];
}

/** Changes that passed every check: applying them cannot fail. */
export interface CheckedChanges {
  changes: readonly Change[];
  filings: Filing[];
}

/**
 * Checks that the changes can be stored together: unique indexes hold and index keys fit.
 * Throws the service's refusal, and nothing has been written then.
 */
export function checkChanges(changes: readonly Change[]): CheckedChanges {
  const filings: Filing[] = [];
  for (const { collection, id, before, after } of changes) {
    for (const index of collection.filedIn) {
      if (!index.sees(before, after)) continue;
      filings.push({
        index,
        id,
        before: before ? index.fieldKeys(before) : [],
        after: after ? index.fieldKeys(after) : [],
      });
    }
  }
  checkUniqueness(changes, filings);
  return { changes, filings };
}

function checkUniqueness(changes: readonly Change[], filings: Filing[]): void {
  const collectionOf = new Map<SecondaryIndex, Collection>();
  for (const { collection } of changes)
    for (const index of collection.indexes) collectionOf.set(index, collection);
  const taken = new Map<SecondaryIndex, Map<string, DocId>>();
  const freed = new Map<SecondaryIndex, Set<DocId>>();
  for (const filing of filings) {
    if (!isGuarded(filing.index)) continue;
    let ids = freed.get(filing.index);
    if (!ids) freed.set(filing.index, (ids = new Set()));
    ids.add(filing.id);
  }
  for (const { index, id, after } of filings) {
    if (!isGuarded(index)) continue;
    let claims = taken.get(index);
    if (!claims) taken.set(index, (claims = new Map()));
    for (const key of after) {
      const text = key.toString('latin1');
      const rival = claims.get(text);
      // A holder that this same write also changes is judged by its new keys, among the claims.
      const holders = index.holdersOf(key).filter((holder) => !freed.get(index)?.has(holder));
      if ((rival !== undefined && rival !== id) || holders.length > 0) {
        const change = changes.find((candidate) => candidate.id === id);
        throw duplicateKey(
          collectionOf.get(index)?.name ?? '',
          index.shape.name,
          keyText(index, change?.after ?? {}),
        );
      }
      claims.set(text, id);
    }
  }
}

/** One that is still being built refuses no write: its build fails instead. */
const isGuarded = ({ shape, whole }: SecondaryIndex) => shape.unique === true && whole;

/**
 * A document's values in an index, as a duplicate key is reported.
 *
 * @example keyText(phoneIndex, { _id: 'm1', phone: '138' }); // → '{ phone: "138" }'
 */
export function keyText(index: SecondaryIndex, doc: Doc): string {
  const parts = index.shape.keys.map(([field]) => {
    const value = field.split('.').reduce<unknown>((at, step) => (at as Doc | null | undefined)?.[step], doc);
    return `${field}: ${JSON.stringify(value ?? null)}`;
  });
  return `{ ${parts.join(', ')} }`;
}

/** Writes checked changes. Runs inside the commit queue only. */
export function applyChanges(checked: CheckedChanges, saveRecord: (collection: Collection) => void): void {
  for (const { collection, id, before, after } of checked.changes) {
    let learnt = false;
    if (after) {
      for (const index of collection.filedIn)
        if (index.sees(before, after)) learnt = index.learn(after) || learnt;
    }
    if (learnt) saveRecord(collection);
    if (after) collection.put(id, after);
    else collection.remove(id);
    collection.count += Number(after !== undefined) - Number(before !== undefined);
  }
  for (const { index, id, before, after } of checked.filings) index.refile(id, before, after);
}
