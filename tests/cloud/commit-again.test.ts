import { rmSync } from 'node:fs';
import type { RootDatabase } from 'lmdb';
import { findDocuments } from '../../devkit/cloud/store/find';
import { Store } from '../../devkit/cloud/store/store';
import { insertDocuments } from '../../devkit/cloud/store/write';
import { indexesDisagree } from './consistency';
import { newFolder } from './harness';

const folder = newFolder('commit-again');
const heard: string[] = [];
let store = new Store(folder, { commitRepeated: ({ message }) => heard.push(message) });
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const badTransaction = () => Object.assign(new Error('MDB_BAD_TXN: reserved freelist'), { code: -30782 });
const diskFull = () => Object.assign(new Error('No space left on device'), { code: 28 });

/** The next commits, behind so many that pass, are aborted by lmdb itself, after their writes. */
function abortNext(times: number, failure: () => Error, passing = 0): void {
  const { root } = store as unknown as { root: RootDatabase };
  const real = Object.getPrototypeOf(root).transactionSync as RootDatabase['transactionSync'];
  let begun = 0;
  root.transactionSync = (<T>(run: () => T) =>
    real.call(root, () => {
      const answer = run();
      if (begun++ >= passing && begun <= passing + times) throw failure();
      return answer;
    })) as RootDatabase['transactionSync'];
}

const add = (...docs: Record<string, unknown>[]) =>
  insertDocuments(
    { store, newId: () => 'unused', now: () => 0, transaction: undefined },
    store.collection('members'),
    docs as never,
  );
const ids = (query: Record<string, unknown>) =>
  findDocuments(store.collection('members'), query, { limit: Infinity }).docs.map(({ _id }) => _id);

beforeAll(async () => {
  await store.createCollection('members');
  await store.createIndex('members', { name: 'tag', keys: [['tag', 1]] });
});
beforeEach(() => heard.splice(0));

describe('a commit that lmdb takes back in the midst of bulk writes', () => {
  it('is done again, and nobody but the log hears of it', async () => {
    abortNext(2, badTransaction);
    await Promise.all([add({ _id: 'm1', tag: ['red', 'blue'] }), add({ _id: 'm2', tag: 'red' })]);
    expect(heard).toHaveLength(2);
    expect(ids({ tag: 'red' })).toEqual(['m1', 'm2']);
    expect(store.collection('members').count).toBe(2);
    expect(indexesDisagree(store.collection('members'))).toEqual([]);
  });

  it('keeps what its index learnt of arrays, also for the next start', async () => {
    await store.close();
    store = new Store(folder, { commitRepeated: ({ message }) => heard.push(message) });
    expect(ids({ tag: 'blue' })).toEqual(['m1']);
    expect(
      store.collection('members').filedIn.map(({ shape, traits }) => [shape.name, traits.multikey]),
    ).toEqual([['tag', true]]);
  });

  it('still refuses a taken key, once it is done', async () => {
    abortNext(1, badTransaction);
    await expect(add({ _id: 'm1' })).rejects.toMatchObject({ message: expect.stringContaining('E11000') });
    expect(store.collection('members').count).toBe(2);
  });

  it('is given up after four tries, tells every caller, and leaves nothing behind', async () => {
    abortNext(4, badTransaction);
    await expect(
      Promise.allSettled([add({ _id: 'm3', tag: 'red' }), add({ _id: 'm4' })]),
    ).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    expect(heard).toHaveLength(3);
    expect(ids({})).toEqual(['m1', 'm2']);
    expect(indexesDisagree(store.collection('members'))).toEqual([]);
    await add({ _id: 'm3', tag: 'red' });
    expect(ids({ tag: 'red' })).toEqual(['m1', 'm2', 'm3']);
  });
});

it('tells a full disk at once: trying again would not help', async () => {
  abortNext(1, diskFull);
  await expect(add({ _id: 'm5' })).rejects.toMatchObject({ message: 'No space left on device' });
  expect(heard).toEqual([]);
  expect(store.collection('members').count).toBe(3);
});

it('files every document of a page again when the page of an index build is taken back', async () => {
  const many = Array.from({ length: 2500 }, (_, i) => ({ _id: `n${String(i).padStart(4, '0')}`, n: i }));
  await add(...many);
  abortNext(2, badTransaction, 1);
  await store.createIndex('members', { name: 'n', keys: [['n', 1]] });
  expect(heard).toHaveLength(2);
  expect(indexesDisagree(store.collection('members'))).toEqual([]);
  expect(ids({ n: { $gte: 2498 } })).toEqual(['n2498', 'n2499']);
});
