import fc from 'fast-check';
import type { Change, Condition, DocumentStep, Row, Scalar, Step, Value } from './language';

/** Few ids, few fields and few values, so that the steps of a sequence meet each other. */
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const number = fc.constantFrom(-2, -1, 0, 1, 2, 3, 1.5);
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 3, arbitrary: fc.constantFrom('', 'x', 'xy', '中') },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
);
const list = fc.array(number, { maxLength: 3 });
const fields = {
  n: fc.oneof({ weight: 4, arbitrary: number }, { weight: 1, arbitrary: scalar }),
  s: scalar,
  list: fc.oneof({ weight: 4, arbitrary: list }, { weight: 1, arbitrary: scalar }),
  o: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ x: fc.oneof(scalar, list) }, { requiredKeys: [], noNullPrototype: true }),
    },
    { weight: 1, arbitrary: scalar },
  ),
};
const data: fc.Arbitrary<Record<string, Value>> = fc.record(fields, {
  requiredKeys: [],
  noNullPrototype: true,
});
const row: fc.Arbitrary<Row> = fc.tuple(id, data).map(([_id, rest]) => ({ _id, ...rest }));

const asked = fc.constantFrom('n', 's', 'list', 'o.x', '_id');
const field: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: asked,
    op: fc.constantFrom(
      'eq' as const,
      'neq' as const,
      'gt' as const,
      'gte' as const,
      'lt' as const,
      'lte' as const,
    ),
    value: scalar,
  }),
  fc.record({ field: fc.constant('_id'), op: fc.constantFrom('eq' as const, 'gte' as const), value: id }),
  fc.record({
    field: asked,
    op: fc.constantFrom('in' as const, 'nin' as const),
    value: fc.array(scalar, { maxLength: 3 }),
  }),
  fc.record({ field: asked, op: fc.constant('exists' as const), value: fc.boolean() }),
);
const parts = fc.array(field, { minLength: 1, maxLength: 3 });
const where: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: field },
  { weight: 2, arbitrary: fc.record({ all: parts }) },
  { weight: 2, arbitrary: fc.record({ any: parts }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(field, fc.record({ any: parts }))
      .map(([one, any]): Condition => ({ all: [one, any] })),
  },
);

const on = <T extends string>(...names: T[]) => fc.constantFrom(...names);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ field: on('n', 's', 'o.x', 'o.y'), op: fc.constant('set' as const), value: scalar }),
  fc.record({ field: on('list', 'o.x'), op: fc.constant('set' as const), value: list }),
  fc.record({ field: on('n', 's', 'o.x'), op: fc.constant('remove' as const) }),
  fc.record({
    field: on('n', 'o.x', 'o.y'),
    op: fc.constantFrom('inc' as const, 'mul' as const, 'min' as const, 'max' as const),
    value: number,
  }),
  fc.record({ field: on('list', 'o.x'), op: fc.constantFrom('pop' as const, 'shift' as const) }),
  fc.record({
    field: on('list', 'o.x', 'o.y'),
    op: fc.constantFrom('addToSet' as const, 'pull' as const),
    value: number,
  }),
  fc.record({
    field: on('list', 'o.x', 'o.y'),
    op: fc.constantFrom('unshift' as const, 'pullAll' as const),
    value: fc.array(number, { minLength: 1, maxLength: 2 }),
  }),
  fc.record(
    {
      field: on('list', 'o.x'),
      op: fc.constant('push' as const),
      value: fc.array(number, { minLength: 1, maxLength: 3 }),
      position: fc.nat({ max: 4 }),
      sort: fc.constantFrom(1 as const, -1 as const),
      slice: fc.integer({ min: -4, max: 4 }),
    },
    { requiredKeys: ['field', 'op', 'value'], noNullPrototype: true },
  ),
  fc.record({ field: fc.constant('s'), op: fc.constant('rename' as const), to: fc.constant('title') }),
);
/** No field twice: that is an error of its own, tested elsewhere. */
const changes = fc.uniqueArray(change, { selector: (one) => one.field, minLength: 1, maxLength: 3 });

const documentStep: fc.Arbitrary<DocumentStep> = fc.oneof(
  fc.record({ act: fc.constant('add' as const), rows: row.map((one) => [one]) }),
  fc.record({ act: fc.constant('get' as const), id }),
  fc.record({ act: fc.constant('set' as const), id, data }),
  { weight: 3, arbitrary: fc.record({ act: fc.constant('update' as const), id, changes }) },
  fc.record({ act: fc.constant('remove' as const), id }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: documentStep },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('add' as const),
      rows: fc.array(row, { minLength: 2, maxLength: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('find' as const),
      where,
      sort: fc.uniqueArray(
        fc.tuple(fc.constantFrom('s', 'title'), fc.constantFrom(1 as const, -1 as const)),
        { selector: ([name]) => name, maxLength: 2 },
      ),
      skip: fc.nat({ max: 2 }),
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
  fc.record({ act: fc.constantFrom('count' as const, 'removeWhere' as const), where }),
  { weight: 2, arbitrary: fc.record({ act: fc.constant('updateWhere' as const), where, changes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('transaction' as const),
      steps: fc.array(documentStep, { minLength: 1, maxLength: 4 }),
      commits: fc.boolean(),
    }),
  },
);

/** Documents to begin with, and what is done to them. */
export const sequences = fc.tuple(
  fc.uniqueArray(row, { selector: ({ _id }) => _id, minLength: 1, maxLength: 6 }),
  fc.array(step, { minLength: 1, maxLength: 14 }),
);
