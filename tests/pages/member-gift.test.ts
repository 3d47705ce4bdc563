import { giftView } from '../../miniprogram/member/gift/view';
import type { GiftFace } from '../../miniprogram/domain/offers/types';
import {
  askedFor,
  loses,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';
import { aCoupon, aGift, NOW } from './samples';

describe('the faces of a gift', () => {
  it('greets the member it was meant for and names who left it', () => {
    expect(giftView(aGift())).toMatchObject({
      greeting: '王芳，好久不见',
      line: ['静安寺店的李敏给您留了一份回归礼'],
      by: '领取截至 2024年3月12日',
      canClaim: true,
      ticket: { headline: '7折', foot: '领取后48小时内有效', flipped: false },
    });
  });

  it('turns the ticket once it is claimed', () => {
    const shown = giftView(aGift({ face: 'claimed', coupon: aCoupon() }));
    expect(shown.canClaim).toBe(false);
    expect(shown.ticket).toMatchObject({
      flipped: true,
      code: '12345678',
      word: '海棠清风27',
      status: 'unused',
    });
  });

  it('turns it back when the code no longer works', () => {
    const used = giftView(aGift({ face: 'redeemed', coupon: aCoupon({ status: 'used' }) }));
    const expired = giftView(aGift({ face: 'couponExpired', coupon: aCoupon({ status: 'expired' }) }));
    expect(used.ticket).toMatchObject({ flipped: false, status: 'used' });
    expect(expired.ticket).toMatchObject({ flipped: false, foot: '有效期到 3月7日 10:00' });
  });

  it('shows a friend who opened a forwarded card no offer and no name', () => {
    const shown = giftView(aGift({ face: 'someoneElses', memberName: null, offer: null }));
    expect(shown.ticket).toBeNull();
    expect(JSON.stringify(shown)).not.toMatch(/王芳|7折/);
    expect(shown.canOptOut).toBe(false);
  });

  it('lets only the member stop what is sent to her', () => {
    const faces: GiftFace[] = [
      'claimable',
      'claimed',
      'redeemed',
      'couponExpired',
      'someoneElses',
      'linkExpired',
      'optedOut',
      'staffPreview',
    ];
    expect(faces.filter((face) => giftView(aGift({ face })).canOptOut)).toEqual(faces.slice(0, 4));
    expect(faces.filter((face) => giftView(aGift({ face })).canClaim)).toEqual(['claimable']);
  });

  it('tells staff that they are only looking', () => {
    expect(giftView(aGift({ face: 'staffPreview' })).notice).toContain('员工不能领取');
  });
});

describe('the gift page', () => {
  beforeEach(startOver);
  const open = async (gift = aGift()) => {
    replies('gifts', 'gift.open', () => gift);
    return mountPage('member/gift/gift', { l: 'abc' });
  };

  it('opens the link with one call and takes forwarding out of the menu', async () => {
    const page = await open();
    expect(askedFor('gift.open').map((call) => call.ask)).toEqual([{ link: 'abc' }]);
    expect(phone.hideShareMenu).toHaveBeenCalled();
    expect(page.instance['onShareAppMessage']).toBeUndefined();
    expect(textOf(page)).toContain('静安寺店的李敏给您留了一份回归礼');
  });

  it('claims with one tap, turns the ticket and counts down', async () => {
    const page = await open();
    replies('gifts', 'gift.claim', () => aGift({ face: 'claimed', coupon: aCoupon() }));
    await tap(page, '.main--claim');
    expect(askedFor('gift.claim')[0]).toMatchObject({ ask: { link: 'abc' } });
    expect(textOf(page, '.coupon-ticket--ticket-code')).toBe('1234 5678');
    expect(page.dom.querySelector('.coupon-ticket--ticket--flipped')).not.toBeNull();
    expect(textOf(page)).toMatch(/48:00:00|47:59:59/);
    expect(phone.vibrateShort).toHaveBeenCalledTimes(1);
  });

  it('finds a lost answer again with the same key', async () => {
    const page = await open();
    loses('gifts', 'gift.claim');
    await tap(page, '.main--claim');
    expect(textOf(page)).toContain('连上后会自动接着领取，不会重复');
    replies('gifts', 'gift.claim', () => aGift({ face: 'claimed', coupon: aCoupon() }));
    await tap(page, '.main--claim');
    const [lost, kept] = askedFor('gift.claim');
    expect(lost?.requestKey).toBeTruthy();
    expect(kept?.requestKey).toBe(lost?.requestKey);
    expect(textOf(page)).toContain('已经为您收好了');
  });

  it('stops sending when she says so, after asking once', async () => {
    const page = await open();
    replies('gifts', 'optOut.set', () => ({ optedOut: true as const }));
    replies('gifts', 'gift.open', () => aGift({ face: 'optedOut', offer: null }));
    phone.showModal.mockResolvedValueOnce({ confirm: false, cancel: true });
    await tap(page, '.main--link', 1);
    expect(askedFor('optOut.set')).toHaveLength(0);
    await tap(page, '.main--link', 1);
    expect(askedFor('optOut.set')[0]?.requestKey).toBeTruthy();
    expect(textOf(page)).toContain('已为您停止接收');
  });

  it('keeps the coupon in her hand when she says no, and takes her word', async () => {
    const page = await open(aGift({ face: 'claimed', coupon: aCoupon() }));
    replies('gifts', 'optOut.set', () => ({ optedOut: true as const }));
    await tap(page, '.main--link', 1);
    expect(textOf(page, '.coupon-ticket--ticket-code')).toBe('1234 5678');
    expect(textOf(page)).not.toContain('不再接收');
    expect(phone.showToast).toHaveBeenCalledTimes(1);
  });

  it('finds its coupon used when she comes back to it from the shop', async () => {
    const page = await open(aGift({ face: 'claimed', coupon: aCoupon() }));
    replies('gifts', 'gift.open', () => aGift({ face: 'redeemed', coupon: aCoupon({ status: 'used' }) }));
    page.instance['onShow']?.();
    await settled();
    expect(textOf(page)).toContain('谢谢您回来');
  });

  it('asks the server again when the coupon runs out on screen', async () => {
    let asks = 0;
    const claimed = aGift({ face: 'claimed', coupon: aCoupon({ expiresAt: NOW + 300 }) });
    const over = aGift({ face: 'couponExpired', coupon: aCoupon({ status: 'expired' }) });
    replies('gifts', 'gift.open', () => (++asks === 1 ? claimed : over));
    const page = await mountPage('member/gift/gift', { l: 'abc' });
    for (let turn = 0; turn < 100 && !textOf(page).includes('这张券过期了'); turn++) await settled(50);
    expect(textOf(page)).toContain('这张券过期了');
  });

  it('says why it cannot be opened, and tries again', async () => {
    refuses('gifts', 'gift.open', { code: 'network-lost' });
    const page = await mountPage('member/gift/gift', { l: 'abc' });
    expect(textOf(page)).toContain('网络断开了');
    replies('gifts', 'gift.open', () => aGift());
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('王芳，好久不见');
  });

  it.each(['bad-ask', 'not-found'] as const)(
    'sends her back to the card when the link is none (%s): to try it again would help nobody',
    async (code) => {
      refuses('gifts', 'gift.open', { code, detail: 'link：链接不完整' });
      const page = await mountPage('member/gift/gift', { l: 'abc' });
      expect(textOf(page)).toContain('重新点一次卡片');
      expect(textOf(page)).not.toMatch(/link|重试/);
    },
  );
});
