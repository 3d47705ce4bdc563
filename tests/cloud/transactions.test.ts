import { rmSync } from 'node:fs';
import {
  connect,
  newFolder,
  refusalOf,
  startTestCloud,
  writeFunction,
  type App,
  type TestCloud,
  type Transaction,
} from './harness';

const SDK = JSON.stringify(require.resolve('@cloudbase/node-sdk'));
const functions = newFolder('functions');
// A where() inside a transaction, as someone would write it by mistake.
writeFunction(
  functions,
  'leaks',
  `const db = require(${SDK}).init({ env: 'local' }).database();
   exports.main = async () => {
     const t = await db.startTransaction();
     await t.collection('stock').where({ _id: 'pear' }).update({ n: 777 });
     const seen = (await db.collection('stock').doc('pear').get()).data[0].n;
     await t.rollback();
     return seen;
   }`,
);

let test: TestCloud;
let app: App;
const warnings: string[] = [];
beforeAll(async () => {
  test = await startTestCloud({
    functionsDir: functions,
    collections: ['stock', 'claims'],
    indexes: [{ collection: 'claims', name: 'who', keys: [['who', 1]], unique: true, sparse: true }],
    log: ({ level, message }) => level === 'warn' && warnings.push(message),
  });
  app = connect(test.cloud);
});
afterAll(async () => {
  await test.stop();
  rmSync(functions, { recursive: true, force: true });
});
beforeEach(async () => {
  await test.cloud.drop();
  await stock().add([
    { _id: 'pear', n: 100 },
    { _id: 'plum', n: 5 },
  ]);
});

const db = () => app.database();
const stock = () => db().collection('stock');
const left = async (id: string) => (await stock().doc(id).get()).data[0].n as number;
const CONFLICT = { code: 'DATABASE_TRANSACTION_CONFLICT' };

describe('a transaction', () => {
  it('sees its own changes, and nobody else does before the commit', async () => {
    const t = await db().startTransaction();
    await t
      .collection('stock')
      .doc('pear')
      .update({ n: db().command.inc(-1) });
    await t.collection('claims').add({ _id: 'c1', n: 1 });
    expect((await t.collection('stock').doc('pear').get()).data).toEqual({ _id: 'pear', n: 99 });
    expect((await t.collection('claims').doc('c1').get()).data).toMatchObject({ n: 1 });
    expect(await left('pear')).toBe(100);
    await t.commit();
    expect(await left('pear')).toBe(99);
    expect((await db().collection('claims').count()).total).toBe(1);
  });
  it('reads from the moment of its first operation', async () => {
    const t = await db().startTransaction();
    await t.collection('stock').doc('plum').get();
    await stock().doc('pear').update({ n: 1 });
    expect((await t.collection('stock').doc('pear').get()).data).toMatchObject({ n: 100 });
    await t.rollback();
    expect(await left('pear')).toBe(1);
  });
  it('leaves nothing behind after a rollback', async () => {
    const t = await db().startTransaction();
    await t.collection('stock').doc('pear').set({ n: 0 });
    await t.collection('stock').doc('plum').remove();
    await t.rollback();
    expect([await left('pear'), await left('plum')]).toEqual([100, 5]);
  });
  it('loses to the one that wrote first, and is over then', async () => {
    const [first, second] = [await db().startTransaction(), await db().startTransaction()];
    await first.collection('stock').doc('pear').update({ n: 1 });
    expect(await refusalOf(second.collection('stock').doc('pear').update({ n: 2 }))).toMatchObject(CONFLICT);
    expect(await refusalOf(second.commit())).toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' });
    await first.commit();
    expect(await left('pear')).toBe(1);
  });
  it('conflicts with a write from outside that came after its snapshot', async () => {
    const t = await db().startTransaction();
    await t.collection('stock').doc('pear').get();
    await stock().doc('pear').update({ n: 50 });
    expect(await refusalOf(t.collection('stock').doc('pear').update({ n: 1 }))).toMatchObject(CONFLICT);
  });
  it('makes a write from outside wait until it ends', async () => {
    const t = await db().startTransaction();
    await t.collection('stock').doc('pear').update({ n: 7 });
    const outside = stock()
      .doc('pear')
      .update({ n: db().command.inc(1) });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await t.commit();
    expect(await outside).toMatchObject({ updated: 1 });
    expect(await left('pear')).toBe(8);
  });
  it('ends when one of its writes is refused', async () => {
    const t = await db().startTransaction();
    await t.collection('stock').doc('plum').update({ n: 1 });
    expect(await refusalOf(t.collection('stock').add({ _id: 'pear' }))).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    });
    expect(await refusalOf(t.commit())).toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' });
    expect(await left('plum')).toBe(5);
  });
  it('keeps unique indexes at its commit', async () => {
    const t = await db().startTransaction();
    await t.collection('claims').add({ _id: 'x', who: 'w1' });
    await db().collection('claims').add({ _id: 'y', who: 'w1' });
    expect(await refusalOf(t.commit())).toMatchObject({ message: expect.stringContaining('E11000') });
    expect((await db().collection('claims').get()).data).toEqual([{ _id: 'y', who: 'w1' }]);
  });
  it('gives an object where a get outside gives a list', async () => {
    const t = await db().startTransaction();
    expect((await t.collection('stock').doc('nobody').get()).data).toBeNull();
    await t.rollback();
  });
  it('does not contain where().update(): that runs outside, and is warned about', async () => {
    expect((await test.cloud.invoke('leaks', {})).result).toBe(777);
    expect(await left('pear')).toBe(777);
    expect(warnings.some((line) => line.includes('runs outside it'))).toBe(true);
  });
});

