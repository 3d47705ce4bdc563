import { requestFailed } from '../failures';
import type { Collection } from '../store/collection';
import { isPlainObject, type Doc } from '../store/values';
import { distance, shapeOf, type Position } from './geo';
import { endsAt } from './reach';

/** "Near this place" as a query says it. */
export interface Near {
  field: string;
  centre: Position;
  /** Metres; Infinity when nothing bounds the distance. */
  most: number;
}

/**
 * The condition of a query by which the answers come nearest first: `$near` or `$nearSphere`, at
 * the top or inside `$and`.
 *
 * @example nearOf({ at: { $nearSphere: { $geometry: hangzhou } } }); // → { field: 'at', centre: [120.1, 30.2], most: Infinity }
 */
export function nearOf(query: Doc | undefined): Near | undefined {
  for (const [field, condition] of Object.entries(query ?? {})) {
    if (field === '$and' && Array.isArray(condition)) {
      for (const part of condition) {
        const found = isPlainObject(part) ? nearOf(part) : undefined;
        if (found) return found;
      }
    }
    const near = isPlainObject(condition) ? (condition.$nearSphere ?? condition.$near) : undefined;
    const centre = isPlainObject(near) ? shapeOf(near.$geometry)?.points[0] : undefined;
    if (!centre) continue;
    const most = (near as Doc).$maxDistance;
    return { field, centre, most: typeof most === 'number' ? most : Infinity };
  }
  return undefined;
}

/** How far a document's place is, in metres; Infinity when it has none. */
export function metresTo({ field, centre }: Near): (doc: Doc) => number {
  const path = field.split('.');
  return (doc) => {
    const place = placeAt(doc, path);
    return place ? distance(place.position, centre) : Infinity;
  };
}

/** The first place a path leads to. */
export function placeAt(
  doc: Doc,
  path: readonly string[],
): { position: Position; value: unknown } | undefined {
  for (const value of endsAt(doc, path)) {
    const position = shapeOf(value)?.points[0];
    if (position) return { position, value };
  }
  return undefined;
}

/** MongoDB answers no "near" without an index by place, and says so in these words. */
export function demandPlaceIndex(collection: Collection, query: Doc | undefined): void {
  const near = nearOf(query);
  if (!near || collection.indexes.some(({ shape }) => isByPlace(shape.keys, near.field))) return;
  throw requestFailed(
    `error processing query: ns=${collection.name} field=${near.field} planner returned error :: caused by :: unable to find index for $geoNear query`,
  );
}

const isByPlace = (keys: readonly (readonly [string, unknown])[], field: string) =>
  keys.some(([key, kind]) => key === field && kind === '2dsphere');
