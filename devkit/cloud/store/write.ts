import { duplicateKey, invalidParam, requestFailed } from '../failures';
import { applyUpdate, isUpdate } from '../update/apply';
import { applyChanges, checkChanges, type Change } from './change';
import type { Collection } from './collection';
import { findDocuments, type Looked } from './find';
import { encodeId, type DocId } from './key-order';
import type { Store } from './store';
import type { OpenTransaction } from './transactions';
import { isPlainObject, sameValue, type Doc } from './values';

/** What a write needs beside the store: ids for new documents, and the time for `$currentDate`. */
export interface WriteContext {
  store: Store;
  newId: () => string;
  now: () => number;
  transaction: OpenTransaction | undefined;
}

export interface Modified {
  matched: number;
  updated: number;
  upsertId: DocId | null;
  doc: Doc | null;
  /** How the documents were found. */
  looked: Looked;
}

const LONGEST_ID = 512;

/** Stores new documents, all or none; the ids given or made. */
export function insertDocuments(
  context: WriteContext,
  collection: Collection,
  docs: Doc[],
): Promise<DocId[]> {
  return perform(context, () => {
    const ids = new Set<DocId>();
    const changes = docs.map((doc): Change => {
      refuseOperators(doc);
      const id = doc._id === undefined ? context.newId() : checkId(doc._id);
      if (ids.has(id) || lookUp(context, collection, id)) {
        throw duplicateKey(collection.name, '_id_', `{ _id: ${JSON.stringify(id)} }`);
      }
      ids.add(id);
      return { collection, id, before: undefined, after: withId(id, doc) };
    });
    return { changes, answer: [...ids] };
  });
}

export interface ModifyRequest {
  query: Doc | undefined;
  data: Doc;
  /** All that match, or the first. */
  multi: boolean;
  /** True for update operators, false to replace the whole document. */
  merge: boolean;
  upsert: boolean;
}

/** Changes matching documents by operators, or replaces one; a change to nothing is not counted as updated. */
export function modifyDocuments(
  context: WriteContext,
  collection: Collection,
  { query, data, multi, merge, upsert }: ModifyRequest,
): Promise<Modified> {
  if (merge && !isUpdate(data))
    throw requestFailed('the update must consist of update operators such as $set');
  if (!merge) refuseOperators(data);
  return perform<Modified>(context, () => {
    const { docs, ...looked } = findDocuments(collection, query, {
      limit: multi ? Infinity : 1,
      transaction: context.transaction,
    });
    if (docs.length === 0 && upsert) {
      const id = checkId(query?._id ?? context.newId());
      const after = merge ? applyUpdate({ _id: id }, data, context.now(), true) : replacement(id, data);
      const change: Change = { collection, id, before: undefined, after };
      return { changes: [change], answer: { matched: 0, updated: 0, upsertId: id, doc: after, looked } };
    }
    const changes: Change[] = [];
    let last: Doc | null = null;
    for (const before of docs) {
      const id = before._id as DocId;
      const after = merge ? applyUpdate(before, data, context.now(), false, query) : replacement(id, data);
      if (!sameValue(before, after)) changes.push({ collection, id, before, after });
      last = after;
    }
    const updated = changes.length;
    return { changes, answer: { matched: docs.length, updated, upsertId: null, doc: last, looked } };
  });
}

/** Removes what matches (all, or the first). */
export function removeDocuments(
  context: WriteContext,
  collection: Collection,
  query: Doc | undefined,
  multi: boolean,
): Promise<{ deleted: number; looked: Looked }> {
  return perform(context, () => {
    const { docs, ...looked } = findDocuments(collection, query, {
      limit: multi ? Infinity : 1,
      transaction: context.transaction,
    });
    const changes = docs.map((before): Change => ({
      collection,
      id: before._id as DocId,
      before,
      after: undefined,
    }));
    return { changes, answer: { deleted: docs.length, looked } };
  });
}

/** Decides and stores in one step, so that nothing can come between the reading and the writing. */
async function perform<T>(context: WriteContext, decide: () => { changes: Change[]; answer: T }): Promise<T> {
  const { store, transaction } = context;
  if (transaction) {
    try {
      const { changes, answer } = decide();
      for (const change of changes) store.transactions.write(transaction, change);
      return answer;
    } catch (refusal) {
      store.transactions.fail(transaction);
      throw refusal;
    }
  }
  return store.commits.submit(() => {
    const { changes, answer } = decide();
    store.transactions.mustNotBeHeld(changes);
    applyChanges(checkChanges(changes), (collection) => store.saveRecord(collection));
    store.transactions.noteWritten(changes);
    return answer;
  });
}

function lookUp({ transaction }: WriteContext, collection: Collection, id: DocId): Doc | undefined {
  const overlay = transaction?.overlays.get(collection);
  return overlay?.has(id) ? overlay.get(id) : collection.get(id, transaction?.read);
}

function checkId(id: unknown): DocId {
  const usable = typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id));
  if (!usable) throw invalidParam('_id must be a string or a number');
  if (encodeId(id).length > LONGEST_ID) throw invalidParam(`_id is longer than ${LONGEST_ID} bytes`);
  return id;
}

/** The document with its id in front, where the service keeps it. */
const withId = (id: DocId, doc: Doc): Doc => Object.assign({ _id: id }, doc, { _id: id });

function replacement(id: DocId, data: Doc): Doc {
  if (data._id !== undefined && data._id !== id)
    throw requestFailed(
      "After applying the update, the (immutable) field '_id' was found to have been altered",
    );
  return withId(id, data);
}

function refuseOperators(doc: Doc): void {
  if (!isPlainObject(doc)) throw invalidParam('a document must be an object');
  for (const field of Object.keys(doc)) {
    if (field.startsWith('$')) throw requestFailed(`Document can't have $ prefixed field names: ${field}`);
  }
}
