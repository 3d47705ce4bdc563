import { chooseScripts } from '../../../miniprogram/domain/outreach/scripts/choose';
import { testFault, variantFor, withTests } from '../../../miniprogram/domain/outreach/scripts/smallTest';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { SmallTest } from '../../../miniprogram/domain/outreach/scripts/smallTest';
import type { Script } from '../../../miniprogram/domain/outreach/types';

const named = (id: string): Script => {
  const found = STARTER_SCRIPTS.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const USUAL = named('dormant-care-1');
const TRIED: Script = { ...USUAL, id: 'own:new', text: '{称呼}，我是{导购}，想听您说句实话。' };
const test = (share: number): SmallTest => ({ id: 'survey:care:1', scriptIds: [USUAL.id, TRIED.id], share });
const members = Array.from({ length: 2000 }, (_, n) => `M${n}`);

describe('a small test of two scripts', () => {
  it('gives the same member the same one, however often it is asked', () => {
    const first = members.map((id) => variantFor(test(0.3), id));
    expect(members.map((id) => variantFor(test(0.3), id))).toEqual(first);
  });

  it('gives the tried one to about its share, and keeps everyone it had when the share grows', () => {
    const tried = (share: number) => members.filter((id) => variantFor(test(share), id) === TRIED.id);
    expect(tried(0.2).length / members.length).toBeCloseTo(0.2, 1);
    const larger = new Set(tried(0.5));
    expect(tried(0.2).every((id) => larger.has(id))).toBe(true);
    expect(tried(0)).toEqual([]);
  });

  it('withholds the other one, but only from members whom both suit', () => {
    const both = withTests([USUAL, TRIED], [test(0)], 'M1');
    expect(both.left).toEqual([USUAL]);
    expect([...both.tested]).toEqual([USUAL.id]);
    const one = withTests([TRIED], [test(0)], 'M1');
    expect(one.left).toEqual([TRIED]);
    expect(one.tested.size).toBe(0);
  });

  it('is respected by the choice, which says so', () => {
    const wish = {
      lifecycle: 'dormant' as const,
      value: 'mid' as const,
      values: { 称呼: '小芳', 导购: '小陈', 门店: '城西店', 距上次: '半年多' },
      received: [],
      urgencyAllowed: false,
      hasOffer: false,
      memberId: 'M1',
      purposes: ['care' as const],
    };
    const offered = (share: number) => chooseScripts([USUAL, TRIED], { ...wish, tests: [test(share)] }, 3);
    expect(offered(0).map(({ scriptId }) => scriptId)).toEqual([USUAL.id]);
    expect(offered(1).map(({ scriptId }) => scriptId)).toEqual([TRIED.id]);
    expect(offered(1)[0]?.reason).toContain('正在试两种说法');
    expect(chooseScripts([USUAL, TRIED], wish, 3)).toHaveLength(2);
  });

  it('compares only what can be told apart by its words', () => {
    expect(testFault(USUAL, TRIED, 0.2)).toBeNull();
    expect(testFault(USUAL, USUAL, 0.2)).toContain('不同');
    expect(testFault(USUAL, { ...TRIED, tone: 'remind' }, 0.2)).toContain('同一种语气');
    expect(testFault(USUAL, { ...TRIED, purpose: 'promo' }, 0.2)).toContain('用途');
    expect(testFault(USUAL, { ...TRIED, text: '{称呼}，{优惠}' }, 0.2)).toContain('说了优惠');
    expect(testFault(USUAL, { ...TRIED, lifecycles: ['lost'] }, 0.2)).toContain('没有共同的会员');
    expect([0.04, 0.05, 0.5, 0.51].map((share) => testFault(USUAL, TRIED, share) === null)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
