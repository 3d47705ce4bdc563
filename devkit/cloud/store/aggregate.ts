import { requestFailed } from '../failures';
import { shapeOf } from '../query/geo';
import { compileQuery } from '../query/matching';
import { nearOf } from '../query/near';
import { runStages } from '../query/pipeline';
import type { Collection } from './collection';
import { candidates, findDocuments, type Looked } from './find';
import { planQuery, type SortKeys } from './planner';
import { readSort } from './sorting';
import type { Store } from './store';
import { isPlainObject, type Doc } from './values';

/** Without a `$limit` of its own, an aggregation answers with 20 documents, as the service does. */
const DEFAULT_LIMIT = 20;

export interface Aggregated {
  rows: Doc[];
  /** How the documents of the leading `$match` or `$geoNear` were found. */
  looked: Looked;
}

/**
 * Runs an aggregation. A leading `$match` (and a `$sort` after it) goes through the indexes, and
 * documents stream through the stages.
 */
export function aggregate(store: Store, collection: Collection, stages: Doc[]): Aggregated {
  const names = stages.map(stageName);
  refuseMisplaced(names, stages);
  const limited = names.includes('$limit') ? stages : [...stages, { $limit: DEFAULT_LIMIT }];
  try {
    return names[0] === '$geoNear'
      ? fromNear(store, collection, limited)
      : fromMatch(store, collection, limited);
  } catch (cause) {
    // mingo says what is wrong with a stage by a plain Error: it is the caller's mistake, not ours.
    if (cause instanceof Error && cause.constructor.name !== 'CloudError') throw requestFailed(cause.message);
    throw cause;
  }
}

function refuseMisplaced(names: readonly string[], stages: readonly Doc[]): void {
  if (names.lastIndexOf('$geoNear') > 0) {
    throw requestFailed('$geoNear is only valid as the first stage in a pipeline');
  }
  if (stages.some(({ $match }) => isPlainObject($match) && nearOf($match))) {
    throw requestFailed('$geoNear, $near, and $nearSphere are not allowed in this context');
  }
}

function fromMatch(store: Store, collection: Collection, stages: Doc[]): Aggregated {
  const query = stages[0]?.$match as Doc | undefined;
  const rest = query ? stages.slice(1) : stages;
  const sort: SortKeys = rest[0] && '$sort' in rest[0] ? readSort(rest[0].$sort) : [];
  const plan = planQuery(collection, query, sort);
  const matches = compileQuery(query);
  const looked: Looked = { scanned: 0, found: 0, plan, sorts: sort.length > 0 && !plan.sorted };
  function* source() {
    for (const doc of candidates(collection, plan)) {
      looked.scanned++;
      if (!matches(doc)) continue;
      looked.found++;
      yield doc;
    }
  }
  const rows = runStages(store, plan.sorted && sort.length > 0 ? rest.slice(1) : rest, source());
  return { rows, looked };
}

/** Nearest first, by the collection's index by place; no more are looked for than the next stage takes. */
function fromNear(store: Store, collection: Collection, stages: Doc[]): Aggregated {
  const [first, second] = stages;
  const spec = isPlainObject(first?.$geoNear) ? first.$geoNear : {};
  const key = placeKey(collection, spec.key);
  const stage = { $geoNear: { ...spec, key } };
  if (!shapeOf(spec.near)) return { rows: runStages(store, [stage], []), looked: noLook(collection) };
  const { maxDistance: $maxDistance, minDistance: $minDistance } = spec;
  const near = {
    $geometry: spec.near,
    ...(typeof $maxDistance === 'number' && { $maxDistance }),
    ...(typeof $minDistance === 'number' && { $minDistance }),
  };
  const query = {
    $and: [...(isPlainObject(spec.query) ? [spec.query] : []), { [key]: { $nearSphere: near } }],
  };
  const limits = [spec.limit ?? spec.num, second?.$limit].filter((one) => typeof one === 'number');
  const { docs, ...looked } = findDocuments(collection, query, { limit: Math.min(Infinity, ...limits) });
  return { rows: runStages(store, [stage, ...stages.slice(1)], docs), looked };
}

const noLook = (collection: Collection): Looked => ({
  scanned: 0,
  found: 0,
  plan: planQuery(collection, undefined, []),
  sorts: false,
});

/** The field `$geoNear` goes by: the one named, or that of the only index by place. */
function placeKey(collection: Collection, named: unknown): string {
  const fields = new Set(
    collection.indexes.flatMap(({ shape }) =>
      shape.keys.filter(([, kind]) => kind === '2dsphere').map(([field]) => field),
    ),
  );
  const [only, ...more] = fields;
  if (only === undefined || (typeof named === 'string' && !fields.has(named))) {
    throw requestFailed('$geoNear requires a 2d or 2dsphere index, but none were found');
  }
  if (typeof named === 'string') return named;
  if (more.length === 0) return only;
  throw requestFailed(
    `There is more than one 2dsphere index on ${collection.name}; unsure which to use for $geoNear: name its field as key`,
  );
}

function stageName(stage: unknown): string {
  const [name, ...more] = isPlainObject(stage) ? Object.keys(stage) : [];
  if (name === undefined || more.length > 0) {
    throw requestFailed('A pipeline stage specification object must contain exactly one field.');
  }
  return name;
}