/** The SDK's own retries come without a pause. */
const ONCE = 0;
/** A third of them get something. `BUYERS=300` makes it the crowd of a real rush. */
const BUYERS = Number(process.env.BUYERS ?? 45);
const STOCK = Math.floor(BUYERS / 3);

describe('many at once', () => {
  it('sell a stock of 100 to exactly 100 of 300, by conditional update', async () => {
    const { gt, inc } = db().command;
    const results = await Promise.all(
      Array.from({ length: 300 }, () =>
        stock()
          .where({ _id: 'pear', n: gt(0) })
          .update({ n: inc(-1) }),
      ),
    );
    expect(results.reduce((sum, { updated }) => sum + (updated ?? 0), 0)).toBe(100);
    expect(await left('pear')).toBe(0);
  });
  it(`sell a stock of ${STOCK} to exactly ${STOCK} of ${BUYERS}, by transactions that retry`, async () => {
    await stock().doc('plum').update({ n: STOCK });
    const sell = async (buyer: number) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await db().runTransaction(async (t: Transaction) => {
            const { n } = (await t.collection('stock').doc('plum').get()).data as unknown as { n: number };
            if (n <= 0) return false;
            await t
              .collection('stock')
              .doc('plum')
              .update({ n: n - 1 });
            await t.collection('claims').add({ n });
            return true;
          }, ONCE);
        } catch (cause) {
          if ((cause as { code: string }).code !== CONFLICT.code) throw cause;
          // Whoever lost waits a little, each a little differently; at once, all would stand in each other's way.
          await new Promise((resolve) =>
            setTimeout(resolve, (buyer * 7919 + attempt * 104_729) % (BUYERS * 13)),
          );
        }
      }
    };
    const sold = await Promise.all(Array.from({ length: BUYERS }, (_, buyer) => sell(buyer)));
    expect(sold.filter(Boolean)).toHaveLength(STOCK);
    expect(await left('plum')).toBe(0);
    const claims = (await db().collection('claims').limit(1000).get()).data as { n: number }[];
    expect(claims.map(({ n }) => n).sort((a, b) => b - a)).toEqual(
      Array.from({ length: STOCK }, (_, i) => STOCK - i),
    );
  }, 240_000);
});
