import type * as CloudBaseSdk from '@cloudbase/node-sdk';

export type StoredDoc = { _id: string } & Record<string, unknown>;

/** A chain's documents, whole, for backup and restore: through the same SDK as the functions. */
export interface Documents {
  /** the next ones behind an id, by id; at most `limit`, which is at most 1000 */
  behind(collection: string, id: string, limit: number): Promise<StoredDoc[]>;
  /** of these ids, the documents that stand */
  standing(collection: string, ids: readonly string[]): Promise<StoredDoc[]>;
  add(collection: string, docs: readonly StoredDoc[]): Promise<void>;
  /** the whole document, in place of the one that stands */
  put(collection: string, doc: StoredDoc): Promise<void>;
  count(collection: string): Promise<number>;
}

/** @param environment what points the SDK to its cloud: a local one's, or an account's credentials */
export function openDocuments(environment: Readonly<Record<string, string>>, env: string): Documents {
  Object.assign(process.env, environment);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK reads process.env when it loads
  const sdk = require('@cloudbase/node-sdk') as typeof CloudBaseSdk;
  const [secretId, secretKey] = [environment['TENCENTCLOUD_SECRETID'], environment['TENCENTCLOUD_SECRETKEY']];
  const account = secretId && secretKey ? { secretId, secretKey } : {};
  const db = sdk.init({ env, ...account, timeout: 30_000 }).database();
  const _ = db.command;
  const rows = (answer: unknown) => (answer as { data: StoredDoc[] }).data;
  return {
    async behind(collection, id, limit) {
      const where = { _id: _.gt(id) };
      return rows(await db.collection(collection).where(where).orderBy('_id', 'asc').limit(limit).get());
    },
    async standing(collection, ids) {
      const where = { _id: _.in([...ids]) };
      return rows(await db.collection(collection).where(where).limit(1000).get());
    },
    async add(collection, docs) {
      await db.collection(collection).add([...docs]);
    },
    async put(collection, { _id, ...rest }) {
      await db.collection(collection).doc(_id).set(rest);
    },
    async count(collection) {
      return (await db.collection(collection).count()).total ?? 0;
    },
  };
}
