import { rmSync } from 'node:fs';
import { describePlan, findDocuments } from '../../devkit/cloud/store/find';
import { Store } from '../../devkit/cloud/store/store';
import { insertDocuments, modifyDocuments } from '../../devkit/cloud/store/write';
import { indexesDisagree } from './consistency';
import { newFolder, refusalOf } from './harness';

const folder = newFolder('store');
const store = new Store(folder);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = { store, newId: () => 'unused', now: () => 0, transaction: undefined };

const LONG = 'long'.repeat(30);

describe('the planner', () => {
  const members = () => store.collection('members');
  beforeAll(async () => {
    await store.createCollection('members');
    await store.createIndex('members', { name: 'branch-due', keys: [['branch', 1], ['due', 1]] }); // prettier-ignore
    await insertDocuments(
      write,
      members(),
      Array.from({ length: 500 }, (_, i) => ({
        _id: `m${String(i).padStart(3, '0')}`,
        branch: `B${i % 5}`,
        due: 500 - i,
        n: i,
      })),
    );
  });
  it('reads no more than a page when an index has the order', () => {
    const found = findDocuments(members(), { branch: 'B1' }, { sort: [['due', -1]], limit: 10 });
    expect([found.docs.length, found.scanned]).toEqual([10, 10]);
    expect(found.docs[0]).toMatchObject({ _id: 'm001' });
  });
  it('pages by id inside an equality', async () => {
    await store.createIndex('members', { name: 'branch', keys: [['branch', 1], ['_id', 1]] }); // prettier-ignore
    const found = findDocuments(
      members(),
      { branch: 'B1', _id: { $gt: 'm250' } },
      { sort: [['_id', 1]], limit: 3 },
    );
    expect([found.docs.map(({ _id }) => _id), found.scanned]).toEqual([['m251', 'm256', 'm261'], 3]);
  });
  it('does not take the order of ids from an index that does not name them', async () => {
    await store.createIndex('members', { name: 'n-less', keys: [['half', 1]] });
    const half = { data: { $set: { half: true } }, multi: true, merge: true, upsert: false };
    await modifyDocuments(write, members(), { query: { due: { $gt: 250 } }, ...half });
    const sort = { sort: [['_id', 1]] as [string, 1][], limit: 2 };
    const found = findDocuments(members(), { half: true, _id: { $gt: 'm100' } }, sort);
    expect([found.docs.map(({ _id }) => _id), found.scanned, found.sorts]).toEqual([
      ['m101', 'm102'],
      250,
      true,
    ]);
  });
  it('goes through a stretch of ids rather than sort all that a field held equal leads to', () => {
    const sort = { sort: [['_id', 1]] as [string, 1][], limit: 2 };
    const found = findDocuments(members(), { half: true, _id: { $gt: 'm100', $lt: 'm200' } }, sort);
    expect([found.docs.map(({ _id }) => _id), found.scanned, found.sorts]).toEqual([
      ['m101', 'm102'],
      3,
      false,
    ]);
  });
  it('pages by id alone', () => {
    const forward = findDocuments(members(), { _id: { $gt: 'm250' } }, { sort: [['_id', 1]], limit: 2 });
    const back = findDocuments(members(), { _id: { $lt: 'm250' } }, { sort: [['_id', -1]], limit: 2 });
    expect(forward.docs.map(({ _id }) => _id)).toEqual(['m251', 'm252']);
    expect(back.docs.map(({ _id }) => _id)).toEqual(['m249', 'm248']);
    expect(forward.scanned + back.scanned).toBeLessThanOrEqual(6);
  });
  it('takes a range after an equality, and a list of values as the last equality', () => {
    expect(findDocuments(members(), { branch: 'B2', due: { $gt: 100, $lte: 110 } }).scanned).toBe(2);
    expect(findDocuments(members(), { branch: { $in: ['B1', 'B2'] } }).scanned).toBe(200);
  });
  it('takes a range and an order behind a list of values as well, each list multiplied out', async () => {
    const lists = { branch: { $in: ['B2', 'B1'] }, due: { $gt: 100, $lte: 110 } };
    expect(findDocuments(members(), lists).scanned).toBe(4);
    expect(
      findDocuments(members(), { branch: { $in: ['B2', 'B1'] }, due: { $in: [104, 105, 108] } }).scanned,
    ).toBe(2);
    const inOrder = findDocuments(members(), lists, { sort: [['branch', 1], ['due', 1]], limit: 3 }); // prettier-ignore
    expect([
      inOrder.docs.map(({ branch, due }) => `${branch as string} ${due as number}`),
      inOrder.scanned,
    ]).toEqual([['B1 104', 'B1 109', 'B2 103'], 3]);
    const other = findDocuments(members(), lists, { sort: [['due', 1]], limit: 2 });
    expect([other.docs.map(({ due }) => due), other.scanned]).toEqual([[103, 104], 4]);
  });
  it('pages by id through one value of a field that holds several', async () => {
    await store.createCollection('tagged');
    await store.createIndex('tagged', {
      name: 'days',
      keys: [
        ['days', 1],
        ['_id', 1],
      ],
    });
    const docs = Array.from({ length: 60 }, (_, i) => ({ _id: `t${i + 10}`, days: [i % 2, 5, i % 3] }));
    await insertDocuments(write, store.collection('tagged'), docs);
    const found = findDocuments(
      store.collection('tagged'),
      { days: 5, _id: { $gt: 't30' } },
      { sort: [['_id', 1]], limit: 2 },
    );
    expect([found.docs.map(({ _id }) => _id), found.scanned]).toEqual([['t31', 't32'], 2]);
  });
  it('goes through each branch of an $or, and gives a document of two branches once', () => {
    const either = { $or: [{ branch: 'B2', due: { $lt: 20 } }, { _id: 'm497' }, { _id: { $gt: 'm498' } }] };
    const found = findDocuments(members(), either, { sort: [['due', 1]] });
    expect(found.docs.map(({ due }) => due)).toEqual([1, 3, 8, 13, 18]);
    expect(describePlan(found.plan)).toBe('index branch-due or by id or a range of ids');
    expect(found.scanned).toBeLessThan(10);
  });
  it('goes to each document of a bulk condition by its id', async () => {
    const branches = Array.from({ length: 200 }, (_, i) => ({ _id: `m${String(i).padStart(3, '0')}`, n: i < 150 ? i : -1 })); // prettier-ignore
    const query = { branch: { $ne: 'B4' }, $or: [...branches, { _id: 'm199', n: 199 }, { _id: 'none' }] };
    const found = findDocuments(members(), query);
    expect([found.docs.length, found.scanned, describePlan(found.plan)]).toEqual([120, 200, 'by id']);
    const request = { query, data: { $set: { tier: 'deep' } }, multi: true, merge: true, upsert: false };
    expect(await modifyDocuments(write, members(), request)).toMatchObject({
      updated: 120,
      looked: { scanned: 200 },
    });
  });
  it('adds what must hold anyway to each branch of an $or', () => {
    const query = { branch: 'B1', $or: [{ due: 499 }, { due: { $in: [494, 489] } }] };
    const found = findDocuments(members(), query);
    expect([found.docs.length, found.scanned]).toEqual([3, 3]);
  });
  it('keeps an order that stops after a page, rather than take the branches of an $or', () => {
    const query = { branch: 'B1', $or: [{ due: { $lt: 100 } }, { due: { $gt: 120 } }] };
    const found = findDocuments(members(), query, { sort: [['due', 1]], limit: 5 });
    expect([found.docs.length, found.scanned]).toEqual([5, 5]);
  });
  it('looks at everything when one branch of an $or has no index', () => {
    const found = findDocuments(members(), { $or: [{ branch: 'B1', due: 499 }, { n: 7 }] });
    expect([found.docs.length, found.scanned]).toEqual([2, 500]);
  });
});

