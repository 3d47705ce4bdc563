import { rmSync } from 'node:fs';
import { metresTo, nearOf } from '../../devkit/cloud/query/near';
import type { Collection } from '../../devkit/cloud/store/collection';
import { countDocuments, describePlan, findDocuments } from '../../devkit/cloud/store/find';
import { sortComparator } from '../../devkit/cloud/store/sorting';
import { Store } from '../../devkit/cloud/store/store';
import { copyValue, type Doc } from '../../devkit/cloud/store/values';
import { insertDocuments, modifyDocuments, removeDocuments } from '../../devkit/cloud/store/write';
import { indexesDisagree } from './consistency';
import { dice } from './dice';
import { randomWorld, type RandomWorld } from './fuzz/random';
import { newFolder } from './harness';

const seed = Number(process.env.FUZZ_SEED ?? 20260104);
const rounds = Number(process.env.FUZZ_ROUNDS ?? 400);
/** Documents, and queries on them, under one choice of indexes. */
const PER_WORLD = 200;

it(
  `finds the same through every index as through all documents (seed ${seed}, ${rounds} queries)`,
  async () => {
    const roll = dice(seed);
    const ways = new Map<string, number>();
    for (let world = 0; world * PER_WORLD < rounds; world++) {
      const folder = newFolder('fuzz');
      const store = new Store(folder);
      const random = randomWorld(roll);
      const [plain, indexed] = await twoCollections(store, random, roll, world);
      for (let i = 0; i < PER_WORLD; i++) {
        const where = `seed ${seed}, world ${world}, query ${i}`;
        const plan = compareOnce(plain, indexed, random, where);
        ways.set(plan, (ways.get(plan) ?? 0) + 1);
      }
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
    // Every kind of way must have been taken, or their agreement would mean nothing.
    if (rounds < 7 * PER_WORLD) return;
    for (const kind of ['index a', 'index ab', 'index bca', 'index ax', 'index c', 'index p', 'index cpb', ' or ', 'by id', ', near'])
      expect({ kind, taken: [...ways.keys()].some((way) => way.includes(kind)) }).toEqual({ kind, taken: true });
  },
  60_000 + rounds * 60,
); // prettier-ignore

/** The same documents twice, once with indexes, half of them declared before the documents came. */
async function twoCollections(
  store: Store,
  random: RandomWorld,
  roll: () => number,
  world: number,
): Promise<[plain: Collection, indexed: Collection]> {
  const write = { store, newId: () => 'unused', now: () => 0, transaction: undefined };
  await store.createCollection('plain');
  await store.createCollection('indexed');
  const both = ['plain', 'indexed'].map((name) => store.collection(name)) as [Collection, Collection];
  const docs = Array.from({ length: PER_WORLD }, (_, i) => random.document(i % 5 === 0 ? i : `d${i}`));
  const half = PER_WORLD / 2;
  for (const collection of both) await insertDocuments(write, collection, copyValue(docs.slice(0, half)));
  for (const shape of random.indexes(world)) await store.createIndex('indexed', shape);
  for (const collection of both) await insertDocuments(write, collection, copyValue(docs.slice(half)));
  // One after another through the queue, many in one commit.
  const changes: Promise<unknown>[] = [];
  for (let i = 0; i < half; i++) {
    const _id = random.pick(docs)._id;
    const field = random.pick(['a', 'b', 'c', 'p']);
    const value = field === 'p' ? random.location() : random.value();
    const data = value === undefined ? { $unset: { [field]: '' } } : { $set: { [field]: value } };
    const gone = roll() < 0.1;
    for (const collection of both) {
      const request = { query: { _id }, data, multi: false, merge: true, upsert: false };
      changes.push(
        gone
          ? removeDocuments(write, collection, { _id }, false)
          : modifyDocuments(write, collection, copyValue(request)),
      );
    }
  }
  await Promise.all(changes);
  expect(indexesDisagree(both[1])).toEqual([]);
  expect(both[1].count).toBe(findDocuments(both[0], {}).docs.length);
  return both;
}

const ids = (list: Doc[]) => list.map(({ _id }) => String(_id));

/** One query through both; says which way the indexed one went. */
function compareOnce(plain: Collection, indexed: Collection, random: RandomWorld, where: string): string {
  const [query, sort] = [random.query(), random.sort()];
  const expected = findDocuments(plain, query).docs;
  const found = findDocuments(indexed, query, { sort });
  const way = describePlan(found.plan);
  const wrong = (what: string) =>
    new Error(`${where}: ${what} by ${way}: ${JSON.stringify({ query, sort })}\n${ids(found.docs).join()}`);
  if (ids(found.docs).sort().join() !== ids(expected).sort().join())
    throw wrong(`not the same as ${ids(expected).join()}`);
  if (countDocuments(indexed, query).found !== expected.length) throw wrong('another count');
  const order = sortComparator(sort);
  for (let k = 1; k < found.docs.length; k++) {
    if (order(found.docs[k - 1] as Doc, found.docs[k] as Doc) > 0) throw wrong('out of order');
  }
  const total: [string, 1 | -1][] = [...sort, ['_id', 1]];
  const page = findDocuments(indexed, query, { sort: total, skip: 2, limit: 5 }).docs;
  const whole = [...expected].sort(sortComparator(total)).slice(2, 7);
  if (ids(page).join() !== ids(whole).join()) throw wrong(`a page of it differs: ${ids(page).join()}`);
  const near = nearOf(query);
  if (!near) return way;
  const metres = (collection: Collection) =>
    findDocuments(collection, query, { skip: 1, limit: 6 }).docs.map(metresTo(near)).join();
  if (metres(indexed) !== metres(plain)) throw wrong(`not the nearest: ${metres(indexed)}`);
  return `${way}, near`;
}
