import { rmSync } from 'node:fs';
import type tcb from '@cloudbase/node-sdk';
import type { FaultRule } from '../../devkit/cloud';
import { table } from '../../cloudfunctions/common/store/table';
import { newKey, replyOf, startChain, type Chain } from '../functions/chain';
import { aCampaign, seedStaff, seedTask } from '../functions/people';
import {
  connect,
  newFolder,
  refusalOf,
  startTestCloud,
  writeFunction,
  type App,
  type TestCloud,
} from './harness';

jest.setTimeout(30_000);

const SDK = JSON.stringify(require.resolve('@cloudbase/node-sdk'));
const functions = newFolder('functions');
const adding = `const db = require(${SDK}).init({ env: 'local' }).database();
  exports.main = async ({ _id }) => (await db.collection('members').add({ _id })).id;`;
writeFunction(functions, 'adds', adding, { timeout: 7 });
writeFunction(functions, 'alsoAdds', adding, { timeout: 7 });
writeFunction(functions, 'counts', `let n = 0; exports.main = async () => ++n;`);
writeFunction(
  functions,
  'calls',
  `const app = require(${SDK}).init({ env: 'local' });
   exports.main = async () => app.callFunction({ name: 'counts' }).then((r) => r.result, (e) => e.code ?? e.message);`,
);

const always = (rule: Omit<FaultRule, 'probability'>): FaultRule => ({ probability: 1, ...rule });
// The SDK forgets to put out its slow-request timer when a request breaks, and warns long after.
jest.spyOn(console, 'warn').mockImplementation(() => undefined);

type Transaction = Awaited<ReturnType<ReturnType<App['database']>['startTransaction']>>;
let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({ functionsDir: functions, collections: ['members'] });
  app = connect(test.cloud);
});
afterEach(async () => {
  test.cloud.faults.clear();
  await test.cloud.drop();
});
afterAll(async () => {
  await test.stop();
  rmSync(functions, { recursive: true, force: true });
});

const members = () => app.database().collection('members');
const ids = async () => (await members().limit(1000).get()).data.map(({ _id }: { _id: string }) => _id);
const passed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

describe('a dropped reply', () => {
  it('looks like a broken network to the SDK, and the write stands', async () => {
    test.cloud.faults.set([always({ action: 'database.insertDocument', kind: 'dropReply', times: 1 })]);
    expect(await refusalOf(members().add({ _id: 'a' }))).toMatchObject({
      message: expect.stringMatching(/socket hang up|ECONNRESET/),
    });
    expect(await ids()).toEqual(['a']);
    expect((await members().add({ _id: 'b' })).id).toBe('b');
  });
  it('hides a refusal as well, and nothing is written', async () => {
    await members().add({ _id: 'a' });
    test.cloud.faults.set([always({ action: 'database.insertDocument', kind: 'dropReply' })]);
    expect((await refusalOf(members().add({ _id: 'a' }))).message).not.toContain('E11000');
    expect(await ids()).toEqual(['a']);
  });
  it('of a function reaches the caller as a broken connection, after the function did its work', async () => {
    test.cloud.faults.set([always({ action: 'invoke', function: 'adds', kind: 'dropReply', times: 2 })]);
    expect(await refusalOf(test.cloud.invoke('adds', { _id: 'x' }))).toMatchObject({ code: 'ECONNRESET' });
    await expect(fetch(`http://127.0.0.1:${test.cloud.port}/http/adds`)).rejects.toThrow('fetch failed');
    expect(await ids()).toContain('x');
    expect((await test.cloud.invoke('adds', { _id: 'y' })).result).toBe('y');
  });
});

