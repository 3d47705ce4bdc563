/** Replies as the cloud would give them, for mounting pages. Each is whole and true to the contract. */
import type { CouponAtTill, CouponShown, GiftOpened } from '../../miniprogram/contract/gifts';
import type { TaskCard, TaskList, TaskOpened } from '../../miniprogram/contract/outreach';
import { day } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import type { RadarAxis } from '../../miniprogram/domain/outreach/radar/radar';
import type { SuggestedScript } from '../../miniprogram/domain/outreach/types';

/** 5 March 2024, 10:00 in Shanghai. */
export const NOW: Ms = Date.UTC(2024, 2, 5, 2);
export const TODAY = day('2024-03-05');

export function aCard(over: Partial<TaskCard> = {}): TaskCard {
  return {
    taskId: 'c1:m1',
    memberId: 'm1',
    name: '王芳',
    phoneTail: '1234',
    lifecycle: 'dormant',
    value: 'high',
    status: 'open',
    daysSincePaid: 214,
    daysSinceTouched: 35,
    whyNow: '买过12次、上次在8月，已经214天没来了',
    offerText: '7折，最高减¥100',
    urged: false,
    dueOn: TODAY,
    reasons: ['今天到期', '高价值'],
    stage: 'new',
    ...over,
  };
}

export function aList(over: Partial<TaskList> = {}): TaskList {
  return {
    today: TODAY,
    clerkName: '李敏',
    branchName: '静安寺店',
    progress: { contacted: 7, due: 20 },
    counts: { today: 13, upcoming: 42, overdue: 2, done: 5 },
    tab: 'today',
    cards: [aCard()],
    next: null,
    ...over,
  };
}

export function aScript(over: Partial<SuggestedScript> = {}): SuggestedScript {
  return {
    scriptId: 's1',
    tone: 'thanks',
    purpose: 'promo',
    scenario: '老顾客回访',
    pieces: [
      { text: '芳姐', filled: true },
      { text: '您好，我是', filled: false },
      { text: '静安寺店', filled: true },
      { text: '的', filled: false },
      { text: '李敏', filled: true },
      { text: '。您上次来还是', filled: false },
      { text: '去年8月', filled: true },
      { text: '，给您留了', filled: false },
      { text: '7折', filled: true },
      { text: '的回归券，方便时来坐坐。', filled: false },
    ],
    text: '芳姐您好，我是静安寺店的李敏。您上次来还是去年8月，给您留了7折的回归券，方便时来坐坐。',
    reason: '她是高价值老顾客，先谢后请最自然',
    missing: [],
    ...over,
  };
}

export function aRadar(): TaskOpened['radar'] {
  const axis = (id: RadarAxis['id'], word: string, share: number, text: string): RadarAxis => ({
    id,
    word,
    share,
    text,
    says: `比本店${Math.round(share * 100)}%的顾客靠前`,
    meaning: '怎么算的。',
  });
  return {
    axes: [
      axis('recency', '最近', 0.35, '214天前'),
      axis('frequency', '频次', 0.8, '一年12次'),
      axis('average', '客单', 0.72, '每单¥214'),
      axis('loyalty', '交情', 0.66, '873天'),
      axis('engagement', '互动', 0.5, '到店3 · 浏览1 · 回应1'),
      axis('fullPrice', '不靠券', 0.41, '12单里7单没用券'),
    ],
    isWhole: true,
    basis: '和本店312位买过的会员比，3月2日算出',
  };
}

export function aTask(over: Partial<TaskOpened> = {}): TaskOpened {
  return {
    card: aCard(),
    tierSentence: '沉睡：最后一次消费是2023年8月4日，距今已满6个月（规则：6个月未消费）。',
    facts: {
      paidOrders: 12,
      paidFen: 256_800,
      aovFen: 21_400,
      firstPaidOn: day('2021-03-14'),
      lastPaidOn: day('2023-08-04'),
    },
    ownerText: '专属导购：李敏',
    contactRefused: null,
    scripts: [
      aScript(),
      aScript({ scriptId: 's2', tone: 'care', scenario: '新品问候', reason: '还没给她发过这一类' }),
    ],
    offer: { text: '7折，最高减¥100', title: '春日回归礼', validHours: 48, trial: '旅行装面霜' },
    giftPath: '/member/gift/gift?l=abc',
    moreWays: [],
    touches: [
      {
        at: Date.UTC(2024, 0, 30, 7),
        channel: 'copy',
        clerkName: '李敏',
        scenario: '新年问候',
        text: '新年好！',
      },
    ],
    orders: [{ orderNo: 'A1', paidOn: day('2023-08-04'), netFen: 32_050, branchName: '静安寺店' }],
    coupon: null,
    followUp: null,
    rhythmText: '通常每28天买一次（按她自己的12次消费），预计2023年9月1日再来，已是平常间隔的7.6倍。',
    tags: [{ kind: 'category', word: '爱买面霜', why: '12单里8单买了面霜' }],
    refillText: null,
    radar: aRadar(),
    bestTime: {
      when: '周二、周四 15–17 点',
      basis: '行业常见，本店90天内只有34次联系，满100次才有自己的说法',
      isOwn: false,
    },
    promisedHours: 48,
    place: `84_${TODAY}_c1:m1`,
    ...over,
  };
}

export function aCoupon(over: Partial<CouponShown> = {}): CouponShown {
  return {
    couponId: 'k1',
    headline: '7折',
    conditions: '无门槛，最高减¥100',
    status: 'unused',
    claimedAt: NOW,
    expiresAt: NOW + 48 * 3_600_000,
    code: '12345678',
    secretWord: '海棠清风27',
    ...over,
  };
}

export function aGift(over: Partial<GiftOpened> = {}): GiftOpened {
  return {
    face: 'claimable',
    now: NOW,
    shopName: '禾木生活馆',
    memberName: '王芳',
    clerkName: '李敏',
    branch: { name: '静安寺店', address: '上海市静安区南京西路1601号' },
    branchesText: '静安寺店',
    offer: {
      title: '春日回归礼',
      headline: '7折',
      conditions: '无门槛，最高减¥100',
      validHours: 48,
      trial: '旅行装面霜',
      claimBy: day('2024-03-12'),
    },
    coupon: null,
    rules: ['每人限领一份，仅限本人使用。', '领取后48小时内到店结账使用，过期自动失效。'],
    coupons: over.coupon ? [over.coupon] : [],
    contents: [
      { kind: 'coupon', title: '7折', detail: '无门槛，最高减¥100；领取后48小时内有效', valueFen: null },
    ],
    worthWords: null,
    opensAt: null,
    claimEndsAt: NOW + 7 * 86_400_000,
    couponEndsAt: over.coupon?.expiresAt ?? null,
    left: null,
    survey: null,
    remindTemplate: null,
    mayRegister: false,
    ...over,
  };
}

export function aTill(over: Partial<CouponAtTill> = {}): CouponAtTill {
  return {
    couponId: 'k1',
    memberName: '王芳',
    phoneTail: '1234',
    headline: '7折',
    conditions: '无门槛，最高减¥100',
    trial: '旅行装面霜',
    expiresAt: NOW + 48 * 3_600_000,
    worth: { basketFen: 30_000, offFen: 9_000, payFen: 21_000 },
    ...over,
  };
}
