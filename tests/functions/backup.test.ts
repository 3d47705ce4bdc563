import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS } from '../../cloudfunctions/common/store/indexes';
import { backUp } from '../../devkit/backup/backUp';
import { openDocuments } from '../../devkit/backup/database';
import type { Documents } from '../../devkit/backup/database';
import { fileOf, readManifest } from '../../devkit/backup/folder';
import { putBack } from '../../devkit/backup/putBack';
import { startChain } from './chain';
import type { Chain } from './chain';
import { aMember, quietOrders, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
const MEMBERS = 620;
let chain: Chain;
let documents: Documents;
const folders: string[] = [];
beforeAll(async () => {
  chain = await startChain([]);
  documents = openDocuments(chain.cloud.sdkEnvironment(), chain.cloud.env);
  await seedStaff(chain);
  await seedTask(chain, 'MX');
  const members = Array.from({ length: MEMBERS }, (_, i) => aMember(`M${i}`));
  await chain.add('members', members);
  await chain.add(
    'orders',
    members.slice(0, 50).flatMap(({ _id }) => quietOrders(_id)),
  );
});
afterAll(async () => {
  await chain.stop();
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'huitou-backup-'));
  folders.push(folder);
  return folder;
}
const backedUp = (folder: string, from: Documents = documents) =>
  backUp({
    documents: from,
    env: 'local',
    collections: COLLECTIONS,
    folder,
    now: () => new Date(0),
    say: () => undefined,
  });
const restored = (folder: string, overwrite = false, to: Documents = documents) =>
  putBack({ documents: to, env: 'local', folder, overwrite, say: () => undefined });

/** Everything that stands, by the SDK. */
async function everything(): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const collection of COLLECTIONS) {
    const docs = [];
    for (let after = ''; ;) {
      const page = await documents.behind(collection, after, 1000);
      docs.push(...page);
      if (page.length < 1000) break;
      after = page.at(-1)?._id ?? '';
    }
    all[collection] = docs;
  }
  return all;
}

/** The same documents, with a line that is cut at the n-th call. */
function cutAt(nth: number): Documents {
  let calls = 0;
  const call = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> =>
      ++calls === nth ? Promise.reject(new Error('the line was cut')) : work(...args);
  };
  const { behind, standing, add, put, count } = documents;
  return {
    behind: call(behind),
    standing: call(standing),
    add: call(add),
    put: call(put),
    count: call(count),
  };
}

describe('a backup', () => {
  it('brings everything back into an empty chain, document by document', async () => {
    const before = await everything();
    expect(before['members']?.length).toBeGreaterThan(MEMBERS);
    const folder = newFolder();
    const manifest = await backedUp(folder);
    expect(manifest.collections['members']?.documents).toBe(before['members']?.length);
    await chain.cloud.drop();
    expect((await everything())['members']).toEqual([]);
    const { added } = await restored(folder);
    expect(added).toBe(Object.values(before).reduce((sum, docs) => sum + docs.length, 0));
    expect(await everything()).toEqual(before);
  });

  it('that was cut off at any page goes on and is the same, even when half a line was left behind', async () => {
    const whole = newFolder();
    await backedUp(whole);
    for (const nth of [1, 5, 6, 9]) {
      const folder = newFolder();
      await expect(backedUp(folder, cutAt(nth))).rejects.toThrow('the line was cut');
      await expect(restored(folder)).rejects.toThrow(/没有(备份|做完)/);
      const underWay = Object.entries(readManifest(folder)?.collections ?? {}).find(
        ([, { isDone }]) => !isDone,
      );
      if (underWay) appendFileSync(fileOf(folder, underWay[0]), '{"_id":"ha');
      await backedUp(folder);
      for (const collection of COLLECTIONS)
        expect(readFileSync(fileOf(folder, collection), 'utf8')).toBe(
          readFileSync(fileOf(whole, collection), 'utf8'),
        );
    }
  });

  it('never goes into a folder with something else in it, nor over a finished one', async () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'notes.txt'), 'mine');
    await expect(backedUp(folder)).rejects.toThrow('里有别的文件');
    const other = newFolder();
    await backedUp(other);
    await expect(backedUp(other)).rejects.toThrow('已经有一份完整的备份');
  });
});

describe('a restore', () => {
  it('adds what is missing and leaves what stands otherwise, unless told to put it back', async () => {
    const folder = newFolder();
    await backedUp(folder);
    const before = await everything();
    const [member] = await documents.standing('members', ['M7']);
    if (!member) throw new Error('M7 is not there');
    await documents.put('members', { ...member, name: '改过的人' });
    expect(await restored(folder)).toMatchObject({ added: 0, different: 1 });
    expect((await documents.standing('members', ['M7']))[0]?.['name']).toBe('改过的人');
    expect(await restored(folder, true)).toMatchObject({ added: 0, different: 1 });
    expect(await everything()).toEqual(before);
  });

  it('that was cut off goes on and ends the same', async () => {
    const folder = newFolder();
    await backedUp(folder);
    const before = await everything();
    for (const nth of process.env['EVERY_NTH_WRITE'] ? [2, 4, 9, 12] : [4, 12]) {
      await chain.cloud.drop();
      await expect(restored(folder, false, cutAt(nth))).rejects.toThrow('the line was cut');
      await restored(folder);
      expect(await everything()).toEqual(before);
    }
  });
});
