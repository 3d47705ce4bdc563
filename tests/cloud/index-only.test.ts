import { rmSync } from 'node:fs';
import { countDocuments, findDocuments } from '../../devkit/cloud/store/find';
import { Store } from '../../devkit/cloud/store/store';
import { insertDocuments, modifyDocuments } from '../../devkit/cloud/store/write';
import { newFolder } from './harness';

const folder = newFolder('index-only');
const store = new Store(folder);
const write = { store, newId: () => 'unused', now: () => 0, transaction: undefined };
const orders = () => store.collection('orders');
const N = 3000;
beforeAll(async () => {
  await store.createCollection('orders');
  await store.createIndex('orders', { name: 'branch-due', keys: [['branch', 1], ['due', -1]] }); // prettier-ignore
  const docs = Array.from({ length: N }, (_, i) => ({ _id: `o${String(i).padStart(5, '0')}`, branch: `B${i % 3}`, due: i, at: new Date(i) })); // prettier-ignore
  await insertDocuments(write, orders(), docs);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const lookAt = (query: object, options: object = {}) => {
  const found = findDocuments(orders(), query as never, options);
  return [found.docs.map(({ due }) => due), found.scanned];
};

describe('an index that says all there is in the query', () => {
  it('counts without reading a document', () => {
    const count = (query: object) => countDocuments(orders(), query as never);
    expect(count({ branch: 'B1' })).toMatchObject({ found: 1000, scanned: 0 });
    expect(count({ branch: 'B1', due: { $gt: 10, $lte: 100 } })).toMatchObject({ found: 30, scanned: 0 });
    expect(count({ branch: { $in: ['B0', 'B2', 'B9'] } })).toMatchObject({ found: 2000, scanned: 0 });
    expect(count({ $and: [{ branch: 'B1' }, { due: { $lt: 10 } }] })).toMatchObject({ found: 3, scanned: 0 });
    expect(count({})).toMatchObject({ found: N, scanned: 0 });
  });
  it('is not trusted with anything more', () => {
    const count = (query: object) => countDocuments(orders(), query as never);
    expect(count({ branch: 'B1', at: new Date(4) })).toMatchObject({ found: 1, scanned: 1000 });
    expect(count({ branch: 'B1', due: { $gt: 10, $ne: 13 } }).scanned).toBeGreaterThan(0);
    expect(count({ branch: 'B1', due: { $gt: 10, $lt: 'x' } })).toMatchObject({ found: 0 });
    expect(count({ branch: 'B1', $nor: [{ due: 1 }] })).toMatchObject({ found: 999, scanned: 1000 });
    expect(count({ branch: 'B1', $or: [{ due: 1 }, { due: 4 }] })).toMatchObject({ found: 2 });
    expect(count({ branch: { $in: ['B1'], $ne: 'B1' } })).toMatchObject({ found: 0 });
  });
  it('skips unread, in its order and against it, and to the end', () => {
    const by = (direction: 1 | -1, skip: number, limit = 2) =>
      lookAt({ branch: 'B1' }, { sort: [['due', direction]], skip, limit });
    expect(by(-1, 0)).toEqual([[2998, 2995], 2]);
    expect(by(-1, 900)).toEqual([[298, 295], 2]);
    expect(by(1, 900)).toEqual([[2701, 2704], 2]);
    expect(by(1, 999)).toEqual([[2998], 1]);
    expect(by(1, 1000)).toEqual([[], 0]);
    expect(lookAt({ branch: 'B1', due: { $lt: 100 } }, { sort: [['due', -1]], skip: 30, limit: 9 })).toEqual([
      [7, 4, 1],
      3,
    ]);
  });
  it('skips over the lists of several values, and over all documents', () => {
    expect(lookAt({ branch: { $in: ['B2', 'B0'] } }, { skip: 1001, limit: 1 })).toEqual([[2996], 1]);
    expect(lookAt({}, { sort: [['_id', 1]], skip: 2000, limit: 2 })).toEqual([[2000, 2001], 2]);
    expect(lookAt({}, { sort: [['_id', -1]], skip: 2000, limit: 2 })).toEqual([[999, 998], 2]);
    expect(lookAt({}, { skip: 2999, limit: 10 })).toEqual([[2999], 1]);
  });
  it('sees in a transaction what the transaction wrote, also when it counts by skipping', async () => {
    const id = store.transactions.begin();
    const transaction = store.transactions.find(id);
    const request = { data: { $set: { branch: 'B9' } }, multi: false, merge: true, upsert: false };
    await modifyDocuments({ ...write, transaction }, orders(), { query: { _id: 'o00001' }, ...request });
    const skipping = { sort: [['due', 1]], skip: 2, limit: 1, transaction };
    expect(lookAt({ branch: 'B1' }, skipping)[0]).toEqual([10]);
    store.transactions.abort(id);
    expect(lookAt({ branch: 'B1' }, { ...skipping, transaction: undefined })[0]).toEqual([7]);
  });
  it('takes ids of any length as bounds where it names them', async () => {
    const ids = ['', 'a', 'b'].map((end) => 'x'.repeat(120) + end);
    await insertDocuments(
      write,
      orders(),
      ids.map((_id, due) => ({ _id, branch: 'long', due })),
    );
    await store.createIndex('orders', { name: 'branch', keys: [['branch', 1], ['_id', 1]] }); // prettier-ignore
    const found = (bound: object) =>
      findDocuments(orders(), { branch: 'long', _id: bound }, { sort: [['_id', 1]] }).docs.map(
        ({ due }) => due,
      );
    expect(found({ $lt: ids[2] })).toEqual([0, 1]);
    expect(found({ $lte: ids[1] })).toEqual([0, 1]);
    expect(found({ $gt: ids[0] })).toEqual([1, 2]);
    expect(countDocuments(orders(), { branch: 'long', _id: { $gte: ids[1] } }).found).toBe(2);
  });
  it('counts right where long texts begin alike', async () => {
    await store.createCollection('notes');
    await store.createIndex('notes', { name: 'text', keys: [['text', 1]] });
    const text = (end: string) => 'long'.repeat(40) + end;
    const docs = ['a', 'b', 'c'].map((end) => ({ _id: end, text: text(end) }));
    await insertDocuments(write, store.collection('notes'), [...docs, { _id: 'short', text: 'long' }]);
    const count = (bound: object) => countDocuments(store.collection('notes'), { text: bound }).found;
    expect([count({ $gt: text('a') }), count({ $lte: text('b') }), count({ $lt: text('') })]).toEqual([
      2, 3, 1,
    ]);
  });
});
