import type * as CloudBaseSdk from '@cloudbase/node-sdk';

/** The running chain's database, as the desk and the demo loader see it: through the same SDK as the functions. */
export interface ChainDatabase {
  /** at most 1000, in no particular order */
  page<T>(collection: string, where: object, limit: number): Promise<T[]>;
  /** behind the document `after`, by id, at most 1000 */
  pageBehind<T>(collection: string, after: string, limit: number): Promise<T[]>;
  add(collection: string, docs: readonly object[]): Promise<void>;
  startingWith(text: string): unknown;
}

/**
 * Opens the database of a local cloud in this process.
 *
 * @param environment what `LocalCloud.sdkEnvironment()` gave
 */
export function openChainDatabase(environment: Record<string, string>, env: string): ChainDatabase {
  Object.assign(process.env, environment);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK reads process.env when it loads
  const sdk = require('@cloudbase/node-sdk') as typeof CloudBaseSdk;
  const db = sdk.init({ env }).database();
  return {
    async page<T>(collection: string, where: object, limit: number): Promise<T[]> {
      const answer: unknown = await db.collection(collection).where(where).limit(limit).get();
      return (answer as { data: T[] }).data;
    },
    async pageBehind<T>(collection: string, after: string, limit: number): Promise<T[]> {
      const answer: unknown = await db
        .collection(collection)
        .where({ _id: db.command.gt(after) })
        .orderBy('_id', 'asc')
        .limit(limit)
        .get();
      return (answer as { data: T[] }).data;
    },
    async add(collection, docs) {
      await db.collection(collection).add([...docs]);
    },
    startingWith: (text) =>
      db.RegExp({ regexp: `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, options: '' }),
  };
}
