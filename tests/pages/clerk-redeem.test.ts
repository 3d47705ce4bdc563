import { doneView, readBasket, tillView } from '../../miniprogram/clerk/redeem/view';
import { askedFor, hands, loses, mountPage, phone, refuses, replies, startOver, textOf } from './mount';
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
