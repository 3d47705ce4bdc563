import { connect, startTestCloud, type App, type TestCloud } from './harness';
import { anomaliesIn, type Attempt } from './history';
import { dice } from './dice';

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({ collections: ['accounts', 'transfers'] });
  app = connect(test.cloud);
});
afterAll(() => test.stop());

type Account = { balance: number; version: number };
const ACCOUNTS = ['a', 'b', 'c', 'd', 'e'];
const START = 100;
const LANES = 8;
const EACH = Number(process.env.ISOLATION_ROUNDS ?? 12);
const seed = Number(process.env.FUZZ_SEED ?? 20260322);

/**
 * Every transaction moves money between two accounts or reads all of them (some twice), some roll
 * back, and writes from outside come between. Each write leaves a version no other write leaves, so
 * what was read says whose write was seen.
 */
it(`a history of concurrent transactions has no lost update, dirty or torn read (seed ${seed})`, async () => {
  const db = app.database();
  const roll = dice(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)] as T;
  const accounts = db.collection('accounts');
  await accounts.add(ACCOUNTS.map((_id) => ({ _id, balance: START, version: 0 })));
  const history: Attempt[] = [];
  let versions = 0;

  const attempt = async (work: 'transfer' | 'read', givesUp: boolean): Promise<void> => {
    const t = await db.startTransaction();
    const read = async (id: string): Promise<Account> => {
      const { balance, version } = (await t.collection('accounts').doc(id).get()).data as unknown as Account;
      record.reads.push({ id, version, balance });
      return { balance, version };
    };
    const record: Attempt = { reads: [], writes: [], outcome: 'conflict' };
    history.push(record);
    try {
      if (work === 'read') {
        for (const id of ACCOUNTS) await read(id);
        for (const id of ACCOUNTS) await read(id);
      } else {
        const from = pick(ACCOUNTS);
        const to = pick(ACCOUNTS.filter((id) => id !== from));
        const [payer, payee] = [await read(from), await read(to)];
        const sum = Math.ceil(roll() * 20);
        for (const [id, old, balance] of [
          [from, payer, payer.balance - sum],
          [to, payee, payee.balance + sum],
        ] as const) {
          const version = ++versions;
          record.writes.push({ id, over: old.version, version });
          await t.collection('accounts').doc(id).update({ balance, version });
        }
      }
      if (givesUp) {
        await t.rollback();
        record.outcome = 'rolled back';
      } else {
        await t.commit();
        record.outcome = 'committed';
      }
    } catch (cause) {
      if ((cause as { code: string }).code !== 'DATABASE_TRANSACTION_CONFLICT') throw cause;
    }
  };
  /** One update outside: it changes no balance, only the version. */
  const touch = async (): Promise<void> => {
    const id = pick(ACCOUNTS);
    const version = ++versions;
    const [before] = (await db.collection('accounts').doc(id).get()).data as Account[];
    const { updated } = await accounts.where({ _id: id, version: before?.version }).update({ version });
    if (updated === 1)
      history.push({
        reads: [],
        writes: [{ id, over: before?.version ?? 0, version }],
        outcome: 'committed',
      });
  };
  const lane = async () => {
    for (let i = 0; i < EACH; i++) {
      const what = roll();
      if (what < 0.15) await touch();
      else await attempt(what < 0.4 ? 'read' : 'transfer', roll() < 0.15);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));

  const last = (await accounts.get()).data as (Account & { _id: string })[];
  const final = new Map(last.map(({ _id, version }) => [_id, version]));
  expect(anomaliesIn(history, final, ACCOUNTS.length * START)).toEqual([]);
  expect(last.reduce((sum, { balance }) => sum + balance, 0)).toBe(ACCOUNTS.length * START);
  // Without conflicts and without successes the history would prove nothing.
  for (const outcome of ['committed', 'conflict', 'rolled back'] as const)
    expect(history.filter((one) => one.outcome === outcome).length).toBeGreaterThan(3);
}, 120_000);

describe('the check of a history', () => {
  const ok: Attempt = { reads: [], writes: [{ id: 'a', over: 0, version: 1 }], outcome: 'committed' };
  it('accepts a chain of versions', () => {
    expect(anomaliesIn([ok], new Map([['a', 1]]), 0)).toEqual([]);
  });
  it('finds a lost update', () => {
    const second: Attempt = { ...ok, writes: [{ id: 'a', over: 0, version: 2 }] };
    expect(anomaliesIn([ok, second], new Map([['a', 2]]), 0)).toContainEqual(
      expect.stringContaining('lost update'),
    );
  });
  it('finds a dirty read', () => {
    const rolledBack: Attempt = { ...ok, outcome: 'rolled back' };
    const reader: Attempt = {
      reads: [{ id: 'a', version: 1, balance: 0 }],
      writes: [],
      outcome: 'committed',
    };
    expect(anomaliesIn([rolledBack, reader], new Map([['a', 0]]), 0)).toContainEqual(
      expect.stringContaining('dirty read'),
    );
  });
  it('finds a read that changed, and a sum that no moment ever had', () => {
    const twice: Attempt = {
      reads: [
        { id: 'a', version: 0, balance: 10 },
        { id: 'a', version: 1, balance: 20 },
      ],
      writes: [],
      outcome: 'rolled back',
    };
    const found = anomaliesIn([ok, twice], new Map([['a', 1]]), 10);
    expect(found).toContainEqual(expect.stringContaining('read twice'));
    const torn: Attempt = { ...twice, reads: [{ id: 'a', version: 1, balance: 20 }] };
    expect(anomaliesIn([ok, torn], new Map([['a', 1]]), 10, 1)).toContainEqual(
      expect.stringContaining('torn read'),
    );
  });
});
