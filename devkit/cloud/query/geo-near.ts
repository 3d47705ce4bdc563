import { Lazy, type Iterator } from 'mingo/lazy';
import { requestFailed } from '../failures';
import { isPlainObject, type Doc } from '../store/values';
import { distance, shapeOf } from './geo';
import { compileQuery } from './matching';
import { placeAt } from './near';

/** `$geoNear`: nearest first by the place at `key`, the distance in metres written into `distanceField`. */
export function geoNear(rows: Iterator, spec: Doc): Iterator {
  const { near, distanceField, query, key, includeLocs } = spec;
  const centre = shapeOf(near)?.points[0];
  if (!centre) throw requestFailed('$geoNear requires near to be a point');
  if (typeof distanceField !== 'string')
    throw requestFailed("$geoNear requires a 'distanceField' option as a String");
  const matches = compileQuery(query as Doc | undefined);
  const path = String(key).split('.');
  const most = numberOr(spec.maxDistance, Infinity);
  const least = numberOr(spec.minDistance, 0);
  const found: { metres: number; doc: Doc }[] = [];
  rows.each((doc: Doc) => {
    if (!matches(doc)) return;
    const place = placeAt(doc, path);
    if (!place) return;
    const metres = distance(place.position, centre);
    if (metres > most || metres < least) return;
    const row = assign(doc, distanceField, metres * numberOr(spec.distanceMultiplier, 1));
    found.push({
      metres,
      doc: typeof includeLocs === 'string' ? assign(row, includeLocs, place.value) : row,
    });
  });
  found.sort((a, b) => a.metres - b.metres);
  return Lazy(found.slice(0, numberOr(spec.limit ?? spec.num, Infinity)).map(({ doc }) => doc));
}

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);

/** A copy of the document with one (possibly dotted) field written. */
function assign(doc: Doc, path: string, value: unknown): Doc {
  const [head = '', ...rest] = path.split('.');
  const inner = doc[head];
  return {
    ...doc,
    [head]: rest.length === 0 ? value : assign(isPlainObject(inner) ? inner : {}, rest.join('.'), value),
  };
}
