import { Aggregator } from 'mingo/aggregator';
import { Context, evalExpr } from 'mingo/core';
import { Lazy, type Iterator } from 'mingo/lazy';
import { $group as mingoGroup, $lookup as mingoLookup } from 'mingo/operators/pipeline';
import type { AnyObject, Options } from 'mingo/types';
import { requestFailed } from '../failures';
import type { Collection } from '../store/collection';
import { findDocuments } from '../store/find';
import { valuesAt } from '../store/paths';
import { readSort, sortComparator } from '../store/sorting';
import type { Store } from '../store/store';
import type { Doc } from '../store/values';
import { encodeDocument } from '../wire/ejson';
import { bucket } from './bucket';
import { OPERATORS } from './expressions';
import { geoNear } from './geo-near';
import { canStream, groupStreaming } from './group';
import { compileQuery } from './matching';
import { sample } from './sample';

type Stage = (rows: Iterator, argument: never, options: Options) => Iterator;

const contexts = new WeakMap<Store, Context>();

/** mingo's stages, with our own meaning of queries and order, and joins that use the store's indexes. */
function contextFor(store: Store): Context {
  const known = contexts.get(store);
  if (known) return known;
  const stages: Record<string, Stage> = {
    $match: (rows, query: Doc, options) => rows.filter(compileQuery(query, options)),
    $sort: (rows, order: Doc) => rows.transform((all) => Lazy(sorted(all, order))),
    $group: (rows, spec: Doc & { _id: unknown }, options) =>
      canStream(spec) ? Lazy(groupStreaming(rows, spec, options)) : mingoGroup(rows, spec, options),
    $bucket: (rows, spec: Doc, options) => Lazy(bucket(rows, spec, options)),
    $lookup: (rows, spec: Lookup, options) => lookup(store, rows, spec, options),
    $sample: (rows, spec: unknown) => Lazy(sample(rows, spec)),
    $geoNear: (rows, spec: Doc) => geoNear(rows, spec),
    $out: () => refuseWriting('$out'),
    $merge: () => refuseWriting('$merge'),
  };
  const made = Context.init({
    ...OPERATORS,
    pipeline: { ...OPERATORS.pipeline, ...(stages as object) },
  } as never);
  contexts.set(store, made);
  return made;
}

function sorted(rows: unknown, order: Doc): Doc[] {
  const all = Array.isArray(rows) ? (rows as Doc[]) : (rows as Iterator).collect<Doc>();
  return [...all].sort(sortComparator(readSort(order)));
}

function refuseWriting(stage: string): never {
  throw requestFailed(`${stage} is not allowed in an aggregation`);
}

/** Runs stages over documents that are read as they are needed. */
export function runStages(store: Store, stages: Doc[], docs: Iterable<Doc>, variables?: AnyObject): Doc[] {
  const collectionResolver = (name: string) => (store.has(name) ? [...store.collection(name).range({})] : []);
  const aggregator = new Aggregator(stages, {
    context: contextFor(store),
    collectionResolver,
    scriptEnabled: false,
    variables,
  });
  return aggregator.stream(docs).collect<Doc>();
}

interface Lookup {
  from: string;
  as: string;
  localField?: string;
  foreignField?: string;
  let?: AnyObject;
  pipeline?: Doc[];
}

function lookup(store: Store, rows: Iterator, spec: Lookup, options: Options): Iterator {
  const { from, as, localField, foreignField, pipeline = [] } = spec;
  if (typeof as !== 'string') throw requestFailed("$lookup requires the field 'as'");
  if (localField === undefined || foreignField === undefined)
    return mingoLookup(rows, spec as never, options);
  const partnersOf = store.has(from) ? joiner(store.collection(from), foreignField) : () => [];
  const path = localField.split('.');
  return rows.map((row: Doc) => {
    const partners = partnersOf(valuesAt(row, path));
    const variables = spec.let ? (evalExpr(row, spec.let, options) as AnyObject) : undefined;
    return { ...row, [as]: pipeline.length > 0 ? runStages(store, pipeline, partners, variables) : partners };
  });
}

/** By index (or by id) where there is one; otherwise the collection is sorted into a table once. */
function joiner(collection: Collection, field: string): (values: unknown[]) => Doc[] {
  const indexed = field === '_id' || collection.indexes.some(({ shape }) => shape.keys[0]?.[0] === field);
  if (indexed) return (values) => findDocuments(collection, { [field]: { $in: values } }).docs;
  const path = field.split('.');
  let table: Map<string, Doc[]> | undefined;
  return (values) => {
    table ??= tableBy(collection, path);
    const found = new Set<Doc>();
    for (const value of values) for (const doc of table.get(encodeDocument(value)) ?? []) found.add(doc);
    return [...found];
  };
}

function tableBy(collection: Collection, path: string[]): Map<string, Doc[]> {
  const table = new Map<string, Doc[]>();
  for (const doc of collection.range({})) {
    for (const value of valuesAt(doc, path)) {
      const key = encodeDocument(value);
      const row = table.get(key);
      if (row) row.push(doc);
      else table.set(key, [doc]);
    }
  }
  return table;
}
