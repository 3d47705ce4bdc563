import { mineView } from '../../miniprogram/member/coupons/view';
import type { CouponShown } from '../../miniprogram/contract/gifts';
import { asked, askedFor, mountPage, phone, refuses, replies, startOver, tap, textOf } from './mount';
import { aCoupon, NOW } from './samples';

const mine = (...coupons: Partial<CouponShown>[]) => ({
  now: NOW,
  shopName: '禾木生活馆',
  remindTemplate: 'T1',
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
    await tap(page, '.main--stub__face', 1);
    expect(textOf(page)).toContain('3333 4444');
    expect(textOf(page)).not.toContain('1111 2222');
  });

  it('shows no code of a coupon that no longer works, however often it is tapped', async () => {
    replies('gifts', 'coupon.mine', () => mine({ status: 'used' }));
    const page = await mountPage('member/coupons/coupons');
    await tap(page, '.main--tab', 1);
    await tap(page, '.main--stub__face');
    expect(textOf(page)).toContain('已使用');
    expect(textOf(page)).not.toContain('1234 5678');
  });

  it('asks for one reminder of the coupon that is open, and says when it comes', async () => {
    const in9h = NOW + 9 * 3_600_000;
    replies('gifts', 'coupon.mine', () => mine({ couponId: 'a', expiresAt: in9h }));
    replies('gifts', 'coupon.remind', () => ({ couponId: 'a', remindAt: in9h }));
    const page = await mountPage('member/coupons/coupons');
    phone.requestSubscribeMessage.mockResolvedValueOnce({ T1: 'reject' });
    await tap(page, '.main--remind');
    expect(askedFor('coupon.remind')).toHaveLength(0);
    expect(textOf(page)).toContain('没有打开提醒');
    await tap(page, '.main--remind');
    expect(phone.requestSubscribeMessage).toHaveBeenLastCalledWith({ tmplIds: ['T1'] });
    expect(textOf(page)).toContain('会在微信里提醒您一次');
    expect(textOf(page)).toContain('1234 5678');
  });

  it('offers no reminder where the shop sends none, it is too late, or it is asked for already', () => {
    const remindOf = (over: Partial<CouponShown>, template: string | null = 'T1') =>
      mineView({ ...mine(over), remindTemplate: template }).groups[0]?.stubs[0]?.remind;
    expect(remindOf({}, null)).toEqual({ ask: false, at: '' });
    expect(remindOf({ expiresAt: NOW + 60_000 })).toEqual({ ask: false, at: '' });
    expect(remindOf({ remindAt: NOW })).toEqual({ ask: false, at: '3月5日 10:00' });
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
