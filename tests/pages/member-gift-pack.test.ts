import { giftView } from '../../miniprogram/member/gift/view';
import { squaresOf } from '../../miniprogram/member/qr-code/squares';
import { textStyle } from '../../miniprogram/platform/textSize';
import type { PackItem } from '../../miniprogram/domain/offers/pack';
import {
  askedFor,
  connected,
  hands,
  loses,
  mountComponent,
  mountPage,
  phone,
  refuses,
  replies,
  startOver,
  tap,
  textOf,
} from './mount';
import { aCoupon, aGift, NOW } from './samples';

const HOUR = 3_600_000;
const contents: PackItem[] = [
  { kind: 'coupon', title: '7折', detail: '无门槛', valueFen: null },
  { kind: 'coupon', title: '减¥20', detail: '无门槛；7天有效', valueFen: 2_000 },
  { kind: 'trial', title: '旅行装面霜', detail: '用券时一并赠送', valueFen: null },
  { kind: 'points', title: '200 积分', detail: '领取即到账', valueFen: null },
  { kind: 'levelKeep', title: '等级保级', detail: '金卡会员权益，保留 3 个月', valueFen: null },
];
const first = aCoupon();
const second = aCoupon({ couponId: 'k2', headline: '减¥20', code: '87654321', secretWord: '青瓷微雨08' });
const claimed = aGift({ face: 'claimed', coupon: first, coupons: [first, second], contents });

describe('a pack of several things', () => {
  it('shows what else is inside, once each, and a value only where one is told', () => {
    const shown = giftView(aGift({ contents, worthWords: '价值 ¥20，另有好礼' }));
    expect(shown.inside.map(({ title }) => title)).toEqual(['减¥20', '200 积分', '等级保级']);
    expect(shown.worth).toBe('价值 ¥20，另有好礼');
    expect(giftView(aGift({ contents })).worth).toBe('');
  });

  it('counts to the end of the claim, to the beginning, or to the end of the coupon', () => {
    expect(giftView(aGift()).clock).toEqual({ words: '距离领取截止', until: NOW + 7 * 24 * HOUR });
    expect(giftView(aGift({ face: 'notBegun', opensAt: NOW + HOUR })).clock?.until).toBe(NOW + HOUR);
    expect(giftView(claimed).clock).toEqual({ words: '距离到期', until: first.expiresAt });
    expect(giftView(aGift({ face: 'outOfStock' })).clock).toBeNull();
  });

  it('tells a campaign that ended early from a time that went by', () => {
    expect(giftView(aGift({ face: 'linkExpired', offer: null })).greeting).toBe('这次活动提前结束了');
    expect(giftView(aGift({ face: 'linkExpired', offer: null, claimEndsAt: NOW })).greeting).toBe(
      '领取时间已过',
    );
  });

  it('says how many are left only where there is a number', () => {
    expect(giftView(aGift({ left: 3 })).leftWords).toBe('限量，还剩 3 份');
    expect(giftView(aGift()).leftWords).toBe('');
  });

  it('does not spread out what there is no piece left of', () => {
    const shown = giftView(aGift({ face: 'outOfStock', contents, worthWords: '价值 ¥20，另有好礼' }));
    expect(shown.ticket).toMatchObject({ status: 'soldOut', flipped: false });
    expect([shown.worth, shown.inside, shown.canClaim]).toEqual(['', [], false]);
  });

  it('greets nobody by a number', () => {
    expect(giftView(aGift({ memberName: '会员0042' })).greeting).toBe('好久不见');
  });

  it('puts a coupon that still works on the ticket when the first is used', () => {
    const used = aCoupon({ status: 'used' });
    const shown = giftView(aGift({ face: 'redeemed', coupon: used, coupons: [used, second] }));
    expect(shown.line.join('')).toContain('还有 1 张券可以用');
    expect(shown.ticket).toMatchObject({
      flipped: true,
      code: '87654321',
      trial: '',
    });
  });

  it("draws a coupon's eight digits as the smallest QR there is", () => {
    const { side, dark } = squaresOf('12345678');
    expect(side).toBe(21);
    expect(dark[0]?.slice(0, 8)).toEqual([true, true, true, true, true, true, true, false]);
  });
});

