import { eachForItself } from '../../cloudfunctions/common/flows/eachForItself';
import { table } from '../../cloudfunctions/common/store/table';
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
    expect(Object.keys(result as object)).toEqual([
      'delivered',
      'campaigns',
      'night',
      'merges',
      'gifts',
      'care',
      'measured',
      'imports',
      'migrated',
      'rekeyed',
      'settled',
      'reminded',
      'boards',
    ]);
    // A minute in which nothing happened.
    expect(databaseCalls).toBeLessThan(30);
  });
});
