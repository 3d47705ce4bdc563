import { eachForItself } from '../../cloudfunctions/common/flows/eachForItself';
import { table } from '../../cloudfunctions/common/store/table';
import { HOUR_MS } from '../../miniprogram/domain/kernel/day';
import { startChain } from './chain';
import type { Chain } from './chain';

jest.setTimeout(60_000);

describe('many things worked on one after another', () => {
  const nameOf = (name: string) => name;

  it('have their turn although one before them failed, and the failure comes out in the end', async () => {
    const seen: string[] = [];
    const work = async (name: string) => {
      seen.push(name);
      if (name === 'b' || name === 'd') throw new Error(`${name} is broken`);
    };
    await expect(eachForItself(['a', 'b', 'c', 'd', 'e'], nameOf, work)).rejects.toMatchObject({
      message: 'failed: b, d',
      stack: expect.stringContaining('b is broken') as string,
    });
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('stop where there is no time for the rest', async () => {
    const seen: string[] = [];
    await eachForItself(['a', 'b', 'c'], nameOf, async (name) => {
      seen.push(name);
      return name !== 'b';
    });
    expect(seen).toEqual(['a', 'b']);
  });
});

describe('the minute timer', () => {
  let chain: Chain;
  beforeAll(async () => {
    chain = await startChain(['pulse'], { environment: { HUITOU_USAGE_EVERY: '1' } });
  });
  afterAll(() => chain.stop());
  const pulse = () => chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });

  it('does all the rest of its work when messages cannot be read, counts as failed, and is well again a minute later', async () => {
    chain.cloud.faults.set([
      { action: 'database.getDocument', function: 'pulse', kind: 'error', probability: 1, times: 1 },
    ]);
    await expect(pulse()).rejects.toThrow(/failed: delivered/);
    expect(chain.cloud.faults.log()).toHaveLength(1);
    const [failed] = await table('usage').all({}, 10);
    expect(failed).toMatchObject({ failed: 1 });
    const { result, databaseCalls } = await pulse();
    // What comes once an hour had its turn beside the failure.
    expect(Object.keys(result as object)).toEqual([
      'delivered',
      'campaigns',
      'night',
      'merges',
      'gifts',
      'care',
      'migrated',
      'rekeyed',
      'settled',
      'reminded',
      'boards',
    ]);
    expect(databaseCalls).toBeLessThan(30);
  });

  it('leaves out what can wait an hour until the hour is over, and writes nothing in a minute without work but that it ran', async () => {
    const askedIn = async () => {
      const { result, logs } = await pulse();
      const line = JSON.parse(logs.at(-1) ?? '{}') as { databaseCalls: number; writes: number };
      return { ...line, parts: Object.keys(result as object) };
    };
    const quiet = await askedIn();
    expect(quiet.parts).not.toEqual(expect.arrayContaining(['measured']));
    expect(quiet.parts).not.toEqual(expect.arrayContaining(['imports']));
    expect(quiet.writes).toBe(1);
    expect(quiet.databaseCalls).toBeLessThan(25);
    await chain.cloud.clock.moveTo(chain.now() + HOUR_MS);
    expect((await askedIn()).parts).toEqual(expect.arrayContaining(['measured', 'imports']));
  });
});
