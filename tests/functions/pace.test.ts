import { countCall, waitOf } from '../../cloudfunctions/common/entry/pace';
import { refusalOf, startChain } from './chain';
import type { Chain } from './chain';
import { seedStaff } from './people';

jest.setTimeout(60_000);

describe('how often one person may call', () => {
  afterEach(() => delete process.env['HUITOU_CALLS_A_MINUTE']);
  const times = (count: number, openid: string, at: number) => {
    for (let n = 0; n < count; n++) countCall(openid, at);
  };

  it('is bounded within a minute, for each one alone, and begins anew with the next', () => {
    process.env['HUITOU_CALLS_A_MINUTE'] = '3';
    const began = 1_000_000;
    times(2, 'a', began);
    expect(waitOf('a', began)).toBe(0);
    times(1, 'a', began + 10_000);
    expect(waitOf('a', began + 10_000)).toBe(50_000);
    expect(waitOf('b', began + 10_000)).toBe(0);
    expect(waitOf('a', began + 59_999)).toBe(1);
    expect(waitOf('a', began + 60_000)).toBe(0);
    times(1, 'a', began + 60_000);
    expect(waitOf('a', began + 60_000)).toBe(0);
  });

  it('is not bounded where the installation says 0, and by 120 where it says nothing or nonsense', () => {
    times(119, 'c', 9_000_000);
    expect(waitOf('c', 9_000_000)).toBe(0);
    times(1, 'c', 9_000_000);
    for (const said of ['', 'many', '-1']) {
      process.env['HUITOU_CALLS_A_MINUTE'] = said;
      expect(waitOf('c', 9_000_000)).toBeGreaterThan(0);
    }
    process.env['HUITOU_CALLS_A_MINUTE'] = '0';
    expect(waitOf('c', 9_000_000)).toBe(0);
  });
});

describe('a stranger who hammers', () => {
  let chain: Chain;
  beforeAll(async () => {
    chain = await startChain(['gifts'], { environment: { HUITOU_CALLS_A_MINUTE: '5' } });
    await seedStaff(chain);
  });
  afterAll(() => chain.stop());

  it('is told when to come back and costs no database call, while others and the staff are answered', async () => {
    const open = (openid: string) =>
      chain.send(openid, 'gifts', { action: 'gift.open', ask: { link: 'abcdefghabcdefgh' } });
    for (let n = 0; n < 5; n++)
      expect((await open('wx-x')).result).toMatchObject({ failure: { code: 'not-found' } });
    const { result, databaseCalls } = await open('wx-x');
    expect(result).toMatchObject({ ok: false, failure: { code: 'too-often' } });
    const { nextAllowedAt } = (result as { failure: { nextAllowedAt: number } }).failure;
    expect(nextAllowedAt).toBeGreaterThan(chain.now());
    expect(nextAllowedAt).toBeLessThanOrEqual(chain.now() + 60_000);
    expect(databaseCalls).toBe(0);
    expect((await open('wx-y')).result).toMatchObject({ failure: { code: 'not-found' } });
    for (let n = 0; n < 8; n++) {
      const said = await chain.call('wx-c1', 'gifts', 'gift.open', { link: 'abcdefghabcdefgh' });
      expect(refusalOf(said)).toBe('not-found');
    }
  });
});
