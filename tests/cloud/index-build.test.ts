import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalCloud, type IndexDeclaration } from '../../devkit/cloud';
import { describePlan, findDocuments } from '../../devkit/cloud/store/find';
import type { IndexShape } from '../../devkit/cloud/store/secondary-index';
import { Store } from '../../devkit/cloud/store/store';
import { insertDocuments, modifyDocuments, removeDocuments } from '../../devkit/cloud/store/write';
import { indexesDisagree } from './consistency';
import { connect, newFolder, refusalOf } from './harness';

const N = 5000;
jest.setTimeout(60_000);

const TAG: IndexShape = { name: 'tag', keys: [['tag', 1], ['n', -1]] }; // prettier-ignore
const PHONE: IndexShape = { name: 'phone', keys: [['phone', 1]], unique: true };
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const folder = (name: string) => {
  const made = newFolder(name);
  folders.push(made);
  return made;
};
const id = (i: number) => `m${String(i).padStart(5, '0')}`;
const contextOf = (store: Store) => ({ store, newId: () => 'unused', now: () => 0, transaction: undefined });
const E11000 = { message: expect.stringContaining('E11000') };

/** A store with many documents and no index; the first and the last may have the same phone. */
async function filled(path: string, twins = false): Promise<Store> {
  const store = new Store(path);
  await store.createCollection('members');
  for (let from = 0; from < N; from += 1000) {
    const docs = Array.from({ length: 1000 }, (_, k) => ({
      _id: id(from + k),
      n: from + k,
      tag: [`t${k % 7}`],
      phone: twins && from + k === N - 1 ? id(0) : id(from + k),
    }));
    await insertDocuments(contextOf(store), store.collection('members'), docs);
  }
  return store;
}
/** The folder of a cloud with the same documents. */
async function filledCloud(name: string, twins = false): Promise<string> {
  const dataDir = folder(name);
  await (await startLocalCloud({ dataDir })).close();
  await (await filled(join(dataDir, 'documents'), twins)).close();
  return dataDir;
}
const set = (store: Store, _id: string, data: object) =>
  modifyDocuments(contextOf(store), store.collection('members'), {
    query: { _id },
    data: { $set: data },
    multi: false,
    merge: true,
    upsert: false,
  });

