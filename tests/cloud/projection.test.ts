import fc from 'fast-check';
import { Context } from 'mingo/core';
import { Query } from 'mingo/query';
import { OPERATORS } from '../../devkit/cloud/query/expressions';
import { projector } from '../../devkit/cloud/query/projection';

const context = Context.init(OPERATORS as never);
const documents = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(1, 'x', null, true),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
})).object as fc.Arbitrary<Record<string, unknown>>;
const paths = fc.uniqueArray(fc.constantFrom('a.b', 'b.c', 'c', 'a.c.b', 'b.a'), { minLength: 1 });

describe('parts of a document that a request asked for by dotted paths', () => {
  it('are those that mingo gives', () => {
    fc.assert(
      fc.property(documents, paths, (part, asked) => {
        const doc = { _id: 1, ...part };
        const projection = Object.fromEntries(asked.map((path) => [path, 1]));
        const [expected] = new Query({}, { context }).find([structuredClone(doc)], projection as never).all();
        expect(projector(projection)(doc)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('stand in the order of the document, as in MongoDB, and reach into lists', () => {
    const doc = { _id: 1, b: [{ y: 1, x: 2 }, 3, { y: 4 }], a: { z: 5, w: null }, c: 6 };
    const parts = projector({ 'a.w': 1, 'b.y': 1 })(doc);
    expect(JSON.stringify(parts)).toBe('{"_id":1,"b":[{"y":1},{"y":4}],"a":{"w":null}}');
  });

  it('may not be asked for together with the whole they are in', () => {
    expect(() => projector({ a: 1, 'a.b': 1 })).toThrow(/Path collision at a\.b/);
    expect(() => projector({ 'a.b': 1, a: 1 })).toThrow(/Path collision at a/);
  });
});
