import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startLocalCloud } from '../../devkit/cloud';
import { Store } from '../../devkit/cloud/store/store';
import { indexesDisagree } from './consistency';
import { newFolder, refusalOf } from './harness';

const INDEXES = [
  { collection: 'claims', name: 'n', keys: [['n', 1]] as [string, 1][] },
  { collection: 'claims', name: 'tag-n', keys: [['tag', 1], ['n', -1]] as [string, 1 | -1][] },
]; // prettier-ignore

/** A process of its own that writes through the SDK without pause and prints what was acknowledged. */
function startWriter(dataDir: string, round: number) {
  const args = [
    '--import',
    'tsx',
    join(__dirname, 'writer.ts'),
    dataDir,
    String(round),
    JSON.stringify(INDEXES),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged = {
    add: [] as string[],
    /** Asked for, and perhaps done without an answer. */
    removing: [] as string[],
    remove: [] as string[],
    move: [] as string[],
    sold: 0,
  };
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const busy = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [kind, id] = line.split(' ') as [string, string];
      if (kind === 'add') acknowledged.add.push(id);
      else if (kind === 'removing' || kind === 'remove' || kind === 'move') acknowledged[kind].push(id);
      else if (kind === 'sold') acknowledged.sold += 1;
      const { add, move } = acknowledged;
      if (add.length >= 30 && acknowledged.sold >= 10 && move.length >= 3) resolve();
    });
    void ended.then(resolve);
  });
  return { child, acknowledged, busy, ended };
}

const rounds = Number(process.env.KILL_ROUNDS ?? 2);
it(
  `loses no acknowledged write when it is killed ${rounds} times, and its indexes still agree with the documents`,
  async () => {
    const dataDir = newFolder('killed');
    const added: string[] = [];
    const removed: string[] = [];
    const doomed = new Set<string>();
    const moved: string[] = [];
    let sold = 0;
    for (let round = 0; round < rounds; round++) {
      const writer = startWriter(dataDir, round);
      await writer.busy;
      await new Promise((resolve) => setTimeout(resolve, (40 * round) % 300));
      writer.child.kill('SIGKILL');
      await writer.ended;
      added.push(...writer.acknowledged.add);
      removed.push(...writer.acknowledged.remove);
      moved.push(...writer.acknowledged.move);
      sold += writer.acknowledged.sold;
      const store = new Store(join(dataDir, 'documents'));
      const claims = store.collection('claims');
      for (const id of writer.acknowledged.removing) doomed.add(id);
      expect(added.filter((id) => !claims.get(id) && !doomed.has(id))).toEqual([]);
      expect(removed.filter((id) => claims.get(id))).toEqual([]);
      expect(indexesDisagree(claims)).toEqual([]);
      const stock = store.collection('stock').get('pear') as { n: number; log: number[] };
      // The count and the log change in one update: neither may be ahead, and no sale may be missing.
      expect(1_000_000 - stock.n).toBe(stock.log.length);
      expect(stock.log.length).toBeGreaterThanOrEqual(sold);
      // A transaction moves one from left to right and notes it: all of it is there, or nothing.
      const scales = store.collection('scales').get('s') as { left: number; right: number };
      const notes = [...store.collection('moves').range({})].map(({ _id }) => String(_id));
      expect(scales.left + scales.right).toBe(0);
      expect(notes).toHaveLength(scales.right);
      expect(moved.filter((id) => !notes.includes(id))).toEqual([]);
      await store.close();
    }
    expect(added.length).toBeGreaterThanOrEqual(30 * rounds);
    expect(moved.length).toBeGreaterThan(rounds);
    rmSync(dataDir, { recursive: true, force: true });
  },
  20_000 + 15_000 * rounds,
);

it('opens a folder whose holder was killed, but not one whose holder lives', async () => {
  const dataDir = newFolder('locked');
  const writer = startWriter(dataDir, 0);
  await writer.busy;
  expect(await refusalOf(startLocalCloud({ dataDir }))).toMatchObject({
    code: 'DATA_FOLDER_IN_USE',
    message: expect.stringContaining(String(writer.child.pid)),
  });
  writer.child.kill('SIGKILL');
  await writer.ended;
  const cloud = await startLocalCloud({ dataDir });
  expect(await refusalOf(startLocalCloud({ dataDir }))).toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
  await cloud.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 30_000);
