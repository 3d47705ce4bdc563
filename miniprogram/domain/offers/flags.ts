import { DAY_MS, dayOf } from '../kernel/day';
import type { Ms } from '../kernel/day';
import type { Fen } from '../kernel/fen';

/** Something that looks like gaming (防作弊). A manager looks at it; nobody is punished by a rule. */
export type FlagKind =
  'onTheSpot' | 'sameMember' | 'oneDevice' | 'splitOrders' | 'neverOpened' | 'usedOffline';

/** A redemption as the rules see it. */
export interface RedemptionFact {
  couponId: string;
  memberId: string;
  clerkId: string;
  branchId: string;
  claimedAt: Ms;
  at: Ms;
  basketFen: Fen;
  offFen: Fen;
  minFen: Fen;
  /** a mark of the phone on which it was claimed; null = not known */
  device: string | null;
}
/** What a clerk says she did, beside what members did. */
export interface ContactFact {
  clerkId: string;
  branchId: string;
  contacted: number;
  opened: number;
}

export interface Flag {
  /** names the finding, so that looking again finds the same one */
  id: string;
  kind: FlagKind;
  branchId: string;
  clerkId: string | null;
  /** one Chinese sentence with the figures */
  words: string;
  couponIds: string[];
  memberIds: string[];
}

/** From how many on it is worth a look. */
export interface FlagLimits {
  onTheSpotMs: Ms;
  onTheSpot: number;
  sameMember: number;
  oneDevice: number;
  splitWithinMs: Ms;
  /** a basket this little above the minimum was cut to fit it */
  splitMargin: number;
  contactedLeast: number;
}
export const USUAL_LIMITS: FlagLimits = {
  onTheSpotMs: 180_000,
  onTheSpot: 5,
  sameMember: 3,
  oneDevice: 3,
  splitWithinMs: 1_800_000,
  splitMargin: 1.1,
  contactedLeast: 20,
};

type Rule = (facts: readonly RedemptionFact[], limits: FlagLimits) => Flag[];

function groups<T>(items: readonly T[], keyOf: (item: T) => string | null): [string, T[]][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return [...found];
}

const evidence = (facts: readonly RedemptionFact[]): Pick<Flag, 'couponIds' | 'memberIds'> => ({
  couponIds: facts.map(({ couponId }) => couponId).sort(),
  memberIds: [...new Set(facts.map(({ memberId }) => memberId))].sort(),
});

/** Coupons that a clerk redeemed within minutes of the claim: perhaps she claims them herself. */
const onTheSpot: Rule = (facts, limits) =>
  groups(
    facts.filter(({ at, claimedAt }) => at - claimedAt < limits.onTheSpotMs),
    ({ clerkId, at }) => `${clerkId}:${dayOf(at)}`,
  ).flatMap(([key, same]) => {
    const [first] = same;
    if (!first || same.length < limits.onTheSpot) return [];
    const minutes = limits.onTheSpotMs / 60_000;
    return [
      {
        id: `onTheSpot:${key}`,
        kind: 'onTheSpot',
        branchId: first.branchId,
        clerkId: first.clerkId,
        words: `当天核销的券里有 ${same.length} 张，领取后不到 ${minutes} 分钟就用了`,
        ...evidence(same),
      },
    ];
  });

/** One member whose coupons the same clerk redeems again and again: a friend, or family. */
const sameMember: Rule = (facts, limits) =>
  groups(facts, ({ clerkId, memberId }) => `${clerkId}:${memberId}`).flatMap(([key, same]) => {
    const [first] = same;
    if (!first || same.length < limits.sameMember) return [];
    const days = 1 + Math.floor((Math.max(...same.map(({ at }) => at)) - first.at) / DAY_MS);
    return [
      {
        id: `sameMember:${key}`,
        kind: 'sameMember',
        branchId: first.branchId,
        clerkId: first.clerkId,
        words: `同一位会员的 ${same.length} 张券，都由同一位导购核销（${Math.max(1, days)} 天内）`,
        ...evidence(same),
      },
    ];
  });

const oneDevice: Rule = (facts, limits) =>
  groups(facts, ({ device }) => device).flatMap(([key, same]) => {
    const members = new Set(same.map(({ memberId }) => memberId)).size;
    const [first] = same;
    if (!first || members < limits.oneDevice) return [];
    return [
      {
        id: `oneDevice:${key}`,
        kind: 'oneDevice',
        branchId: first.branchId,
        clerkId: null,
        words: `${members} 位会员的券是在同一部手机上领的`,
        ...evidence(same),
      },
    ];
  });

/** One purchase rung up as several, each just above a coupon's minimum. */
const splitOrders: Rule = (facts, limits) =>
  groups(
    facts.filter(({ minFen, basketFen }) => minFen > 0 && basketFen <= minFen * limits.splitMargin),
    ({ memberId, branchId, at }) => `${memberId}:${branchId}:${dayOf(at)}`,
  ).flatMap(([key, same]) => {
    const sorted = [...same].sort((a, b) => a.at - b.at);
    const [first] = sorted;
    const last = sorted[sorted.length - 1];
    if (!first || !last || sorted.length < 2 || last.at - first.at > limits.splitWithinMs) return [];
    return [
      {
        id: `splitOrders:${key}`,
        kind: 'splitOrders',
        branchId: first.branchId,
        clerkId: first.clerkId,
        words: `同一位会员半小时内用了 ${sorted.length} 张券，每单都刚过门槛`,
        ...evidence(sorted),
      },
    ];
  });

const RULES: readonly Rule[] = [onTheSpot, sameMember, oneDevice, splitOrders];

/**
 * What of these redemptions looks like gaming, with the evidence. A coupon of her own cannot be redeemed by a clerk at
 * all; these are the patterns that no single act shows.
 *
 * @param facts of one window, oldest first
 */
export function flagsOf(facts: readonly RedemptionFact[], limits: FlagLimits = USUAL_LIMITS): Flag[] {
  const oldestFirst = [...facts].sort((a, b) => a.at - b.at || (a.couponId < b.couponId ? -1 : 1));
  return RULES.flatMap((rule) => rule(oldestFirst, limits));
}

/**
 * Clerks who say they wrote to many, of whom nobody ever opened anything. Below the least number nothing is said: some
 * customers just do not look.
 *
 * @param window names the time looked at, e.g. the day it ends
 */
export function contactFlags(
  facts: readonly ContactFact[],
  window: string,
  limits: FlagLimits = USUAL_LIMITS,
): Flag[] {
  return facts
    .filter(({ contacted, opened }) => contacted >= limits.contactedLeast && opened === 0)
    .map(({ clerkId, branchId, contacted }) => ({
      id: `neverOpened:${clerkId}:${window}`,
      kind: 'neverOpened',
      branchId,
      clerkId,
      words: `标了 ${contacted} 位已联系，没有一位打开过礼包`,
      couponIds: [],
      memberIds: [],
    }));
}