describe('a conflict', () => {
  const bump = (transaction: Transaction) =>
    transaction
      .collection('members')
      .doc('a')
      .update({ n: app.database().command.inc(1) });
  it('ends the transaction it meets, and the SDK does it again', async () => {
    await members().add({ _id: 'a', n: 0 });
    test.cloud.faults.set([always({ action: 'database.modifyDocument', kind: 'conflict', times: 2 })]);
    await app.database().runTransaction(bump);
    expect((await members().doc('a').get()).data).toMatchObject([{ n: 1 }]);
    expect(test.cloud.faults.log().map(({ call, kind }) => [call, kind])).toHaveLength(2);
  });
  it('has the code and the sentence of the service, and frees the documents at once', async () => {
    await members().add({ _id: 'a', n: 0 });
    test.cloud.faults.set([always({ action: 'database.commitTransaction', kind: 'conflict' })]);
    const transaction = await app.database().startTransaction();
    await bump(transaction);
    expect(await refusalOf(transaction.commit())).toMatchObject({
      code: 'DATABASE_TRANSACTION_CONFLICT',
      message: expect.stringContaining('[ResourceUnavailable.TransactionConflict]'),
    });
    // A document still held would make this wait for ten seconds.
    expect(await passed(() => members().doc('a').update({ n: 5 }))).toBeLessThan(8000);
  });
});

describe('latency, timeouts and errors', () => {
  it('keeps the answer back for so long', async () => {
    test.cloud.faults.set([always({ action: 'database.calculateDocument', kind: 'latency', ms: 1000 })]);
    expect(await passed(() => members().count())).toBeGreaterThanOrEqual(999);
    expect(await passed(() => members().limit(1).get())).toBeLessThan(999);
  });
  it('lets the SDK run into its own time limit, and writes nothing', async () => {
    test.cloud.faults.set([always({ action: 'database.insertDocument', kind: 'timeout', times: 1 })]);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded after the environment is set
    const impatient = (require('@cloudbase/node-sdk') as typeof tcb).init({ env: 'local', timeout: 400 });
    const refusal = await refusalOf(impatient.database().collection('members').add({ _id: 'late' }));
    expect(refusal.message).toMatch(/timed? ?out/i);
    expect(await ids()).toEqual([]);
  });
  it('breaks the connection when a timeout has a length', async () => {
    test.cloud.faults.set([always({ action: 'database.insertDocument', kind: 'timeout', ms: 200 })]);
    expect(await passed(() => refusalOf(members().add({ _id: 'late' })))).toBeGreaterThanOrEqual(199);
    expect(await ids()).toEqual([]);
  });
  it('says of a function that it ran out of its own time, without running it', async () => {
    test.cloud.faults.set([always({ action: 'invoke', kind: 'timeout', times: 1 })]);
    expect(await refusalOf(test.cloud.invoke('adds', { _id: 'late' }))).toMatchObject({
      code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
      message: expect.stringContaining('timed out after 7 seconds'),
      requestId: expect.stringMatching(/\w/),
    });
    expect(await ids()).toEqual([]);
  });
  it('answers with the error of the service, and does nothing', async () => {
    test.cloud.faults.set([always({ action: '*', kind: 'error' })]);
    expect(await refusalOf(members().add({ _id: 'a' }))).toMatchObject({ code: 'SYS_ERR' });
    expect(await refusalOf(test.cloud.invoke('adds', { _id: 'a' }))).toMatchObject({ code: 'SYS_ERR' });
    test.cloud.faults.clear();
    expect(await ids()).toEqual([]);
  });
  it('meets a function that calls a function', async () => {
    test.cloud.faults.set([always({ action: 'functions.invokeFunction', kind: 'dropReply', times: 1 })]);
    expect((await test.cloud.invoke('calls', {})).result).toMatch(/socket hang up|ECONNRESET/);
    expect((await test.cloud.invoke('calls', {})).result).toBe(2);
    test.cloud.faults.set([always({ action: 'invoke', function: 'counts', kind: 'error' })]);
    expect((await test.cloud.invoke('calls', {})).result).toBe('SYS_ERR');
  });
  it('lets nobody wait when the cloud closes', async () => {
    const other = await startTestCloud({ collections: ['members'] });
    other.cloud.faults.set([
      always({ action: 'database.getDocument', kind: 'timeout' }),
      always({ action: 'database.calculateDocument', kind: 'latency', ms: 60_000 }),
    ]);
    const ask = (action: string) =>
      fetch(`http://127.0.0.1:${other.cloud.port}/admin`, {
        method: 'POST',
        body: JSON.stringify({ action, collectionName: 'members' }),
      });
    const waiting = ['database.getDocument', 'database.calculateDocument'].map((action) =>
      refusalOf(ask(action)),
    );
    while (other.cloud.faults.log().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await passed(() => other.stop())).toBeLessThan(5000);
    expect(await Promise.all(waiting)).toHaveLength(2);
  });
});

