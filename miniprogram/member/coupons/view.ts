import { groupedCode, headlineParts, stampOf } from '../../components/coupon-ticket/face';
import type { HeadlineParts } from '../../components/coupon-ticket/face';
import type { GiftsContract } from '../../contract/gifts';
import { spokenTime } from '../../domain/kernel/day';
import type { Ms } from '../../domain/kernel/day';
import { remindAt } from '../../domain/offers/remind';

type Mine = GiftsContract['coupon.mine']['reply'];
type Coupon = Mine['coupons'][number];

export interface StubShown {
  couponId: string;
  parts: HeadlineParts;
  headline: string;
  title: string;
  conditions: string;
  branches: string;
  /** 已使用 and the like; empty = it still works */
  stamp: string;
  until: string;
  expiresAt: Ms;
  /** eight digits, and the same as people read them aloud */
  code: string;
  grouped: string;
  word: string;
  live: boolean;
  /** 到期前提醒我: `ask` = she may; `at` = when it will come; both empty or false = nothing is offered */
  remind: { ask: boolean; at: string };
}

export interface MineShown {
  shopName: string;
  now: Ms;
  /** the subscribe message to ask her for; empty = none */
  template: string;
  /** always three, in this order */
  groups: { id: string; word: string; none: string; stubs: StubShown[] }[];
}

const GROUPS: readonly { id: string; word: string; none: string; holds: (c: Coupon) => boolean }[] = [
  { id: 'unused', word: '可使用', none: '现在没有可以用的券。', holds: (c) => c.status === 'unused' },
  { id: 'used', word: '已使用', none: '还没有用过券。', holds: (c) => c.status === 'used' },
  {
    id: 'gone',
    word: '已过期',
    none: '没有过期的券。',
    holds: (c) => c.status === 'expired' || c.status === 'revoked',
  },
];

/** The member's coupons by what can be done with them; what runs out first stands first, then what ended last. */
export function mineView(mine: Mine): MineShown {
  return {
    shopName: mine.shopName,
    now: mine.now,
    template: mine.remindTemplate ?? '',
    groups: GROUPS.map(({ id, word, none, holds }) => ({
      id,
      word,
      none,
      stubs: mine.coupons
        .filter(holds)
        .sort((a, b) => (id === 'unused' ? a.expiresAt - b.expiresAt : b.expiresAt - a.expiresAt))
        .map((coupon) => stubOf(coupon, mine)),
    })),
  };
}

function stubOf(coupon: Coupon, { now, remindTemplate }: Mine): StubShown {
  const live = coupon.status === 'unused';
  const asked = coupon.remindAt ?? null;
  return {
    couponId: coupon.couponId,
    parts: headlineParts(coupon.headline),
    headline: coupon.headline,
    title: coupon.title,
    conditions: coupon.conditions,
    branches: coupon.branchesText,
    stamp: stampOf(coupon.status),
    until: untilOf(coupon),
    expiresAt: coupon.expiresAt,
    code: coupon.code,
    grouped: groupedCode(coupon.code),
    word: coupon.secretWord,
    live,
    remind: {
      ask: live && asked === null && remindTemplate !== null && remindAt(coupon.expiresAt, now) !== null,
      at: live && asked !== null ? spokenTime(asked) : '',
    },
  };
}

function untilOf({ status, claimedAt, expiresAt }: Coupon): string {
  if (status === 'used') return `${spokenTime(claimedAt)} 领取`;
  return `${spokenTime(expiresAt)} ${status === 'unused' ? '前有效' : '到期'}`;
}

/** The one coupon that can be used; empty when there is none or a choice. */
export function onlyOneOf({ groups }: MineShown): string {
  const ready = groups.find(({ id }) => id === 'unused')?.stubs ?? [];
  return ready.length === 1 ? (ready[0]?.couponId ?? '') : '';
}

/** The same page after she asked to be reminded of one of them. */
export function withReminder(shown: MineShown, couponId: string, at: Ms): MineShown {
  const told = (stub: StubShown): StubShown =>
    stub.couponId === couponId ? { ...stub, remind: { ask: false, at: spokenTime(at) } } : stub;
  return { ...shown, groups: shown.groups.map((group) => ({ ...group, stubs: group.stubs.map(told) })) };
}

/** For someone who has no coupon here, member or not. */
export const NO_COUPONS = '这里还没有您的券。店员为您准备了礼包时，会发到微信里，点开就能领取。';
