import { table } from '../../cloudfunctions/common/store/table';
import { newKey, refusalOf, replyOf, startChain } from './chain';
import type { Chain } from './chain';

jest.setTimeout(60_000);
const SECRET = 'a-secret-of-the-installation';
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members'], { environment: { HUITOU_BOOTSTRAP_SECRET: SECRET } });
});
afterAll(() => chain.stop());
beforeEach(async () => {
  for (const name of ['staff', 'guesses', 'audit'] as const) await table(name).removeAll({});
});

const set = (openid: string, secret = SECRET, name = '王总', key = newKey()) =>
  chain.call(openid, 'members', 'staff.bootstrap', { secret, name }, key);
const session = async (openid: string) => replyOf(await chain.call(openid, 'members', 'session.open', {}));

describe('the first HQ account', () => {
  it('is made by whoever knows the secret, and the door says before and after whether one stands', async () => {
    expect(await session('wx-first')).toMatchObject({ role: 'stranger', setUp: false });
    expect(replyOf(await set('wx-first'))).toEqual({ staffId: 'hq-1' });
    expect(await session('wx-first')).toMatchObject({ role: 'hq', name: '王总', setUp: true });
    expect(await session('wx-else')).toMatchObject({ role: 'stranger', setUp: true });
    expect((await table('audit').all({}, 10)).map(({ what, staffId }) => [what, staffId])).toEqual([
      ['staffJoined', 'hq-1'],
    ]);
  });

  it('is one, whoever of two callers at once is faster', async () => {
    for (let round = 0; round < 5; round++) {
      await table('staff').removeAll({});
      const outcomes = await Promise.all(['a', 'b', 'c'].map((who) => set(`wx-race-${who}`)));
      expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
      expect(new Set(outcomes.filter((one) => !one.ok).map(refusalOf))).toEqual(new Set(['already-set-up']));
      expect(await table('staff').count({ role: 'hq' })).toBe(1);
    }
  });

  it('is the same when her reply was lost and she asks again, also at once', async () => {
    const key = newKey();
    const twice = await Promise.all([set('wx-w', SECRET, '王总', key), set('wx-w', SECRET, '王总', key)]);
    twice.push(await set('wx-w', SECRET, '王总', key));
    expect(twice.map((one) => replyOf(one).staffId)).toEqual(['hq-1', 'hq-1', 'hq-1']);
    expect(await table('staff').count({})).toBe(1);
    expect(await table('audit').count({})).toBe(1);
  });

  it('needs the secret whole, and nobody may guess on', async () => {
    for (const wrong of ['x', SECRET.slice(0, -1), `${SECRET}x`, SECRET.toUpperCase()]) {
      expect(refusalOf(await set('wx-guess', wrong))).toBe('secret-wrong');
    }
    const more = await Promise.all(Array.from({ length: 12 }, (_, i) => set('wx-guess', `guess-${i}`)));
    expect(more.map(refusalOf).filter((one) => one === 'secret-wrong')).toHaveLength(6);
    expect(refusalOf(await set('wx-guess'))).toBe('too-many-guesses');
    expect(await table('staff').count({})).toBe(0);
  });

  it('cannot be made while one stands, and can again when somebody took the last one out by hand', async () => {
    await set('wx-first');
    expect(refusalOf(await set('wx-second'))).toBe('already-set-up');
    await table('staff').changeIf({ _id: 'hq-1' }, { active: false });
    expect(replyOf(await set('wx-second'))).toEqual({ staffId: 'hq-2' });
    expect(await table('staff').find('hq-1')).toMatchObject({ openid: 'wx-first', active: false });
  });

  it('is not for other HQ staff, nor for clerks, whatever they know', async () => {
    const one = { name: '甲', branchId: 'B1', active: true };
    await chain.add('staff', [
      { _id: 'h9', openid: 'wx-h9', role: 'hq', ...one, branchId: null },
      { _id: 'c9', openid: 'wx-c9', role: 'clerk', ...one },
    ]);
    for (const openid of ['wx-h9', 'wx-c9']) expect(refusalOf(await set(openid))).toBe('not-allowed');
  });
});

describe('an installation without a good secret', () => {
  it.each(['', 'too-short'])('is closed: %j', async (secret) => {
    await chain.stop();
    chain = await startChain(['members'], secret ? { environment: { HUITOU_BOOTSTRAP_SECRET: secret } } : {});
    expect(refusalOf(await set('wx-first', secret || 'anything'))).toBe('secret-unset');
    expect(await table('staff').count({})).toBe(0);
  });
});