describe('the rules', () => {
  const half: FaultRule = { action: 'database.insertDocument', kind: 'error', probability: 0.5 };
  const pattern = async (rules: FaultRule[], seed: number) => {
    test.cloud.faults.set(rules, seed);
    const seen: boolean[] = [];
    for (let i = 0; i < 40; i++) {
      seen.push(await members().add({ i }).then(() => true, () => false)); // prettier-ignore
    }
    return seen;
  };
  it('strike alike for the same seed and order of calls, and otherwise for another seed', async () => {
    const first = await pattern([half], 11);
    const entries = test.cloud.faults.log();
    expect(await pattern([half], 11)).toEqual(first);
    expect(await pattern([half], 12)).not.toEqual(first);
    const struck = first.filter((fine) => !fine).length;
    expect(entries).toHaveLength(struck);
    expect(entries.map(({ call }) => first[call - 1])).toEqual(entries.map(() => false));
    expect([struck > 8, struck < 32]).toEqual([true, true]);
  });
  it('keep their own dice when another rule is added behind', async () => {
    const slow: FaultRule = { action: '*', kind: 'latency', probability: 0.5, ms: 1 };
    expect(await pattern([half, slow], 11)).toEqual(await pattern([half], 11));
  });
  it('never strike with probability 0, and as often as `times` says with 1', async () => {
    expect(await pattern([{ ...half, probability: 0 }], 3)).not.toContain(false);
    expect((await pattern([{ ...half, probability: 1, times: 3 }], 3)).indexOf(true)).toBe(3);
  });
  it('meet only the calls from inside the function they name', async () => {
    test.cloud.faults.set([always({ action: 'database.insertDocument', function: 'adds', kind: 'error' })]);
    expect(await refusalOf(test.cloud.invoke('adds', { _id: 'a' }))).toMatchObject({
      message: expect.stringContaining('a fault on demand'),
    });
    await test.cloud.invoke('alsoAdds', { _id: 'b' });
    await members().add({ _id: 'c' });
    expect(await ids()).toEqual(['b', 'c']);
    expect(test.cloud.faults.log()).toMatchObject([{ function: 'adds', rule: 0, kind: 'error' }]);
  });
  it.each([
    [{ action: 'invoke', kind: 'conflict', probability: 1 }, 'a conflict is an answer of the database'],
    [{ action: 'invoke', kind: 'latency', probability: 1 }, 'a latency needs ms'],
    [{ action: 'everything', kind: 'error', probability: 1 }, 'action must be'],
    [{ action: '*', kind: 'explode', probability: 1 }, 'kind must be one of'],
    [{ action: '*', kind: 'error', probability: 1.1 }, 'probability must be'],
    [{ action: '*', kind: 'error', probability: 1, times: 0 }, 'times must be'],
    [{ action: '*', kind: 'error', probability: 1, chance: 1 }, "'chance' is not known"],
  ])('refuse %j', (rule, sentence) => {
    expect(() => test.cloud.faults.set([rule as FaultRule])).toThrow(sentence);
  });
  it('are set and read over HTTP', async () => {
    const address = `http://127.0.0.1:${test.cloud.port}/_dev/faults`;
    const post = (body: object) => fetch(address, { method: 'POST', body: JSON.stringify(body) });
    expect((await post({ rules: [{ ...half, probability: 1, times: 1 }], seed: 5 })).status).toBe(200);
    await refusalOf(members().add({ _id: 'a' }));
    expect(await (await fetch(address)).json()).toMatchObject({
      seed: 5,
      rules: [{ action: 'database.insertDocument', kind: 'error', probability: 1, times: 1 }],
      log: [{ call: 1, action: 'database.insertDocument', kind: 'error', rule: 0 }],
    });
    const refused = await post({ rules: [{ ...half, probability: 'often' }] });
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'INVALID_PARAM' }]);
    expect((await post({ rules: [] })).status).toBe(200);
    expect((await members().add({ _id: 'b' })).id).toBe('b');
  });
});

