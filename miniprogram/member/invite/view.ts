import type { InviteFace, InviteMine, InviteReward, InviteSeen, Invitation } from '../../contract/invite';
import { dayOf, spokenDay } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';

/** One sentence after the other, as they are read. */
const sentences = (words: string): string[] => words.match(/[^。]+。?/g) ?? [];

export interface RewardShown {
  /** 我得 and 朋友得, in points */
  mine: number;
  hers: number;
  rules: string[];
}

/** The page of the one who invites. */
export interface MineShown {
  kind: 'mine';
  shopName: string;
  isOn: boolean;
  reward: RewardShown;
  /** what became of the earlier ones, in one line; empty = nobody came yet */
  summary: string;
  rows: { n: number; name: string; words: string; when: string; points: string; isDone: boolean }[];
}

/** The page of the friend who opened a card. */
export interface FriendShown {
  kind: 'friend';
  shopName: string;
  face: InviteFace;
  head: string;
  line: string;
  mayAccept: boolean;
  reward: RewardShown | null;
}

export type InviteShown = MineShown | FriendShown;

const rewardShown = ({ inviterPoints, friendPoints, words }: InviteReward): RewardShown => ({
  mine: inviterPoints,
  hers: friendPoints,
  rules: sentences(words),
});

function rowOf({ state, friendName, at, points, words }: Invitation, n: number): MineShown['rows'][number] {
  return {
    n,
    name: friendName,
    words,
    when: spokenDay(dayOf(at)),
    points: state === 'rewarded' ? `+${points}` : '',
    isDone: state === 'rewarded',
  };
}

/** @example summaryOf({ registered: 1, bought: 1, rewarded: 2, void: 0 }, 400) // → '4 位朋友来过，2 位已到账，共 400 积分' */
export function summaryOf(counts: InviteMine['counts'], points: number): string {
  const came = counts.registered + counts.bought + counts.rewarded + counts.void;
  if (came === 0) return '';
  return `${came} 位朋友来过${counts.rewarded > 0 ? `，${counts.rewarded} 位已到账，共 ${points} 积分` : ''}`;
}

export function mineShown(mine: InviteMine): MineShown {
  return {
    kind: 'mine',
    shopName: mine.shopName,
    isOn: mine.isOn,
    reward: rewardShown(mine.reward),
    summary: summaryOf(mine.counts, mine.pointsSoFar),
    rows: mine.invitations.map(rowOf),
  };
}

/** What each face says to the friend; never that anything is waiting for her to share. */
const HEADS: Record<InviteFace, (seen: InviteSeen) => { head: string; line: string }> = {
  open: ({ inviterName, shopName }) => ({
    head: `${inviterName ?? '一位朋友'}请您来坐坐`,
    line: `登记一个称呼，就是${shopName}的会员`,
  }),
  accepted: ({ shopName }) => ({ head: '已经为您登记好了', line: `欢迎您常来${shopName}` }),
  mine: () => ({ head: '这是您自己的邀请', line: '发给一位朋友，由她打开' }),
  taken: () => ({ head: '这个邀请已经有人用了', line: '一个邀请给一位朋友，请让朋友再发一个' }),
  member: ({ shopName }) => ({ head: '您已经是会员了', line: `邀请是给新朋友的，${shopName}一样欢迎您` }),
  staff: () => ({ head: '这是给新朋友的邀请', line: '员工不能参加老带新' }),
  off: ({ shopName }) => ({ head: '现在没有老带新活动', line: `直接到${shopName}，一样欢迎` }),
  unknown: () => ({ head: '没有找到这个邀请', line: '请让朋友再发一次' }),
};

/** The same terms as the friend reads them: `words` speak to the one who invites. */
const friendRules = ({ leastFen, refundDays, friendPoints, inviterPoints }: InviteReward): string[] => [
  `成为会员后，用券买满${money(leastFen)}且过了${refundDays}天退货期，您得${friendPoints}积分，邀请您的朋友得${inviterPoints}积分。`,
  '登记本身没有积分，也不用转发给别人。',
];

export function friendShown(seen: InviteSeen): FriendShown {
  return {
    kind: 'friend',
    shopName: seen.shopName,
    face: seen.face,
    ...HEADS[seen.face](seen),
    mayAccept: seen.face === 'open',
    reward: seen.reward && { ...rewardShown(seen.reward), rules: friendRules(seen.reward) },
  };
}

/** What the card in the chat says: who and where, and no promise. @example shareTitle('半日闲茶集') // → '半日闲茶集，想请你也来坐坐' */
export const shareTitle = (shopName: string): string => `${shopName}，想请你也来坐坐`;
