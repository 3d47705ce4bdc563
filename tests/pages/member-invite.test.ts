import type { InviteMine, InviteSeen } from '../../miniprogram/contract/invite';
import { day } from '../../miniprogram/domain/kernel/day';
import { USUAL_REFERRAL, termsWords } from '../../miniprogram/domain/offers/referral';
import { friendShown, mineShown, shareTitle, summaryOf } from '../../miniprogram/member/invite/view';
import { asked, askedFor, hands, mountPage, phone, refuses, replies, startOver, tap, textOf } from './mount';
import { NOW } from './samples';

const reward = { ...USUAL_REFERRAL, words: termsWords(USUAL_REFERRAL) };
const mine: InviteMine = {
  now: NOW,
  shopName: '禾木生活馆',
  isOn: true,
  code: 'abcdefgh23',
  path: '/member/invite/invite?c=abcdefgh23',
  reward,
  invitations: [
    {
      state: 'bought',
      friendName: '李**',
      at: NOW,
      boughtAt: NOW,
      rewardOn: day('2024-03-13'),
      points: 200,
      words: '已下单，2024年3月13日到账',
    },
    {
      state: 'rewarded',
      friendName: '周**',
      at: NOW,
      boughtAt: NOW,
      rewardOn: null,
      points: 200,
      words: '积分已到账',
    },
  ],
  counts: { registered: 0, bought: 1, rewarded: 1, void: 0 },
  pointsSoFar: 200,
};
const seen: InviteSeen = { now: NOW, shopName: '禾木生活馆', face: 'open', inviterName: '王**', reward };
/** Words by which WeChat knows an inducement to share. */
const INDUCING = /转发(有|得|送|领)|分享(有|得|送|领|即)|立即(转发|分享)|集赞|裂变|更多好友|越多|快来|速来/;

beforeEach(startOver);

describe('an invitation', () => {
  it('says what both get, for what and when, and that sharing brings nothing', () => {
    const { rules, mine: points } = mineShown(mine).reward;
    expect(points).toBe(200);
    expect(rules.at(-1)).toBe('转发和邀请本身没有奖励。');
    expect(rules).toHaveLength(2);
  });

  it('counts who came and what it brought', () => {
    expect(summaryOf(mine.counts, 200)).toBe('2 位朋友来过，1 位已到账，共 200 积分');
    expect(summaryOf({ registered: 2, bought: 0, rewarded: 0, void: 0 }, 0)).toBe('2 位朋友来过');
    expect(summaryOf({ registered: 0, bought: 0, rewarded: 0, void: 0 }, 0)).toBe('');
  });

  it('shows points only where they came', () => {
    expect(mineShown(mine).rows.map(({ points }) => points)).toEqual(['', '+200']);
  });

  it('tells each of them what is hers', () => {
    const unequal = { ...reward, inviterPoints: 300, friendPoints: 100 };
    expect(friendShown({ ...seen, reward: unequal }).reward?.rules[0]).toContain(
      '您得100积分，邀请您的朋友得300积分',
    );
  });

  it('has a face of its own for whoever opens it, and a form for one of them', () => {
    const faces = ['open', 'accepted', 'mine', 'taken', 'member', 'staff', 'off', 'unknown'] as const;
    const shown = faces.map((face) => friendShown({ ...seen, face }));
    expect(new Set(shown.map(({ head }) => head)).size).toBe(faces.length);
    expect(shown.filter(({ mayAccept }) => mayAccept)).toHaveLength(1);
  });
});

describe('the page of invitations', () => {
  it('asks once, and shares one card without a promise', async () => {
    replies('gifts', 'referral.invite', () => mine);
    const page = await mountPage('member/invite/invite');
    expect(asked).toHaveLength(1);
    expect(textOf(page)).toContain('已下单，2024年3月13日到账');
    expect(page.instance['onShareAppMessage']?.()).toEqual({
      title: shareTitle('禾木生活馆'),
      path: mine.path,
    });
    expect(shareTitle('禾木生活馆')).not.toMatch(INDUCING);
    expect(textOf(page)).not.toMatch(INDUCING);
  });

  it('offers nothing to send where the shop does not invite, and keeps what was', async () => {
    replies('gifts', 'referral.invite', () => ({ ...mine, isOn: false, code: null, path: null }));
    const page = await mountPage('member/invite/invite');
    expect(textOf(page)).not.toContain('发给一位朋友');
    expect(textOf(page)).toContain('积分已到账');
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({ path: '/pages/entry/entry' });
  });

  it('is no page for staff, and says so instead of trying again', async () => {
    refuses('gifts', 'referral.invite', { code: 'referral-staff' });
    const page = await mountPage('member/invite/invite');
    expect(textOf(page)).toContain('员工不能参加老带新');
    expect(textOf(page)).not.toContain('重试');
  });

  it('lets a friend accept a card once, by one act however often she taps', async () => {
    replies('gifts', 'referral.look', () => seen);
    replies('gifts', 'referral.accept', () => ({ memberId: 'w1' }));
    const page = await mountPage('member/invite/invite', { c: 'abcdefgh23' });
    expect(phone.hideShareMenu).toHaveBeenCalled();
    expect(textOf(page)).toContain('王**请您来坐坐');
    replies('gifts', 'referral.look', () => ({ ...seen, face: 'accepted' as const }));
    const form = { name: '李云', phoneCode: 'p1' };
    await Promise.all([hands(page, 'onAccept', form), hands(page, 'onAccept', form)]);
    expect(askedFor('referral.accept').map(({ ask }) => ask)).toEqual([{ code: 'abcdefgh23', ...form }]);
    expect(textOf(page)).toContain('已经为您登记好了');
    await tap(page, '.main--wide');
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/member/coupons/coupons' });
  });

  it('is her own page when she opens her own card', async () => {
    replies('gifts', 'referral.look', () => ({ ...seen, face: 'mine' as const }));
    replies('gifts', 'referral.invite', () => mine);
    expect(textOf(await mountPage('member/invite/invite', { c: 'abcdefgh23' }))).toContain('我的邀请');
  });
});
