import { rmSync } from 'node:fs';
import { findDocuments } from '../../devkit/cloud/store/find';
import { planQuery } from '../../devkit/cloud/store/planner';
import { sortComparator } from '../../devkit/cloud/store/sorting';
import { Store } from '../../devkit/cloud/store/store';
import { copyValue, type Doc } from '../../devkit/cloud/store/values';
import { insertDocuments, modifyDocuments, removeDocuments } from '../../devkit/cloud/store/write';
import { indexesDisagree } from './consistency';
import { dice } from './dice';
import { newFolder } from './harness';

const folder = newFolder('store');
const store = new Store(folder);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = { store, newId: () => 'unused', now: () => 0, transaction: undefined };

const LONG = 'long'.repeat(30);
function randomDocuments(roll: () => number) {
  const pick = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)] as T;
  const scalar = () =>
    pick<() => unknown>([
      () => Math.floor(roll() * 8),
      () => -roll() * 3,
      () => pick(['a', 'b', 'ab', '', 'ä', '中', 'a\u0000b', LONG, LONG + pick(['1', '2'])]),
      () => null,
      () => roll() < 0.5,
      () => new Date(Math.floor(roll() * 5) * 1000),
    ])();
  const value = (): unknown =>
    pick<() => unknown>([
      scalar, scalar, scalar, scalar,
      () => undefined,
      () => Array.from({ length: Math.floor(roll() * 3) }, scalar),
      () => ({ x: scalar() }),
      () => Array.from({ length: Math.floor(roll() * 3) }, () => ({ x: scalar(), y: scalar() })),
    ])(); // prettier-ignore
  const doc = (id: number | string): Doc => {
    const made: Doc = { _id: id };
    for (const field of ['a', 'b', 'c']) {
      const v = value();
      if (v !== undefined) made[field] = v;
    }
    return made;
  };
  const condition = (): unknown => {
    const v = scalar();
    return pick<() => unknown>([
      () => v, () => v,
      () => ({ $gt: v }), () => ({ $gte: v }), () => ({ $lt: v }), () => ({ $lte: v }),
      () => ({ $gte: Math.floor(roll() * 4), $lt: 4 + Math.floor(roll() * 4) }),
      () => ({ $gt: 'a', $lte: pick(['ab', 'b', LONG, LONG + '2']) }),
      () => ({ $in: Array.from({ length: Math.floor(roll() * 4) }, scalar) }),
      () => ({ $ne: v }), () => ({ $exists: roll() < 0.5 }), () => ({ $elemMatch: { $gt: 2 } }),
      () => ({ $elemMatch: { x: v } }), () => ({ $size: 1 }), () => /a/, () => ({ $not: { $gt: v } }),
    ])(); // prettier-ignore
  };
  const query = (): Doc => {
    const made: Doc = {};
    for (const field of ['a', 'b', 'c', 'a.x', 'b.x', '_id']) {
      if (field === '_id' ? roll() < 0.1 : roll() < 0.4)
        made[field] = field === '_id' ? { $gt: pick(['d3', 'd5', 30]) } : condition();
    }
    if (roll() < 0.15) return { $and: [made, { a: condition() }] };
    if (roll() < 0.1) return { ...made, $or: [{ a: condition() }, { b: condition() }] };
    return made;
  };
  const sort = (): [string, 1 | -1][] =>
    (['a', 'b', 'c', '_id'] as const)
      .filter(() => roll() < 0.35)
      .map((field) => [field, roll() < 0.5 ? 1 : -1]);
  return { doc, value, query, sort, pick };
}

const SHAPES: [string, [string, 1 | -1][], object?][] = [
  ['a', [['a', 1]]],
  ['ab', [['a', 1], ['b', -1]]],
  ['bca', [['b', 1], ['c', 1], ['a', 1]]],
  ['ax', [['a.x', -1]]],
  ['c', [['c', -1]], { sparse: true }],
]; // prettier-ignore

const seed = Number(process.env.FUZZ_SEED ?? 20260104);
const rounds = Number(process.env.FUZZ_ROUNDS ?? 2000);
it(`finds the same through every index as through all documents (seed ${seed})`, async () => {
  const roll = dice(seed);
  const random = randomDocuments(roll);
  await store.createCollection('plain');
  await store.createCollection('indexed');
  const both = ['plain', 'indexed'].map((name) => store.collection(name));
  const docs = Array.from({ length: 200 }, (_, i) => random.doc(i % 5 === 0 ? i : `d${i}`));
  for (const collection of both) await insertDocuments(write, collection, copyValue(docs.slice(0, 100)));
  for (const [name, keys, more] of SHAPES) await store.createIndex('indexed', { name, keys, ...more });
  for (const collection of both) await insertDocuments(write, collection, copyValue(docs.slice(100)));
  for (let i = 0; i < 120; i++) {
    const _id = random.pick(docs)._id;
    const value = random.value();
    const data =
      value === undefined ? { $unset: { b: '' } } : { $set: { [random.pick(['a', 'b', 'c'])]: value } };
    const gone = roll() < 0.1;
    for (const collection of both) {
      const request = { query: { _id }, data, multi: false, merge: true, upsert: false };
      if (gone) await removeDocuments(write, collection, { _id }, false);
      else await modifyDocuments(write, collection, request);
    }
  }
  const [plain, indexed] = both as [(typeof both)[0], (typeof both)[0]];
  expect(indexesDisagree(indexed)).toEqual([]);
  expect(indexed.count).toBe(findDocuments(plain, {}).docs.length);

  let throughIndex = 0;
  for (let i = 0; i < rounds; i++) {
    const [query, sort] = [random.query(), random.sort()];
    const expected = findDocuments(plain, query).docs;
    const found = findDocuments(indexed, query, { sort });
    if (found.plan.kind === 'index') throughIndex++;
    const ids = (list: Doc[]) => list.map(({ _id }) => String(_id)).sort();
    if (ids(found.docs).join() !== ids(expected).join()) {
      throw new Error(
        `seed ${seed}, query ${i} ${JSON.stringify(query)} by ${JSON.stringify(planQuery(indexed, query, sort))}`,
      );
    }
    const order = sortComparator(sort);
    for (let k = 1; k < found.docs.length; k++) {
      const [before, after] = [found.docs[k - 1] as Doc, found.docs[k] as Doc];
      if (order(before, after) > 0)
        throw new Error(`seed ${seed}, query ${i} ${JSON.stringify({ query, sort })} is out of order`);
    }
    const page = findDocuments(indexed, query, { sort: [...sort, ['_id', 1]], skip: 2, limit: 5 }).docs;
    const whole = [...expected].sort(sortComparator([...sort, ['_id', 1]])).slice(2, 7);
    if (ids(page).join() !== ids(whole).join())
      throw new Error(`seed ${seed}, query ${i}: a page of it differs ${JSON.stringify({ query, sort })}`);
  }
  expect(throughIndex).toBeGreaterThan(rounds / 3);
}, 60_000);
