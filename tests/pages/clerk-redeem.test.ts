import {
  doneView,
  readBasket,
  readCategories,
  tillView,
  timeOf,
  usedAtOf,
} from '../../miniprogram/clerk/redeem/view';
import {
  askedFor,
  connected,
  hands,
  loses,
  mountPage,
  phone,
  refuses,
  replies,
  startOver,
  textOf,
} from './mount';
import { aTill, NOW } from './samples';

describe('the basket', () => {
  it('is read in yuan and kept in fen', () => {
    expect(readBasket('128.5')).toEqual({ kind: 'given', fen: 12_850 });
    expect(readBasket('￥1,000')).toEqual({ kind: 'given', fen: 100_000 });
  });

  it('may be left open, but not be nonsense or nothing', () => {
    expect(readBasket(' ')).toEqual({ kind: 'none' });
    expect(readBasket('一百')).toMatchObject({ kind: 'wrong' });
    expect(readBasket('0')).toMatchObject({ kind: 'wrong' });
    expect(readBasket('0.01')).toEqual({ kind: 'given', fen: 1 });
  });
});

describe('the coupon at the till', () => {
  it('shows what it is worth for this basket', () => {
    expect(tillView(aTill())).toMatchObject({
      member: '王芳 · 尾号1234',
      until: '3月7日 10:00前有效',
      sum: { basket: '¥300', off: '-¥90', pay: '¥210' },
    });
    expect(tillView(aTill({ worth: null })).sum).toBeNull();
  });

  it('says which of several coupons goes first, and what the next one is redeemed on', () => {
    const steps = [
      { couponId: 'k1', headline: '7折', offFen: 9_000 },
      { couponId: 'k2', headline: '减¥20', offFen: 2_000 },
    ];
    const together = { couponIds: ['k1', 'k2'], steps, offFen: 11_000, payFen: 19_000 };
    expect(tillView(aTill({ together }))).toMatchObject({
      nextYuan: '210',
      steps: [{ mine: true }, { mine: false }],
    });
    const other = tillView(aTill({ couponId: 'k2', together }));
    expect(other.nextYuan).toBe('');
    expect(other.together).toContain('先核销“7折”');
  });

  it('reads no amount out of nonsense', () => {
    expect(readCategories([{ name: '茶', yuan: '' }])).toEqual({ 茶: 0 });
    expect(readCategories([{ name: '茶', yuan: '一百' }])).toBeNull();
  });

  it("reads the clerk's watch in the shop's own zone", () => {
    expect(timeOf(NOW)).toBe('10:00');
    expect(usedAtOf(0, '10:00', NOW)).toBe(NOW);
    expect(usedAtOf(1, '09:30', NOW)).toBe(NOW - 24.5 * 3_600_000);
  });

  it('reminds of the trial to hand over', () => {
    expect(doneView({ offFen: 9_000, payFen: 21_000 }, '旅行装面霜')).toEqual({
      pay: '¥210',
      off: '¥90',
      hand: '旅行装面霜',
    });
  });
});

