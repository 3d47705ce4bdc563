import { day, endOf, spokenTime } from '../../../miniprogram/domain/kernel/day';
import { couponExpiry, giftFaceOf } from '../../../miniprogram/domain/offers/claim';
import type { ClaimFacts } from '../../../miniprogram/domain/offers/claim';
import { RETAIL_LADDER, offerFor } from '../../../miniprogram/domain/offers/ladder';
import { mayRedeem } from '../../../miniprogram/domain/offers/redeem';
import type { CouponFact, GiftOffer } from '../../../miniprogram/domain/offers/types';

const gift: GiftOffer = { title: '回归礼包', ladder: RETAIL_LADDER, validHours: 48, trial: '护手霜' };
const payOf = (offer: ReturnType<typeof offerFor>) =>
  offer?.rule.kind === 'percent' ? offer.rule.pay : null;

describe('the ladder by dormancy', () => {
  it('gives 8折, 7折, 6折 the colder a member is', () => {
    expect((['drowsy', 'dormant', 'lost'] as const).map((stage) => payOf(offerFor(gift, stage)))).toEqual([
      80, 70, 60,
    ]);
  });

  it('carries the whole offer', () => {
    expect(offerFor(gift, 'drowsy')).toMatchObject({ title: '回归礼包', validHours: 48, trial: '护手霜' });
  });

  it('gives nothing to those who are awake or never bought', () => {
    expect(offerFor(gift, 'awake')).toBeNull();
    expect(offerFor(gift, null)).toBeNull();
  });

  it('takes the coldest step reached, in whatever order they are written', () => {
    const backwards = { ...gift, ladder: [...RETAIL_LADDER].reverse() };
    expect(payOf(offerFor(backwards, 'dormant'))).toBe(70);
  });

  it('gives the lost the last step of a shorter ladder, and the drowsy nothing of a ladder that starts later', () => {
    expect(payOf(offerFor({ ...gift, ladder: RETAIL_LADDER.slice(0, 2) }, 'lost'))).toBe(70);
    expect(offerFor({ ...gift, ladder: RETAIL_LADDER.slice(1) }, 'drowsy')).toBeNull();
  });
});

const now = Date.UTC(2025, 2, 4, 6);
const coupon: CouponFact = {
  status: 'unused',
  claimedAt: now - 3_600_000,
  expiresAt: couponExpiry(now - 3_600_000, 48),
  redeemedAt: null,
};

describe('the face of the gift page', () => {
  const facts: ClaimFacts = {
    caller: { openid: 'her', isStaff: false },
    member: { openid: 'her', optedOut: false },
    campaign: { open: true, claimBy: day('2025-03-04') },
    coupon: null,
  };
  const face = (more: Partial<ClaimFacts>, at = now) => giftFaceOf({ ...facts, ...more }, at);

  it('lets the member claim, also on her very first visit', () => {
    expect(face({})).toBe('claimable');
    expect(face({ member: { openid: null, optedOut: false } })).toBe('claimable');
  });

  it('can be claimed to the last millisecond of the last day', () => {
    const end = endOf(day('2025-03-04'));
    expect(face({}, end)).toBe('claimable');
    expect(face({}, end + 1)).toBe('linkExpired');
  });

  it('closes with the campaign', () => {
    expect(face({ campaign: { open: false, claimBy: day('2025-03-04') } })).toBe('linkExpired');
  });

  it('shows a friend nothing, whatever has become of the gift', () => {
    const caller = { openid: 'friend', isStaff: false };
    for (const held of [null, coupon, { ...coupon, status: 'used' as const }])
      expect(face({ caller, coupon: held })).toBe('someoneElses');
    expect(face({ caller, member: { openid: 'her', optedOut: true } })).toBe('someoneElses');
  });

  it('shows staff a preview even of a gift that was claimed', () => {
    expect(face({ caller: { openid: 'clerk', isStaff: true }, coupon })).toBe('staffPreview');
  });

  it('shows the member her own coupon in each state', () => {
    expect(face({ coupon })).toBe('claimed');
    expect(face({ coupon: { ...coupon, status: 'used' } })).toBe('redeemed');
    expect(face({ coupon: { ...coupon, status: 'revoked' } })).toBe('couponExpired');
    expect(face({ coupon }, coupon.expiresAt - 1)).toBe('claimed');
    expect(face({ coupon }, coupon.expiresAt)).toBe('couponExpired');
  });

  it('keeps a claimed coupon good after opting out and after the campaign', () => {
    expect(face({ coupon, member: { openid: 'her', optedOut: true } })).toBe('claimed');
    expect(face({ coupon, campaign: { open: false, claimBy: day('2025-03-04') } })).toBe('claimed');
  });

  it('offers nothing new to someone who opted out', () => {
    expect(face({ member: { openid: 'her', optedOut: true } })).toBe('optedOut');
  });

  it('shows a claimed coupon that belongs to nobody any more to nobody', () => {
    expect(face({ coupon, member: { openid: null, optedOut: false } })).toBe('someoneElses');
  });
});

describe('redeeming in store', () => {
  const ask = {
    coupon,
    couponBranchIds: ['B1', 'B2'],
    branchNames: '城西店、城东店',
    clerk: { branchId: 'B1', openid: 'clerk' },
    couponOpenid: 'her',
    now,
  };

  it('goes through in a branch where the coupon is good', () => {
    expect(mayRedeem(ask)).toEqual({ ok: true, value: true });
    expect(mayRedeem({ ...ask, couponBranchIds: null, clerk: { branchId: null, openid: 'clerk' } }).ok).toBe(
      true,
    );
  });

  it.each([
    [
      'when it was used',
      { coupon: { ...coupon, status: 'used' as const, redeemedAt: now } },
      'coupon-used',
      spokenTime(now),
    ],
    ['at the instant it expires', { now: coupon.expiresAt }, 'coupon-expired', spokenTime(coupon.expiresAt)],
    [
      'when it was revoked',
      { coupon: { ...coupon, status: 'revoked' as const } },
      'coupon-revoked',
      undefined,
    ],
    [
      'in another branch',
      { clerk: { branchId: 'B9', openid: 'clerk' } },
      'coupon-wrong-branch',
      '城西店、城东店',
    ],
    [
      'by someone of no branch',
      { clerk: { branchId: null, openid: 'x' } },
      'coupon-wrong-branch',
      '城西店、城东店',
    ],
    ['by the clerk who owns it', { clerk: { branchId: 'B1', openid: 'her' } }, 'coupon-own', undefined],
  ])('is refused %s', (_, more, code, detail) => {
    const refused = mayRedeem({ ...ask, ...more });
    expect(refused).toEqual({ ok: false, failure: detail === undefined ? { code } : { code, detail } });
  });

  it('is still possible in its last millisecond', () => {
    expect(mayRedeem({ ...ask, now: coupon.expiresAt - 1 }).ok).toBe(true);
  });
});