describe('the gift page of a pack', () => {
  beforeEach(startOver);
  const open = async (gift = claimed) => {
    replies('gifts', 'gift.open', () => gift);
    return mountPage('member/gift/gift', { l: 'abc' });
  };

  it('puts the chosen coupon on the ticket without asking anybody', async () => {
    const page = await open();
    expect(textOf(page, '.coupon-ticket--ticket-code')).toBe('1234 5678');
    await tap(page, '.main--stub', 1);
    expect(textOf(page, '.coupon-ticket--ticket-code')).toBe('8765 4321');
    expect(askedFor('gift.open')).toHaveLength(1);
  });

  it('plays the claim only when it is claimed now', async () => {
    const page = await open(aGift());
    replies('gifts', 'gift.claim', () => claimed);
    await tap(page, '.main--claim');
    expect(page.dom.querySelector('.main--burst')).not.toBeNull();
    startOver();
    expect((await open()).dom.querySelector('.main--burst')).toBeNull();
  });

  it('asks WeChat once for the reminder and says when it comes', async () => {
    const page = await open(aGift({ face: 'claimed', coupon: first, remindTemplate: 'T1' }));
    replies('gifts', 'coupon.remind', ({ couponId }) => ({ couponId, remindAt: NOW + 40 * HOUR }));
    phone.requestSubscribeMessage.mockResolvedValueOnce({ T1: 'reject' });
    await page.instance['onRemind']?.();
    expect(askedFor('coupon.remind')).toHaveLength(0);
    expect(textOf(page)).toContain('没有打开提醒');
    await page.instance['onRemind']?.();
    expect(askedFor('coupon.remind')[0]).toMatchObject({ ask: { couponId: 'k1' } });
    expect(textOf(page)).toContain('3月7日 02:00 会在微信里提醒您一次');
    await page.instance['onRemind']?.();
    expect(phone.requestSubscribeMessage).toHaveBeenCalledTimes(2);
  });

  it('offers no reminder where the shop sends none', async () => {
    expect(textOf(await open())).not.toContain('到期前提醒我');
  });

  it('takes the answer of the survey and says what it brought', async () => {
    const page = await open(
      aGift({ face: 'claimed', coupon: first, survey: { points: 50, answered: false } }),
    );
    replies('gifts', 'survey.answer', () => ({ points: 50 }));
    await page.instance['onAnswer']?.();
    expect(askedFor('survey.answer')).toHaveLength(0);
    await tap(page, '.main--reason', 4);
    await page.instance['onAnswer']?.();
    expect(askedFor('survey.answer')[0]?.ask).toEqual({ link: 'abc', reason: 'price', note: '' });
    expect(textOf(page)).toContain('50 积分已到账');
  });

  it('lets an unknown visitor register in place, and nobody else', async () => {
    const someone = { face: 'someoneElses' as const, offer: null, contents: [], memberName: null };
    expect(textOf(await open(aGift(someone)))).not.toContain('成为会员');
    startOver();
    const page = await open(aGift({ ...someone, mayRegister: true }));
    replies('gifts', 'member.register', () => ({
      memberId: 'w1',
      giftIsHers: false,
      phone: 'none' as const,
    }));
    replies('gifts', 'gift.open', () => aGift(someone));
    await hands(page, 'onRegister', { name: '王女士', phoneCode: '' });
    expect(askedFor('member.register')[0]?.ask).toEqual({ link: 'abc', name: '王女士' });
    expect(textOf(page)).toContain('王女士，您好');
  });

  it('takes the phone she allowed along, and asks once more when WeChat did not tell it', async () => {
    const someone = { face: 'someoneElses' as const, offer: null, contents: [], memberName: null };
    const page = await open(aGift({ ...someone, mayRegister: true }));
    replies('gifts', 'member.register', () => ({
      memberId: 'w1',
      giftIsHers: false,
      phone: 'unread' as const,
    }));
    replies('gifts', 'gift.open', () => aGift(someone));
    await hands(page, 'onRegister', { name: '王女士', phoneCode: 'code-1' });
    expect(textOf(page)).toContain('可以再授权一次');
    await hands(page, 'onPhone', { errMsg: 'getPhoneNumber:fail user deny' });
    replies('gifts', 'member.register', () => ({
      memberId: 'M1',
      giftIsHers: false,
      phone: 'united' as const,
    }));
    await hands(page, 'onPhone', { errMsg: 'getPhoneNumber:ok', code: 'code-2' });
    expect(textOf(page)).toContain('您原来就是我们的会员');
    const asks = askedFor('member.register');
    expect(asks.map(({ ask }) => ask)).toEqual([
      { link: 'abc', name: '王女士', phoneCode: 'code-1' },
      { link: 'abc', name: '王女士', phoneCode: 'code-2' },
    ]);
    expect(new Set(asks.map(({ requestKey }) => requestKey)).size).toBe(2);
  });

  it('opens by itself when the network is back', async () => {
    loses('gifts', 'gift.open');
    const page = await mountPage('member/gift/gift', { l: 'abc' });
    expect(textOf(page)).toContain('连上后会自动打开');
    replies('gifts', 'gift.open', () => aGift());
    await connected(true);
    expect(textOf(page)).toContain('王芳，好久不见');
  });

  it('goes on with a claim when the network is back, by the same act, and only with one', async () => {
    const page = await open(aGift());
    loses('gifts', 'gift.claim');
    await tap(page, '.main--claim');
    replies('gifts', 'gift.claim', () => claimed);
    await connected(true);
    await connected(true);
    const keys = askedFor('gift.claim').map(({ requestKey }) => requestKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(textOf(page)).toContain('已经为您收好了');
  });

  it('does not claim by itself what was refused for another reason', async () => {
    const page = await open(aGift());
    refuses('gifts', 'gift.claim', { code: 'link-expired' });
    await tap(page, '.main--claim');
    await connected(true);
    expect(askedFor('gift.claim')).toHaveLength(1);
  });

  it('reads the link out of a QR as well', async () => {
    replies('gifts', 'gift.open', () => aGift());
    await mountPage('member/gift/gift', { scene: 'abc' });
    expect(askedFor('gift.open')[0]?.ask).toEqual({ link: 'abc' });
  });
});

describe('the form of a newcomer', () => {
  const form = () => {
    const mounted = mountComponent('member/parts/register-form/register-form', {});
    const sent: unknown[] = [];
    mounted.addEventListener('register', ({ detail }) => sent.push(detail));
    return { mounted, sent };
  };

  it('wants a name, and the phone only from who allows it', async () => {
    const { mounted, sent } = form();
    await hands(mounted, 'onSend', {});
    expect(textOf(mounted)).toContain('请填写怎么称呼您');
    await hands(mounted, 'onName', { value: ' 王女士 ' });
    await hands(mounted, 'onPhone', { errMsg: 'getPhoneNumber:fail user deny' });
    expect(textOf(mounted)).toContain('不填手机号也可以登记');
    await hands(mounted, 'onSend', {});
    await hands(mounted, 'onPhone', { errMsg: 'getPhoneNumber:ok', code: 'code-1' });
    expect(textOf(mounted)).toContain('已授权');
    await hands(mounted, 'onSend', {});
    expect(sent).toEqual([
      { name: '王女士', phoneCode: '' },
      { name: '王女士', phoneCode: 'code-1' },
    ]);
  });
});

describe('her text size', () => {
  it('makes every size of the page larger with WeChat’s own, up to its largest', () => {
    expect(textStyle({ fontSizeScaleFactor: 1 })).toBe('');
    expect(textStyle({ fontSizeScaleFactor: 0.94 })).toBe('');
    expect(textStyle({ fontSizeScaleFactor: 1.4 })).toContain('--fs-28:39rpx');
    expect(textStyle({ fontSizeScaleFactor: 2 })).toBe(textStyle({ fontSizeScaleFactor: 1.4 }));
    expect(textStyle({ fontSizeSetting: 20.4 })).toContain('--fs-24:29rpx');
  });
});
