import { Query } from 'mingo/query';
import { Context } from 'mingo/core';
import { requestFailed } from '../failures';
import { copyValue, isPlainObject, type Doc } from '../store/values';
import { OPERATORS } from './expressions';

const context = Context.init(OPERATORS as never);

/**
 * The fields of documents a request asked for: `{ a: 1 }` keeps, `{ a: 0 }` leaves out, `_id` is
 * kept unless left out by name; objects such as `{ $slice: 2 }` go through mingo.
 */
export function projector(projection: unknown): (doc: Doc) => Doc {
  if (projection === undefined || projection === null) return (doc) => doc;
  if (!isPlainObject(projection)) throw requestFailed('the projection must be an object');
  const fields = Object.entries(projection);
  if (fields.length === 0) return (doc) => doc;
  if (fields.some(([field]) => field.includes('.')) && fields.every(([, value]) => value === 1)) {
    const tree = treeOf(fields.map(([field]) => field));
    tree.set('_id', null);
    return (doc) => keepParts(doc, tree);
  }
  if (fields.some(([field, value]) => field.includes('.') || (value !== 1 && value !== 0))) {
    const query = new Query({}, { context });
    return (doc) => query.find<Doc>([copyValue(doc)], projection as never).all()[0] ?? {};
  }
  const others = fields.filter(([field]) => field !== '_id');
  const keeps = others.some(([, value]) => value === 1);
  if (keeps && others.some(([, value]) => value === 0)) {
    throw requestFailed('Projection cannot have a mix of inclusion and exclusion.');
  }
  const withId = projection._id !== 0;
  if (keeps || (others.length === 0 && projection._id === 1)) return (doc) => keep(doc, projection, withId);
  return (doc) => {
    const rest = { ...doc };
    for (const [field] of fields) delete rest[field];
    return rest;
  };
}

/** Dotted paths as a tree; null = the whole of it. */
type Tree = Map<string, Tree | null>;

function treeOf(paths: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    let at = root;
    const steps = path.split('.');
    for (const [n, step] of steps.entries()) {
      const isLast = n === steps.length - 1;
      const below = at.get(step);
      if (below === null || (below !== undefined && isLast)) throw requestFailed(`Path collision at ${path}`);
      const next = below ?? (isLast ? null : (new Map() as Tree));
      at.set(step, next);
      if (next) at = next;
    }
  }
  return root;
}

/** Parts of a document in the document's own order. What is no object where the path goes on is left out, in lists too. */
function keepParts(doc: Doc, tree: Tree): Doc {
  const kept: Doc = {};
  for (const field of Object.keys(doc)) {
    const below = tree.get(field);
    if (below === undefined) continue;
    const value = below === null ? doc[field] : partsOf(doc[field], below);
    if (value !== undefined) kept[field] = value;
  }
  return kept;
}

function partsOf(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((one) => partsOf(one, tree)).filter((one) => one !== undefined);
  return isPlainObject(value) ? keepParts(value, tree) : undefined;
}

function keep(doc: Doc, projection: Doc, withId: boolean): Doc {
  const kept: Doc = {};
  for (const field of Object.keys(doc)) {
    if (field === '_id' ? withId : projection[field] === 1) kept[field] = doc[field];
  }
  return kept;
}
