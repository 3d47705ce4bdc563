import { requestFailed } from '../failures';
import { compareValues, isBytes, isDate, isPlainObject, isRegExp, typeRank, type Doc } from '../store/values';
import { GEO_OPERATORS } from './geo';
import { compileCondition, type FieldTest } from './matching';
import { anyReached, MISSING } from './reach';

type Build = (argument: unknown, siblings: Doc) => FieldTest;

const orNull = (value: unknown) => (value === MISSING ? null : value);
const equals = (wanted: unknown) => (value: unknown) =>
  wanted === null
    ? value === null || value === MISSING
    : value !== MISSING && compareValues(value, wanted) === 0;

/** Comparisons only meet values of the argument's own type; `$gte: null` meets null and missing. */
const comparing =
  (holds: (order: number) => boolean): Build =>
  (argument) => {
    const rank = typeRank(argument);
    return (ends) =>
      anyReached(ends, (value) => {
        const seen = orNull(value);
        return typeRank(seen) === rank && holds(compareValues(seen, argument));
      });
  };

const list = (name: string, argument: unknown): unknown[] => {
  if (!Array.isArray(argument)) throw requestFailed(`${name} needs an array`);
  return argument;
};

const $in: Build = (argument) => {
  const tests = list('$in', argument).map((wanted) =>
    isRegExp(wanted)
      ? (value: unknown) => typeof value === 'string' && search(wanted, value)
      : equals(wanted),
  );
  const plain = new Set(list('$in', argument).filter((v) => typeof v === 'string' || typeof v === 'number'));
  const others = tests.filter((_, i) => !plain.has((argument as unknown[])[i] as string));
  return (ends) =>
    anyReached(ends, (value) => plain.has(value as string) || others.some((test) => test(value)));
};

/** A global or sticky expression would remember where it stopped. */
const search = (expression: RegExp, text: string) => {
  expression.lastIndex = 0;
  return expression.test(text);
};

const $regex: Build = (argument, { $options }) => {
  const flags = String($options ?? '').replace(/[^ims]/g, '');
  let expression: RegExp;
  try {
    expression = isRegExp(argument)
      ? new RegExp(argument.source, flags || argument.flags.replace(/[gy]/g, ''))
      : new RegExp(String(argument), flags);
  } catch {
    throw requestFailed(`Regular expression is invalid: ${String(argument)}`);
  }
  return (ends) => anyReached(ends, (value) => typeof value === 'string' && search(expression, value));
};

const $all: Build = (argument) => {
  const wanted = list('$all', argument);
  const tests = wanted.map((one) =>
    compileCondition(isPlainObject(one) && '$elemMatch' in one ? one : isRegExp(one) ? one : { $eq: one }),
  );
  return (ends) => tests.length > 0 && tests.every((test) => test(ends));
};

const $mod: Build = (argument) => {
  const [divisor, remainder] = list('$mod', argument).map(Number);
  if (!divisor || remainder === undefined)
    throw requestFailed('malformed mod, divisor cannot be 0 and remainder is required');
  return (ends) =>
    anyReached(
      ends,
      (value) => typeof value === 'number' && Math.trunc(value) % Math.trunc(divisor) === remainder,
    );
};

const TYPES: Record<string, (value: unknown) => boolean> = {
  double: (v) => typeof v === 'number',
  string: (v) => typeof v === 'string',
  object: isPlainObject,
  array: Array.isArray,
  binData: isBytes,
  bool: (v) => typeof v === 'boolean',
  date: isDate,
  null: (v) => v === null,
  regex: isRegExp,
  int: (v) => Number.isInteger(v) && Math.abs(v as number) < 2 ** 31,
  long: (v) => Number.isInteger(v),
  number: (v) => typeof v === 'number',
};
const TYPE_NUMBERS: Record<number, string> = {
  1: 'double', 2: 'string', 3: 'object', 4: 'array', 5: 'binData', 8: 'bool', 9: 'date', 10: 'null', 11: 'regex', 16: 'int', 18: 'long',
}; // prettier-ignore

const $type: Build = (argument) => {
  const tests = (Array.isArray(argument) ? argument : [argument]).map((name) => {
    const test = TYPES[typeof name === 'number' ? (TYPE_NUMBERS[name] ?? '') : String(name)];
    if (!test) throw requestFailed(`Unknown type name alias: ${String(name)}`);
    return test;
  });
  return (ends) => anyReached(ends, (value) => value !== MISSING && tests.some((test) => test(value)));
};

const negated =
  (build: Build): Build =>
  (argument, siblings) => {
    const test = build(argument, siblings);
    return (ends) => !test(ends);
  };
const $eq: Build = (argument) => {
  const test = equals(argument);
  return (ends) => anyReached(ends, test);
};

/** Every operator a field's condition may use, by name. */
export const FIELD_OPERATORS: Record<string, Build> = {
  $eq,
  $ne: negated($eq),
  $gt: comparing((order) => order > 0),
  $gte: comparing((order) => order >= 0),
  $lt: comparing((order) => order < 0),
  $lte: comparing((order) => order <= 0),
  $in,
  $nin: negated($in),
  $regex,
  $all,
  $mod,
  $type,
  $exists: (argument) => (ends) =>
    ends.some((end) => end !== MISSING) === (argument !== false && argument !== 0),
  $size: (argument) => (ends) => ends.some((end) => Array.isArray(end) && end.length === argument),
  ...GEO_OPERATORS,
};
