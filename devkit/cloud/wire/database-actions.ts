import { invalidParam } from '../failures';
import { demandPlaceIndex } from '../query/near';
import { projector } from '../query/projection';
import { aggregate } from '../store/aggregate';
import type { Collection } from '../store/collection';
import { countDocuments, describePlan, findDocuments, type Looked } from '../store/find';
import { readSort } from '../store/sorting';
import { isPlainObject, type Doc } from '../store/values';
import { insertDocuments, modifyDocuments, removeDocuments, type WriteContext } from '../store/write';
import { decode, replyText } from './ejson';
import type { Action, ActionContext, Parameters } from './action';

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 1000;
/** A query that looks at this many documents for so few results deserves an index. */
const MANY_SCANNED = 1000;
const FEW_FOUND = 10;

const inner = { ok: {} };

function writeContext({ cloud }: ActionContext, parameters: Parameters): WriteContext {
  const transaction = cloud.store.transactions.find(parameters.transactionId);
  return { store: cloud.store, newId: cloud.newId, now: cloud.now, transaction };
}

function readQuery(collection: Collection, parameters: Parameters, now: number): Doc | undefined {
  const query = decode(parameters.query, now);
  if (query !== undefined && !isPlainObject(query)) throw invalidParam('query must be an object');
  demandPlaceIndex(collection, query);
  return query;
}

const addCollection: Action = async ({ cloud }, { collectionName }) => {
  await cloud.store.createCollection(collectionName);
  return inner.ok;
};

const insertDocument: Action = async (context, parameters) => {
  const { cloud } = context;
  const collection = cloud.store.collection(parameters.collectionName);
  if (!Array.isArray(parameters.data) || parameters.data.length === 0)
    throw invalidParam('data must be a list');
  const docs = parameters.data.map((text) => decode(text, cloud.now()) as Doc);
  return {
    data: { insertedIds: await insertDocuments(writeContext(context, parameters), collection, docs) },
  };
};

const getDocument: Action = (context, parameters) => {
  const { cloud } = context;
  const collection = cloud.store.collection(parameters.collectionName);
  const byId = parameters.queryType === 'DOC';
  const query = readQuery(collection, parameters, cloud.now());
  const found = findDocuments(collection, query, {
    sort: readSort(decode(parameters.order, cloud.now())),
    skip: wholeNumber(parameters.offset, 'offset', 0),
    // The SDK sends no limit 0; a client that does gets the default, as from the service.
    limit: byId ? 1 : Math.min(wholeNumber(parameters.limit, 'limit', 0) || DEFAULT_LIMIT, LARGEST_LIMIT),
    transaction: cloud.store.transactions.find(parameters.transactionId),
  });
  keepLook(context, collection, query, found);
  const project = projector(decode(parameters.projection, cloud.now()));
  return { data: { list: found.docs.map((doc) => replyText(project(doc))) } };
};

/** Every look is remembered by its kind; one that looks at far more than it finds is a warning. */
function keepLook(
  { cloud, requestId, owner }: ActionContext,
  collection: Collection,
  query: unknown,
  looked: Looked,
): void {
  cloud.queries.keep(collection.name, query, looked, owner !== undefined);
  const { scanned, found, plan } = looked;
  if (scanned <= MANY_SCANNED || found >= FEW_FOUND) return;
  const message = `${scanned} documents looked at for ${found} found (${describePlan(plan)}): an index is missing`;
  cloud.log({ level: 'warn', source: 'database', about: collection.name, message, requestId });
}

const calculateDocument: Action = (context, parameters) => {
  const { cloud } = context;
  const collection = cloud.store.collection(parameters.collectionName);
  const query = readQuery(collection, parameters, cloud.now());
  const counted = countDocuments(collection, query);
  keepLook(context, collection, query, counted);
  return { data: { total: counted.found } };
};

