import { requestFailed } from '../failures';
import { compileQuery } from '../query/matching';
import { runStages } from '../query/pipeline';
import type { Collection } from './collection';
import { candidates } from './find';
import { planQuery, type SortKeys } from './planner';
import { readSort } from './sorting';
import type { Store } from './store';
import { isPlainObject, type Doc } from './values';

/** Without a `$limit` of its own, an aggregation answers with 20 documents, as the service does. */
const DEFAULT_LIMIT = 20;

/**
 * Runs an aggregation. A leading `$match` (and a `$sort` after it) goes through the indexes, and
 * documents stream through the stages.
 */
export function aggregate(store: Store, collection: Collection, stages: Doc[]): Doc[] {
  const names = stages.map(stageName);
  if (names.includes('$geoNear') && names[0] !== '$geoNear') {
    throw requestFailed('$geoNear is only valid as the first stage in a pipeline');
  }
  const first = stages[0];
  const query = names[0] === '$match' ? (first?.$match as Doc) : undefined;
  const rest = query ? stages.slice(1) : stages;
  const sort: SortKeys = rest[0] && '$sort' in rest[0] ? readSort(rest[0].$sort) : [];
  const plan = planQuery(collection, names[0] === '$geoNear' ? reachOf(first?.$geoNear) : query, sort);
  const remaining = plan.sorted && sort.length > 0 ? rest.slice(1) : rest;
  const limited = names.includes('$limit') ? remaining : [...remaining, { $limit: DEFAULT_LIMIT }];
  const matches = compileQuery(query);
  function* source() {
    for (const doc of candidates(collection, plan)) if (matches(doc)) yield doc;
  }
  try {
    return runStages(store, limited, source());
  } catch (cause) {
    // mingo says what is wrong with a stage by a plain Error: it is the caller's mistake, not ours.
    if (cause instanceof Error && cause.constructor.name !== 'CloudError') throw requestFailed(cause.message);
    throw cause;
  }
}

/** The query whose plan has every document a `$geoNear` may answer with; the stage itself tests them. */
function reachOf(spec: unknown): Doc | undefined {
  if (!isPlainObject(spec)) return undefined;
  const { near, key, query, maxDistance } = spec;
  const parts = isPlainObject(query) ? [query] : [];
  if (typeof key === 'string' && typeof maxDistance === 'number')
    parts.push({ [key]: { $nearSphere: { $geometry: near, $maxDistance: maxDistance } } });
  return { $and: parts };
}

function stageName(stage: unknown): string {
  const [name, ...more] = isPlainObject(stage) ? Object.keys(stage) : [];
  if (name === undefined || more.length > 0) {
    throw requestFailed('A pipeline stage specification object must contain exactly one field.');
  }
  return name;
}
