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

function keep(doc: Doc, projection: Doc, withId: boolean): Doc {
  const kept: Doc = {};
  for (const field of Object.keys(doc)) {
    if (field === '_id' ? withId : projection[field] === 1) kept[field] = doc[field];
  }
  return kept;
}