describe('an index over documents that are already there', () => {
  it('is built while they are written, and is right in the end', async () => {
    const store = await filled(folder('build'));
    const members = store.collection('members');
    const build = await store.beginIndex('members', TAG);
    expect(store.underBuilding(members)).toMatchObject([{ shape: TAG, filed: 2000 }]);
    const way = () => describePlan(findDocuments(members, { tag: 't3' }, { limit: 1 }).plan);
    expect(way()).toBe('all documents');
    let writes = 0;
    for (let i = 1; members.indexes.length === 0; i += 7) {
      // In front of the build, behind it, and where it just is.
      await Promise.all([
        set(store, id((i * 13) % N), { tag: ['t3', `new${i}`] }),
        set(store, id(N - 1 - (i % 500)), { tag: [] }),
        set(store, id(i % 300), { n: -i }),
        removeDocuments(contextOf(store), members, { _id: id((i * 31) % N) }, false),
        insertDocuments(contextOf(store), members, [{ _id: `x${i}`, tag: 't3', n: i }]),
      ]);
      const found = findDocuments(members, { tag: 't3' });
      expect(found.docs.length).toBeGreaterThan(500);
      writes += 5;
    }
    expect(await build?.outcome).toBeUndefined();
    expect(writes).toBeGreaterThan(10);
    expect(way()).toBe('index tag');
    expect(indexesDisagree(members)).toEqual([]);
    expect(store.underBuilding(members)).toEqual([]);
    await store.close();
  });

  it('keeps nobody waiting: a start answers at once, and goes on building', async () => {
    const dataDir = await filledCloud('start');
    const declared: IndexDeclaration = { collection: 'members', ...TAG };
    const cloud = await startLocalCloud({ dataDir, indexes: [declared], timers: false });
    const state = async () => {
      const status = await (await fetch(`http://127.0.0.1:${cloud.port}/_dev/status`)).json();
      return (status as { collections: { indexes: { filed?: number }[] }[] }).collections[0]?.indexes[0];
    };
    const seen = await state();
    expect(seen).toMatchObject({ name: 'tag', filed: expect.any(Number) });
    expect(seen?.filed).toBeLessThan(N);
    const page = await (await fetch(`http://127.0.0.1:${cloud.port}/_console`)).text();
    expect(page).toContain('正在建立');
    const members = connect(cloud).database().collection('members');
    let answered = 0;
    for (; (await state())?.filed !== undefined; answered++)
      expect((await members.doc(id(answered)).get()).data).toMatchObject([{ n: answered }]);
    // Between the pages, not after the last.
    expect(answered).toBeGreaterThan(1);
    // Whoever declares it meanwhile, or again, waits for the same one.
    await cloud.createIndex(declared);
    await cloud.close();
  });

  it('begins anew after a kill in the middle, and misses no write', async () => {
    const dataDir = await filledCloud('killed');
    const script = `
      const { startLocalCloud } = require(${JSON.stringify(join(__dirname, '..', '..', 'devkit', 'cloud', 'index.ts'))});
      const { connect } = require(${JSON.stringify(join(__dirname, 'harness.ts'))});
      void (async () => {
        const cloud = await startLocalCloud({ dataDir: ${JSON.stringify(dataDir)}, indexes: [${JSON.stringify({ collection: 'members', ...TAG })}], timers: false });
        await connect(cloud).database().collection('members').doc('${id(5)}').update({ tag: ['late'] });
        process.kill(process.pid, 'SIGKILL');
      })();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: 'inherit' });
    const signal = await new Promise((resolve) => child.on('close', (_code, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');
    const store = new Store(join(dataDir, 'documents'));
    const members = store.collection('members');
    expect([members.indexes.length, members.filedIn.length]).toEqual([0, 1]);
    await store.createIndex('members', TAG);
    expect(members.indexes).toHaveLength(1);
    expect(findDocuments(members, { tag: 'late' }).docs.map(({ _id }) => _id)).toEqual([id(5)]);
    expect(indexesDisagree(members)).toEqual([]);
    await store.close();
    const again = new Store(join(dataDir, 'documents'));
    expect(again.collection('members').indexes).toHaveLength(1);
    await again.close();
  });

  it('goes on at the next start when the cloud was closed in the middle', async () => {
    const path = folder('closed');
    const store = await filled(path);
    const build = await store.beginIndex('members', TAG);
    await store.close();
    expect(await build?.outcome).toMatchObject({ message: expect.stringContaining('stopped') });
    const again = new Store(path);
    await again.createIndex('members', TAG);
    expect(indexesDisagree(again.collection('members'))).toEqual([]);
    await again.close();
  });
});

describe('a unique index over documents that are already there', () => {
  it('is reported and is not there when two of them collide', async () => {
    const dataDir = await filledCloud('twins', true);
    const errors: string[] = [];
    let told: () => void = () => undefined;
    const reported = new Promise<void>((resolve) => (told = resolve));
    const cloud = await startLocalCloud({
      dataDir,
      indexes: [{ collection: 'members', ...PHONE }],
      timers: false,
      log: ({ level, about, message }) => {
        if (level !== 'error') return;
        errors.push(`${about}: ${message}`);
        told();
      },
    });
    await reported;
    expect(errors).toEqual([expect.stringMatching(/^members: index phone could not be built.*E11000/)]);
    const members = connect(cloud).database().collection('members');
    await members.add({ _id: 'third', phone: id(0) });
    const declared = { collection: 'members', ...PHONE };
    expect(await refusalOf(cloud.createIndex(declared))).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      ...E11000,
    });
    await cloud.createIndex({ ...declared, unique: false });
    expect((await members.where({ phone: id(0) }).count()).total).toBe(3);
    await cloud.close();
  });

  it('fails by two that a write made alike meanwhile, also where the build has been', async () => {
    const store = await filled(folder('made-twins'));
    const members = store.collection('members');
    const build = await store.beginIndex('members', PHONE);
    await set(store, id(3), { phone: id(4) });
    expect(await build?.outcome).toMatchObject(E11000);
    expect([members.indexes.length, members.filedIn.length]).toEqual([0, 0]);
    // Nothing of it is left: the same name can be taken by another index.
    await store.createIndex('members', { ...PHONE, unique: false });
    expect(indexesDisagree(members)).toEqual([]);
    await store.close();
  });

  it('stands when they were made different again before the end, and guards from then on', async () => {
    const store = await filled(folder('no-twins'));
    const build = await store.beginIndex('members', PHONE);
    await set(store, id(3), { phone: id(4) });
    await set(store, id(4), { phone: 'another' });
    expect(await build?.outcome).toBeUndefined();
    expect(await refusalOf(set(store, id(5), { phone: 'another' }))).toMatchObject(E11000);
    expect(indexesDisagree(store.collection('members'))).toEqual([]);
    await store.close();
  });
});

it('a transaction does not take an index that is younger than its snapshot', async () => {
  const store = await filled(folder('snapshot'));
  const members = store.collection('members');
  const transaction = store.transactions.find(store.transactions.begin());
  await removeDocuments(contextOf(store), members, { _id: id(9) }, false);
  await store.createIndex('members', { name: 'n', keys: [['n', 1]] });
  expect(findDocuments(members, { n: 9 }, { transaction }).docs).toMatchObject([{ _id: id(9) }]);
  expect(findDocuments(members, { n: 9 })).toMatchObject({ docs: [], plan: { kind: 'index' } });
  const later = store.transactions.find(store.transactions.begin());
  expect(findDocuments(members, { n: 10 }, { transaction: later })).toMatchObject({
    docs: [{ n: 10 }],
    plan: { kind: 'index' },
  });
  await store.close();
});

it('is declared over HTTP too, and refused in words', async () => {
  const dataDir = folder('http');
  const cloud = await startLocalCloud({ dataDir, collections: ['members'], timers: false });
  const declare = async (body: object) => {
    const reply = await fetch(`http://127.0.0.1:${cloud.port}/_dev/indexes`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return [reply.status, await reply.json()] as [number, { code?: string; message?: string }];
  };
  const tag = { collection: 'members', name: 'tag', keys: [['tag', 1]] };
  expect(await declare(tag)).toEqual([200, { name: 'tag', state: 'ready' }]);
  expect(await declare(tag)).toEqual([200, { name: 'tag', state: 'ready' }]);
  const wrong: [object, RegExp][] = [
    [{ ...tag, keys: [['other', 1]] }, /already exists with different options/],
    [{ ...tag, collection: 'nowhere' }, /not exist: nowhere/],
    [{ ...tag, name: '../x' }, /name of an index/],
    [{ ...tag, name: 'k', keys: [['tag', 2]] }, /a key is \[field, 1\]/],
    [{ ...tag, name: 'k', keys: [] }, /keys must be a list/],
    [{ ...tag, name: 'k', unique: 'yes' }, /true or false/],
  ];
  for (const [body, message] of wrong) {
    const [status, refusal] = await declare(body);
    expect([status, refusal.message]).toEqual([400, expect.stringMatching(message)]);
  }
  await cloud.close();
});
