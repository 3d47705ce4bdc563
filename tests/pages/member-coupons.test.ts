import { mineView } from '../../miniprogram/member/coupons/view';
import type { CouponShown } from '../../miniprogram/contract/gifts';
import { asked, mountPage, refuses, replies, startOver, tap, textOf } from './mount';
import { aCoupon, NOW } from './samples';

const mine = (...coupons: Partial<CouponShown>[]) => ({
  now: NOW,
  shopName: '禾木生活馆',
  coupons: coupons.map((over) => ({ ...aCoupon(over), title: '春日回归礼', branchesText: '静安寺店' })),
});

describe('my coupons', () => {
  it('stand by what can be done with them, the soonest to end first', () => {
    const shown = mineView(
      mine(
        { couponId: 'late', expiresAt: NOW + 9 },
        { couponId: 'soon', expiresAt: NOW + 5 },
        { couponId: 'gone', status: 'revoked' },
        { couponId: 'used', status: 'used' },
      ),
    );
    expect(
      shown.groups.map(({ word, stubs }) => `${word} ${stubs.map((stub) => stub.couponId).join()}`),
    ).toEqual(['可使用 soon,late', '已使用 used', '已过期 gone']);
  });
});

describe('the page of my coupons', () => {
  beforeEach(startOver);

  it('lays the code open when there is only one to use', async () => {
    replies('gifts', 'coupon.mine', () => mine({}));
    const page = await mountPage('member/coupons/coupons');
    expect(asked).toHaveLength(1);
    expect(textOf(page)).toContain('1234 5678');
    expect(textOf(page)).toContain('海棠清风27');
  });

  it('keeps codes covered until one is chosen among several', async () => {
    replies('gifts', 'coupon.mine', () =>
      mine({ couponId: 'a', code: '11112222' }, { couponId: 'b', code: '33334444' }),
    );
    const page = await mountPage('member/coupons/coupons');
    expect(textOf(page)).not.toMatch(/1111 2222|3333 4444/);
    await tap(page, '.main--stub', 1);
    expect(textOf(page)).toContain('3333 4444');
    expect(textOf(page)).not.toContain('1111 2222');
  });

  it('shows no code of a coupon that no longer works, however often it is tapped', async () => {
    replies('gifts', 'coupon.mine', () => mine({ status: 'used' }));
    const page = await mountPage('member/coupons/coupons');
    await tap(page, '.main--tab', 1);
    await tap(page, '.main--stub');
    expect(textOf(page)).toContain('已使用');
    expect(textOf(page)).not.toContain('1234 5678');
  });

  it('has a kind word for a stranger', async () => {
    replies('gifts', 'coupon.mine', () => mine());
    expect(textOf(await mountPage('member/coupons/coupons'))).toContain('这里还没有您的券');
  });

  it('says why it cannot be read, and tries again', async () => {
    refuses('gifts', 'coupon.mine', { code: 'server-error', requestId: 'r1' });
    const page = await mountPage('member/coupons/coupons');
    expect(textOf(page)).toContain('系统出了点问题，请稍后再试（编号 r1）。');
    replies('gifts', 'coupon.mine', () => mine({}));
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('可使用');
  });
});
