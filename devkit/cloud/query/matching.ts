import { Context } from 'mingo/core';
import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import { requestFailed } from '../failures';
import { isPlainObject, isRegExp, type Doc } from '../store/values';
import { OPERATORS } from './expressions';
import { FIELD_OPERATORS } from './operators';
import { endsAt, MISSING } from './reach';

export type Matcher = (doc: Doc) => boolean;
/** A condition on one field, given everything its path reaches. */
export type FieldTest = (ends: unknown[]) => boolean;

const EVERYTHING: Matcher = () => true;

/**
 * A query as a test of documents, with MongoDB's meaning: arrays match by any element, a missing
 * field counts as null. An unknown operator is refused, never ignored.
 *
 * `variables` are mingo's options of the stage a query stands in, for `$expr` to see `let` variables.
 *
 * @example compileQuery({ n: { $gt: 3 } })({ n: [1, 5] }); // → true
 */
export function compileQuery(query: Doc | undefined, variables?: Options): Matcher {
  if (query === undefined) return EVERYTHING;
  if (!isPlainObject(query)) throw requestFailed('the query must be an object');
  const tests = Object.entries(query).map(([key, condition]) =>
    key.startsWith('$') ? compileLogical(key, condition, variables) : compileField(key, condition),
  );
  const [first, second] = tests;
  if (!first) return EVERYTHING;
  if (!second) return first;
  return (doc) => tests.every((test) => test(doc));
}

function compileLogical(key: string, condition: unknown, variables: Options | undefined): Matcher {
  if (key === '$expr') {
    const options = variables ?? { context: expressionContext(), scriptEnabled: false };
    const query = new Query({ $expr: condition } as never, options);
    return (doc) => query.test(doc);
  }
  if (key === '$comment') return EVERYTHING;
  const missing = Object.hasOwn(NOT_HERE, key) ? NOT_HERE[key] : undefined;
  if (missing) throw requestFailed(`${key} is not supported by the local cloud: ${missing}`);
  if (key !== '$and' && key !== '$or' && key !== '$nor')
    throw requestFailed(`unknown top level operator: ${key}`);
  if (!Array.isArray(condition) || condition.length === 0)
    throw requestFailed(`${key} must be a nonempty array`);
  const parts = condition.map((part) => compileQuery(part as Doc, variables));
  if (key === '$and') return (doc) => parts.every((part) => part(doc));
  if (key === '$or') return branchById(condition, parts) ?? ((doc) => parts.some((part) => part(doc)));
  return (doc) => !parts.some((part) => part(doc));
}

/**
 * An `$or` of which every branch names one id, as a bulk update says it: a document is tested by its
 * own branches only. `undefined` for any other `$or`.
 */
function branchById(branches: readonly unknown[], parts: readonly Matcher[]): Matcher | undefined {
  const byId = new Map<unknown, Matcher[]>();
  for (const [i, branch] of branches.entries()) {
    const id = isPlainObject(branch) ? branch._id : undefined;
    const part = parts[i];
    if ((typeof id !== 'string' && typeof id !== 'number') || !part) return undefined;
    const known = byId.get(id);
    if (known) known.push(part);
    else byId.set(id, [part]);
  }
  return (doc) => byId.get(doc._id)?.some((part) => part(doc)) === true;
}

/** What MongoDB has and this cloud has not, with what to do instead. */
const NOT_HERE: Record<string, string> = {
  $jsonSchema:
    'ask for $type, $exists and comparisons field by field, or check documents before they are written',
  $text: 'search by a regular expression on an indexed field, or keep the words in an array',
  $where: 'no code runs inside a query: use $expr',
};

let knownContext: Context | undefined;
const expressionContext = () => (knownContext ??= Context.init(OPERATORS as never));

function compileField(field: string, condition: unknown): Matcher {
  const path = field.split('.');
  const test = compileCondition(condition);
  return (doc) => test(endsAt(doc, path));
}

/** A field's condition: an object of operators, a regular expression, or a value to equal. */
export function compileCondition(condition: unknown): FieldTest {
  if (isRegExp(condition)) return operator('$regex', condition, {});
  if (!isOperators(condition)) return operator('$eq', condition, {});
  const tests = Object.entries(condition)
    .filter(([name]) => name !== '$options' && name !== '$maxDistance' && name !== '$minDistance')
    .map(([name, argument]) => operator(name, argument, condition));
  return (ends) => tests.every((test) => test(ends));
}

function operator(name: string, argument: unknown, siblings: Doc): FieldTest {
  if (name === '$not') {
    const test = compileCondition(argument);
    return (ends) => !test(ends);
  }
  if (name === '$elemMatch') return elementTest(argument);
  const build = Object.hasOwn(FIELD_OPERATORS, name) ? FIELD_OPERATORS[name] : undefined;
  if (!build) throw requestFailed(`unknown operator: ${name}`);
  return build(argument, siblings);
}

function elementTest(argument: unknown): FieldTest {
  if (!isPlainObject(argument)) throw requestFailed('$elemMatch needs an Object');
  let passes: (element: unknown) => boolean;
  if (isOperators(argument) && !Object.keys(argument).some((key) => LOGICAL.has(key))) {
    const test = compileCondition(argument);
    passes = (element) => test([element]);
  } else {
    const matches = compileQuery(argument);
    passes = (element) => isPlainObject(element) && matches(element);
  }
  return (ends) => ends.some((end) => end !== MISSING && Array.isArray(end) && end.some(passes));
}

const LOGICAL = new Set(['$and', '$or', '$nor']);

/** `{}` is a value; `{ $gt: 1 }` is operators; a mixture is a mistake. */
function isOperators(value: unknown): value is Doc {
  if (!isPlainObject(value)) return false;
  const keys = Object.keys(value);
  const operators = keys.filter((key) => key.startsWith('$')).length;
  if (operators === 0) return false;
  if (operators < keys.length)
    throw requestFailed(`unknown operator: ${keys.find((key) => !key.startsWith('$'))}`);
  return true;
}
