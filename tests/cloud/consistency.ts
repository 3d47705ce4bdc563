import type { Collection } from '../../devkit/cloud/store/collection';
import { entryKey, type DocId } from '../../devkit/cloud/store/key-order';

/** What the indexes of a collection hold too much or too little, compared with its documents. */
export function indexesDisagree(collection: Collection): string[] {
  const problems: string[] = [];
  for (const index of collection.indexes) {
    const expected = new Set<string>();
    for (const doc of collection.range({})) {
      for (const key of index.fieldKeys(doc)) expected.add(entryKey(key, doc._id as DocId).toString('hex'));
    }
    for (const key of index.allEntries()) {
      const text = (key as Buffer).toString('hex');
      if (!expected.delete(text)) problems.push(`${index.shape.name} has too much: ${text}`);
    }
    for (const text of expected) problems.push(`${index.shape.name} misses: ${text}`);
  }
  return problems;
}