describe('the cold start switch', () => {
  const count = async () => (await test.cloud.invoke('counts', {})).result;
  const cold = (cold: unknown) =>
    fetch(`http://127.0.0.1:${test.cloud.port}/_dev/cold`, {
      method: 'POST',
      body: JSON.stringify({ cold }),
    });
  it('gives every invocation a fresh worker, and a warm one again when it is off', async () => {
    expect([await count(), await count()]).toEqual([1, 2]);
    expect(await (await cold(true)).json()).toEqual({ cold: true });
    expect([await count(), await count()]).toEqual([1, 1]);
    // More callers than workers: whoever waits gets a fresh one too.
    expect(await Promise.all(Array.from({ length: 9 }, count))).toEqual(Array(9).fill(1));
    expect((await cold('yes')).status).toBe(400);
    await cold(false);
    expect([await count(), await count()]).toEqual([1, 2]);
  });
  it('can be on from the start', async () => {
    const other = await startTestCloud({ functionsDir: functions, coldStart: true });
    expect((await other.cloud.invoke('counts', {})).result).toBe(1);
    expect((await other.cloud.invoke('counts', {})).result).toBe(1);
    await other.stop();
  });
});

// Last in this file: from here on the SDK of this process points at the chain.
describe('a claim whose reply was lost', () => {
  let chain: Chain;
  beforeAll(async () => {
    chain = await startChain(['gifts']);
    await seedStaff(chain);
    await chain.add('campaigns', [aCampaign('spring')]);
  }, 60_000);
  afterAll(() => chain.stop());

  /** Claims until an answer comes, as the phone does: always with the same key. */
  async function claimUntilAnswered(memberId: string, rules: FaultRule[], seed = 1) {
    const { task } = await seedTask(chain, memberId);
    const key = newKey();
    const claim = () => chain.call(`wx-${memberId}`, 'gifts', 'gift.claim', { link: task.link }, key);
    chain.cloud.faults.set(rules, seed);
    let unanswered = 0;
    let answer = await claim().catch(() => undefined);
    for (; answer?.ok !== true && unanswered < 30; answer = await claim().catch(() => undefined))
      unanswered++;
    const struck = chain.cloud.faults.log();
    chain.cloud.faults.clear();
    if (!answer) throw new Error('never answered');
    const { coupon } = replyOf(answer);
    const kept = await table('coupons').page({ where: { taskId: task._id }, limit: 10 });
    return { unanswered, struck, coupon, kept, again: replyOf(await claim()).coupon };
  }

  it('gives the same coupon when it is asked again', async () => {
    const { unanswered, coupon, kept, again } = await claimUntilAnswered('F1', [
      always({ action: 'invoke', function: 'gifts', kind: 'dropReply', times: 2 }),
    ]);
    expect(unanswered).toBe(2);
    expect(kept).toMatchObject([{ code: coupon?.code, claimedAt: coupon?.claimedAt }]);
    expect(again).toEqual(coupon);
  });

  it('gives one coupon too when the database was the one that did not answer', async () => {
    const { struck, coupon, kept, again } = await claimUntilAnswered('F2', [
      always({ action: 'database.insertDocument', function: 'gifts', kind: 'dropReply', times: 1 }),
      always({ action: 'database.modifyDocument', function: 'gifts', kind: 'dropReply', times: 1 }),
    ]);
    expect(struck.map(({ action }) => action)).toContain('database.insertDocument');
    expect(kept).toMatchObject([{ code: coupon?.code }]);
    expect(again).toEqual(coupon);
  });

  it('gives one coupon to each of ten people while every third call of the database fails', async () => {
    let faults = 0;
    for (let n = 0; n < 10; n++) {
      const rules: FaultRule[] = [
        { action: '*', function: 'gifts', kind: 'dropReply', probability: 0.2 },
        { action: '*', function: 'gifts', kind: 'error', probability: 0.15 },
      ];
      const { kept, coupon, struck } = await claimUntilAnswered(`G${n}`, rules, n);
      expect(kept).toMatchObject([{ code: coupon?.code }]);
      faults += struck.length;
    }
    expect(faults).toBeGreaterThan(10);
  });
});