describe('a unique index', () => {
  const unique = { name: 'phone', keys: [['phone', 1]] as [string, 1][], unique: true };
  beforeAll(async () => {
    await store.createCollection('people');
    await store.createIndex('people', unique);
    await insertDocuments(write, people(), [
      { _id: 'p1', phone: '1' },
      { _id: 'p2', phone: '2' },
    ]);
  });
  const people = () => store.collection('people');
  const set = (_id: string, phone: unknown) =>
    modifyDocuments(write, people(), {
      query: { _id },
      data: { $set: { phone } },
      multi: false,
      merge: true,
      upsert: false,
    });
  const E11000 = { message: expect.stringContaining('E11000') };

  it('refuses a second document with the same value, new or changed', async () => {
    expect(await refusalOf(insertDocuments(write, people(), [{ _id: 'p3', phone: '1' }]))).toMatchObject(
      E11000,
    );
    expect(await refusalOf(set('p2', '1'))).toMatchObject(E11000);
    expect(await refusalOf(set('p2', ['7', '1']))).toMatchObject(E11000);
    expect(indexesDisagree(people())).toEqual([]);
  });
  it('refuses two alike in one batch', async () => {
    const batch = [
      { _id: 'p4', phone: '4' },
      { _id: 'p5', phone: '4' },
    ];
    expect(await refusalOf(insertDocuments(write, people(), batch))).toMatchObject(E11000);
  });
  it('counts a missing value as null, once', async () => {
    await insertDocuments(write, people(), [{ _id: 'p6' }]);
    expect(await refusalOf(insertDocuments(write, people(), [{ _id: 'p7', phone: null }]))).toMatchObject(
      E11000,
    );
  });
  it('tells long texts apart that begin alike', async () => {
    await insertDocuments(write, people(), [
      { _id: 'l1', phone: LONG + '1' },
      { _id: 'l2', phone: LONG + '2' },
    ]);
    expect(
      await refusalOf(insertDocuments(write, people(), [{ _id: 'l3', phone: LONG + '2' }])),
    ).toMatchObject(E11000);
  });
  it('lets a value be taken again once it is free', async () => {
    await set('p1', '9');
    await set('p2', '1');
    expect(people().get('p2')).toMatchObject({ phone: '1' });
  });
  it('is not built over documents that already collide', async () => {
    await store.createCollection('twins');
    await insertDocuments(write, store.collection('twins'), [
      { _id: 't1', k: 1 },
      { _id: 't2', k: 1 },
    ]);
    expect(
      await refusalOf(store.createIndex('twins', { name: 'k', keys: [['k', 1]], unique: true })),
    ).toMatchObject(E11000);
    await store.createIndex('twins', { name: 'k', keys: [['k', 1]] });
    expect(indexesDisagree(store.collection('twins'))).toEqual([]);
  });
});

it('tells the caller when a commit fails as a whole, and goes on sound', async () => {
  const place = newFolder('failing');
  const first = new Store(place);
  await first.createCollection('c');
  const context = { ...write, store: first };
  // A full disk, as lmdb would report it: after the writes, at the commit.
  const { root } = first as unknown as { root: { transactionSync: (work: () => unknown) => unknown } };
  const whole = root.transactionSync.bind(root);
  root.transactionSync = (work) =>
    whole(() => {
      work();
      throw new Error('no space left');
    });
  const lost = insertDocuments(context, first.collection('c'), [{ _id: 'lost', never: { seen: 1 } }]);
  expect(await refusalOf(lost)).toMatchObject({ message: 'no space left' });
  root.transactionSync = whole;
  await insertDocuments(context, first.collection('c'), [{ _id: 'kept', never: { seen: 2 } }]);
  expect(first.collection('c').count).toBe(1);
  await first.close();
  const second = new Store(place);
  expect([...second.collection('c').range({})]).toEqual([{ _id: 'kept', never: { seen: 2 } }]);
  await second.close();
  rmSync(place, { recursive: true, force: true });
});