describe('the redeem page', () => {
  beforeEach(startOver);
  const look = async (yuan = '300') => {
    replies('gifts', 'coupon.look', ({ basketFen }) =>
      aTill(
        basketFen === null
          ? { worth: null }
          : { worth: { basketFen, offFen: 9_000, payFen: basketFen - 9_000 } },
      ),
    );
    replies('gifts', 'coupon.lock', ({ couponId, basketFen }) => ({
      couponId,
      lockedUntil: NOW + 120_000,
      offFen: 9_000,
      payFen: basketFen - 9_000,
    }));
    replies('gifts', 'coupon.unlock', ({ couponId }) => ({ couponId }));
    const page = await mountPage('clerk/redeem/redeem');
    await hands(page, 'onCode', { value: '12345678' });
    await hands(page, 'onYuan', { value: yuan });
    await page.instance['onLook']?.();
    return page;
  };

  it('looks the coupon up for the basket, then redeems it once', async () => {
    const page = await look();
    expect(askedFor('coupon.look')[0]?.ask).toEqual({ codeOrWord: '12345678', basketFen: 30_000 });
    loses('gifts', 'coupon.redeem');
    await page.instance['onRedeem']?.();
    expect(textOf(page)).toContain('网络断开了');
    replies('gifts', 'coupon.redeem', () => ({
      couponId: 'k1',
      offFen: 9_000,
      payFen: 21_000,
      redeemedAt: NOW,
    }));
    await page.instance['onRedeem']?.();
    const [lost, kept] = askedFor('coupon.redeem');
    expect(kept).toMatchObject({ ask: { couponId: 'k1', basketFen: 30_000 }, requestKey: lost?.requestKey });
    expect(textOf(page)).toContain('订单由收银系统回传后，这位顾客会自动记为已唤醒。');
    expect(textOf(page)).toContain('旅行装面霜');
  });

  it('redeems nothing without a basket', async () => {
    const page = await look('');
    expect(textOf(page)).toContain('填上这一单的金额，就能算出实付。');
    await page.instance['onRedeem']?.();
    expect(askedFor('coupon.redeem')).toHaveLength(0);
  });

  it('forgets the worth when the amount is changed', async () => {
    const page = await look();
    expect(textOf(page)).toContain('¥210');
    await hands(page, 'onYuan', { value: '3000' });
    expect(textOf(page)).not.toContain('¥210');
    await page.instance['onRedeem']?.();
    expect(askedFor('coupon.redeem')).toHaveLength(0);
  });

  it('looks up what was scanned at once', async () => {
    replies('gifts', 'coupon.look', () => aTill({ worth: null }));
    const page = await mountPage('clerk/redeem/redeem');
    phone.scanCode.mockResolvedValueOnce({ result: '87654321' });
    await page.instance['onScan']?.();
    expect(askedFor('coupon.look')[0]?.ask).toEqual({ codeOrWord: '87654321', basketFen: null });
  });

  it('holds the coupon while the customer is asked, and confirms by the same act', async () => {
    const page = await look();
    expect(textOf(page)).toContain('已为这一单留住');
    replies('gifts', 'coupon.redeem', () => ({
      couponId: 'k1',
      offFen: 9_000,
      payFen: 21_000,
      redeemedAt: NOW,
    }));
    await page.instance['onRedeem']?.();
    const held = askedFor('coupon.lock')[0];
    expect(held).toMatchObject({ ask: { couponId: 'k1', basketFen: 30_000 } });
    expect(askedFor('coupon.redeem')[0]?.requestKey).toBe(held?.requestKey);
  });

  it('lets the coupon go when the customer would rather not', async () => {
    const page = await look();
    await page.instance['onCancel']?.();
    expect(askedFor('coupon.unlock').map((call) => call.ask)).toEqual([{ couponId: 'k1' }]);
    expect(textOf(page)).not.toContain('¥210');
    expect(askedFor('coupon.redeem')).toHaveLength(0);
  });

  it('shows no worth any more once the time of the hold is over', async () => {
    const page = await look();
    page.instance['onHoldOver']?.();
    expect(textOf(page)).not.toContain('¥210');
    expect(textOf(page)).toContain('请再算一次');
  });

  it('confirms by itself what was in doubt once the network is back, by the same act', async () => {
    const page = await look();
    loses('gifts', 'coupon.redeem');
    await page.instance['onRedeem']?.();
    expect(textOf(page)).toContain('先别再让一次利');
    expect(textOf(page)).not.toContain('取消');
    replies('gifts', 'coupon.redeem', () => ({
      couponId: 'k1',
      offFen: 9_000,
      payFen: 21_000,
      redeemedAt: NOW,
    }));
    await connected(true);
    const [lost, kept] = askedFor('coupon.redeem');
    expect(kept?.requestKey).toBe(lost?.requestKey);
    expect(textOf(page)).toContain('核销好了');
  });

  it('asks for the categories that a coupon counts, and looks again with them', async () => {
    const page = await look('');
    await hands(page, 'onYuan', { value: '300' });
    refuses('gifts', 'coupon.look', { code: 'coupon-needs-categories', detail: '面霜、精华' });
    await page.instance['onLook']?.();
    expect(textOf(page)).toContain('精华');
    await hands(page, 'onCategory', { value: '120' }, { at: 0 });
    replies('gifts', 'coupon.look', () => aTill({ categories: ['面霜', '精华'], notCounted: ['彩妆'] }));
    await page.instance['onLook']?.();
    expect(askedFor('coupon.look').at(-1)?.ask).toEqual({
      codeOrWord: '12345678',
      basketFen: 30_000,
      categoryFen: { 面霜: 12_000, 精华: 0 },
    });
    expect(textOf(page)).toContain('没有算进去：彩妆');
  });

  it('hands in a code that was written down while there was no network', async () => {
    const page = await mountPage('clerk/redeem/redeem');
    page.instance['onMode']?.();
    await hands(page, 'onCode', { value: '12345678-K3F2-ABCDEFGHJK' });
    await hands(page, 'onYuan', { value: '300' });
    refuses('gifts', 'coupon.redeemOffline', { code: 'coupon-used' });
    await page.instance['onOffline']?.();
    expect(textOf(page)).toContain('请按原价收款');
    expect(askedFor('coupon.redeemOffline')[0]?.ask).toMatchObject({ basketFen: 30_000 });
  });

  it('says each refusal in its own words', async () => {
    const page = await mountPage('clerk/redeem/redeem');
    await hands(page, 'onCode', { value: '11111111' });
    for (const [failure, words] of [
      [{ code: 'code-not-found' }, '没有找到这张券，请核对券码或暗号后再输一次。'],
      [{ code: 'coupon-below-minimum', detail: '69' }, '还差 69 元达到用券门槛。'],
      [{ code: 'coupon-own' }, '不能核销自己的券，请同事代为核销。'],
    ] as const) {
      refuses('gifts', 'coupon.look', failure);
      await page.instance['onLook']?.();
      expect(textOf(page)).toContain(words);
    }
  });
});
