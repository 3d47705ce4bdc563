import type { Collections } from '../documents';

/** One index, in the words of the service. Used by the local cloud and by deployment alike. */
export interface IndexDeclaration {
  collection: keyof Collections;
  name: string;
  keys: [field: string, direction: 1 | -1][];
  unique?: boolean;
}

/** An index's name, its keys in their order, and whether two documents may not have the same. */
type Index = readonly [name: string, keys: Readonly<Record<string, 1 | -1>>, unique?: 'unique'];

/**
 * The indexes of a collection.
 *
 * @example on('tasks', [['link', { link: 1 }, 'unique']]) // → [{ collection: 'tasks', name: 'link', keys: [['link', 1]], unique: true }]
 */
export function on(collection: keyof Collections, indexes: readonly Index[]): IndexDeclaration[] {
  return indexes.map(([name, keys, unique]) => ({
    collection,
    name,
    keys: Object.entries(keys),
    ...(unique ? { unique: true } : {}),
  }));
}