const modifyDocument: Action = async (context, parameters) => {
  const { cloud } = context;
  warnIfOutside(context, parameters);
  const collection = cloud.store.collection(parameters.collectionName);
  const query = readQuery(collection, parameters, cloud.now());
  const { updated, upsertId, looked } = await modifyDocuments(writeContext(context, parameters), collection, {
    query,
    data: readData(parameters, cloud.now()),
    multi: parameters.multi === true,
    merge: parameters.merge === true,
    upsert: parameters.upsert === true,
  });
  keepLook(context, collection, query, looked);
  return { data: { updated, upsert_id: upsertId } };
};

const modifyAndReturnDoc: Action = async (context, parameters) => {
  const { cloud } = context;
  const collection = cloud.store.collection(parameters.collectionName);
  const query = readQuery(collection, parameters, cloud.now());
  const { matched, doc, looked } = await modifyDocuments(writeContext(context, parameters), collection, {
    query,
    data: readData(parameters, cloud.now()),
    multi: false,
    merge: true,
    upsert: false,
  });
  keepLook(context, collection, query, looked);
  return { data: { updated: matched, doc: doc ? replyText(doc) : null } };
};

const removeDocument: Action = async (context, parameters) => {
  const { cloud } = context;
  warnIfOutside(context, parameters);
  const collection = cloud.store.collection(parameters.collectionName);
  const query = readQuery(collection, parameters, cloud.now());
  const multi = parameters.multi === true;
  const writing = writeContext(context, parameters);
  const { deleted, looked } = await removeDocuments(writing, collection, query, multi);
  keepLook(context, collection, query, looked);
  return { data: { deleted } };
};

/** The SDK drops the transaction from `where().update()`: it is reproduced, but not in silence. */
function warnIfOutside({ cloud, requestId, owner }: ActionContext, parameters: Parameters): void {
  if (parameters.transactionId || parameters.queryType !== 'WHERE' || !owner) return;
  if (!cloud.store.transactions.isOpenFor(owner)) return;
  const message = `${String(parameters.action)} by where() while a transaction is open runs outside it: use .doc()`;
  cloud.log({
    level: 'warn',
    source: 'database',
    about: String(parameters.collectionName),
    message,
    requestId,
  });
}

const aggregateDocuments: Action = (context, { collectionName, stages }) => {
  const { cloud } = context;
  const collection = cloud.store.collection(collectionName);
  if (!Array.isArray(stages)) throw invalidParam('stages must be a list');
  const pipeline = stages.map((stage: unknown) => {
    const { stageKey, stageValue } = isPlainObject(stage) ? stage : {};
    if (typeof stageKey !== 'string') throw invalidParam('a stage needs a stageKey');
    return { [stageKey]: decode(stageValue, cloud.now()) };
  });
  const { rows, looked } = aggregate(cloud.store, collection, pipeline);
  keepLook(context, collection, pipeline[0]?.['$match'] ?? {}, looked);
  return { data: { list: rows.map(replyText) } };
};

const startTransaction: Action = ({ cloud, owner }) => ({
  transactionId: cloud.store.transactions.begin(owner),
});

const commitTransaction: Action = async ({ cloud }, { transactionId }) => {
  await cloud.store.transactions.commit(transactionId);
  return inner.ok;
};

const abortTransaction: Action = ({ cloud }, { transactionId }) => {
  cloud.store.transactions.abort(transactionId);
  return inner.ok;
};

function readData(parameters: Parameters, now: number): Doc {
  const data = decode(parameters.data, now);
  if (!isPlainObject(data)) throw invalidParam('data must be an object');
  return data;
}

function wholeNumber(value: unknown, name: string, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  throw invalidParam(`${name} must be a whole number from 0: ${String(value)}`);
}

export const DATABASE_ACTIONS: Record<string, Action> = {
  'database.addCollection': addCollection,
  'database.insertDocument': insertDocument,
  'database.getDocument': getDocument,
  'database.calculateDocument': calculateDocument,
  'database.modifyDocument': modifyDocument,
  'database.modifyAndReturnDoc': modifyAndReturnDoc,
  'database.removeDocument': removeDocument,
  'database.aggregateDocuments': aggregateDocuments,
  'database.startTransaction': startTransaction,
  'database.commitTransaction': commitTransaction,
  'database.abortTransaction': abortTransaction,
};
