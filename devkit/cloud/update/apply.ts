import { requestFailed } from '../failures';
import { copyValue, isPlainObject, type Doc } from '../store/values';
import { ARRAY_OPERATORS } from './arrays';
import { FIELD_OPERATORS } from './fields';
import { placesOf, type Place } from './place';
import { resolvePositional } from './positional';

/** Applies one operator's argument at one place of a document. */
export type UpdateOperator = (place: Place, argument: unknown, context: UpdateContext) => void;
export interface UpdateContext {
  operator: string;
  path: string;
  id: unknown;
  now: number;
}

const OPERATORS: Record<string, UpdateOperator> = { ...FIELD_OPERATORS, ...ARRAY_OPERATORS };
/** They only take away: a path to nothing stays a path to nothing. */
const TAKING_AWAY = new Set(['$unset', '$rename', '$pop', '$pull', '$pullAll']);

/** Whether this is an update by operators: not empty, and every key an operator. */
export function isUpdate(data: unknown): data is Doc {
  return (
    isPlainObject(data) &&
    Object.keys(data).length > 0 &&
    Object.keys(data).every((key) => key.startsWith('$'))
  );
}

/**
 * The document after an update; the one given stays as it was. Misuse is an error as in MongoDB,
 * never a silent nothing. `query` is what found the document: a `$` in a path stands for the element
 * of an array that it matched.
 *
 * @example applyUpdate({ _id: 'a', n: 1 }, { $inc: { n: 2 } }, 0, false); // → { _id: 'a', n: 3 }
 */
export function applyUpdate(doc: Doc, update: Doc, now: number, inserting: boolean, query?: Doc): Doc {
  // Fields that no operator names stay the very same values, by which the store knows what it need not file anew.
  const result = { ...doc };
  const copied = new Set<string>();
  const own = (path: string) => {
    const root = rootOf(path);
    if (copied.has(root) || !Object.hasOwn(result, root)) return;
    copied.add(root);
    result[root] = copyValue(result[root]);
  };
  const touched: string[] = [];
  for (const [name, fields] of Object.entries(update)) {
    if (name === '$setOnInsert' && !inserting) continue;
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!operator) throw requestFailed(`Unknown modifier: ${name}`);
    if (!isPlainObject(fields))
      throw requestFailed(`Modifiers operate on fields but we found another type for ${name}`);
    if (Object.keys(fields).length === 0) {
      throw requestFailed(`'${name}' is empty. You must specify a field like so: {${name}: {<field>: ...}}`);
    }
    for (const [written, argument] of Object.entries(fields)) {
      const path = resolvePositional(written, doc, query);
      checkPath(path, touched);
      own(path);
      for (const place of placesOf(result, path, !TAKING_AWAY.has(name))) {
        operator(place, argument, { operator: name, path, id: doc._id, now });
      }
      if (name === '$rename') {
        own(String(argument));
        renameTo(result, path, String(argument), doc, touched);
      }
    }
  }
  return result;
}

/** @example rootOf('facts.categories.0') // → 'facts' */
export const rootOf = (path: string): string => {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
};

function checkPath(path: string, touched: string[]): void {
  if (path === '_id' || path.startsWith('_id.')) {
    throw requestFailed("Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  if (path === '' || path.split('.').some((step) => step === '' || step === '__proto__')) {
    throw requestFailed(`The update path '${path}' contains an empty or forbidden field name`);
  }
  const clash = touched.find(
    (other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`),
  );
  if (clash !== undefined)
    throw requestFailed(`Updating the path '${path}' would create a conflict at '${clash}'`);
  touched.push(path);
}

/** `$rename` has taken the value out of its old place by now; the original document still has it. */
function renameTo(result: Doc, from: string, to: string, original: Doc, touched: string[]): void {
  checkPath(to, touched);
  const [source] = placesOf(copyValue(original), from, false);
  const value = source?.get();
  if (value === undefined) return;
  for (const place of placesOf(result, to, true)) place.set(value);
}
