import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { deal, diceOf } from '../dice';
import type { Dice } from '../dice';
import { stableHash } from '../../../miniprogram/domain/kernel/stableHash';
import type { Calendar } from './calendar';
import { nameOf } from './names';
import { HOME_SHARES, placeOf } from './shop';
import type { Place } from '../../../cloudfunctions/common/store/documents';
import type { Taste } from './basket';

/** What became of a person's habit of coming. The tier is not typed: the core finds it from the orders that follow. */
export type Story =
  | 'keepsComing'
  | 'cameOnce'
  | 'fadedLately'
  | 'stayedAway'
  | 'gone'
  | 'cartWaiting'
  | 'lookedIn'
  | 'onlyJoined';

const STORIES: readonly (readonly [Story, number])[] = [
  ['keepsComing', 0.35],
  ['fadedLately', 0.15],
  ['stayedAway', 0.18],
  ['gone', 0.15],
  ['cameOnce', 0.08],
  ['lookedIn', 0.04],
  ['onlyJoined', 0.03],
  ['cartWaiting', 0.02],
];

/** How often people of one kind come: the median of days between two purchases. */
const HABITS: readonly (readonly [gapDays: number, share: number])[] = [
  [8, 0.21],
  [19, 0.35],
  [45, 0.28],
  [100, 0.16],
];

const TASTES: readonly (readonly [Taste, number])[] = [
  ['cup', 0.46],
  ['table', 0.3],
  ['leaf', 0.18],
  ['present', 0.06],
];

/** One person and her habits, from which her orders follow. Days are counted back from today. */
export interface Person {
  memberNo: string;
  name: string;
  phoneTail: string;
  birthday: Day | null;
  story: Story;
  homeBranchId: string;
  /** the clerk who usually serves her, and whether she is hers by name (专属导购) */
  clerkId: string;
  isOwned: boolean;
  openid: string | null;
  optedOutAgo: number | null;
  joinedAgo: number;
  /** her last purchase; null = never bought */
  lastAgo: number | null;
  onlyOnce: boolean;
  gapDays: number;
  taste: Taste;
  couponShare: number;
  visitsAgo: number[];
  /** where she lives, of members who let their place be known */
  place: Place | null;
  childBirthday: Day | null;
}

/**
 * The members of the chain. Each has dice of her own, so that changing one story leaves the others as they were.
 *
 * @param clerksOf clerk ids of a branch
 * @example peopleOf(1, 2000, calendarOf(day('2026-03-01')), () => ['c01'])[0]?.memberNo // → 'M10001'
 */
export function peopleOf(
  seed: number,
  count: number,
  calendar: Calendar,
  clerksOf: (branchId: string) => readonly string[],
): Person[] {
  const stories = deal(STORIES, count, diceOf(stableHash(`${seed} stories`)));
  return stories.map((story, i) => {
    const memberNo = `M${10001 + i}`;
    return personOf(memberNo, story, calendar, clerksOf, diceOf(stableHash(`${seed} person ${memberNo}`)));
  });
}

function personOf(
  memberNo: string,
  story: Story,
  calendar: Calendar,
  clerksOf: (branchId: string) => readonly string[],
  dice: Dice,
): Person {
  const gapDays = Math.max(3, dice.around(dice.weighted(HABITS), 0.25));
  const lastAgo = lastPurchase(story, gapDays, calendar, dice);
  const onlyOnce = story === 'cameOnce' || (story !== 'keepsComing' && dice.chance(0.12));
  const homeBranchId = dice.weighted(HOME_SHARES);
  const optedOut = lastAgo !== null && lastAgo > 30 && dice.chance(0.02);
  return {
    memberNo,
    name: nameOf(dice),
    phoneTail: String(dice.whole(0, 9999)).padStart(4, '0'),
    birthday: dice.chance(0.7) ? birthdayOf(dice) : null,
    story,
    homeBranchId,
    clerkId: dice.pick(clerksOf(homeBranchId)),
    // A clerk keeps those by name who come often; of the others only a few.
    isOwned: dice.chance(gapDays < 15 ? 0.45 : 0.15),
    openid: dice.chance(0.04) ? `wx-${memberNo}` : null,
    optedOutAgo: optedOut ? dice.whole(1, 30) : null,
    joinedAgo: Math.min(calendar.longestAgo, (lastAgo ?? 0) + dice.whole(1, calendar.longestAgo)),
    lastAgo,
    onlyOnce,
    gapDays,
    taste: dice.weighted(TASTES),
    couponShare: dice.share() ** 2 * 0.6,
    visitsAgo: visitsOf(story, lastAgo, dice),
    place: dice.chance(0.6) ? homeNear(placeOf(homeBranchId), dice) : null,
    childBirthday: dice.chance(0.2) ? childBirthdayOf(calendar, dice) : null,
  };
}

/** Days since the last purchase, as the story wants it; the windows are calendar months, as the shop counts them. */
function lastPurchase(story: Story, gapDays: number, calendar: Calendar, dice: Dice): number | null {
  const between = (from: number, to: number) => dice.whole(from, to);
  const { monthsAgo, longestAgo } = calendar;
  switch (story) {
    case 'lookedIn':
    case 'onlyJoined':
      return null;
    case 'keepsComing':
      return between(1, Math.min(monthsAgo(3) - 2, Math.max(4, Math.round(gapDays * 1.2))));
    case 'cameOnce':
      return between(32, monthsAgo(3) - 2);
    case 'fadedLately':
      return between(monthsAgo(3) + 1, monthsAgo(6) - 2);
    case 'stayedAway':
      return between(monthsAgo(6) + 1, monthsAgo(12) - 2);
    case 'gone':
      return between(monthsAgo(12) + 1, longestAgo - 4);
    case 'cartWaiting':
      return dice.chance(0.25) ? null : between(5, monthsAgo(9));
  }
}

function visitsOf(story: Story, lastAgo: number | null, dice: Dice): number[] {
  const times = story === 'lookedIn' ? dice.whole(1, 3) : story !== 'onlyJoined' && dice.chance(0.08) ? 1 : 0;
  const since = story === 'lookedIn' ? 300 : Math.min(lastAgo ?? 60, 90);
  return Array.from({ length: times }, () => dice.whole(1, Math.max(2, since)));
}

/** Between 18 and 68 years old, most in their thirties. */
function birthdayOf(dice: Dice): Day {
  const year = 2007 - Math.min(50, Math.floor(dice.around(14, 0.5)));
  const month = String(dice.whole(1, 12)).padStart(2, '0');
  return `${year}-${month}-${String(dice.whole(1, 28)).padStart(2, '0')}` as Day;
}

/** Most live within a walk of their branch, some across the town. */
function homeNear(branch: Place, dice: Dice): Place {
  const meters = dice.chance(0.35)
    ? dice.whole(80, 500)
    : dice.chance(0.7)
      ? dice.whole(500, 3000)
      : dice.whole(3000, 12_000);
  const angle = dice.share() * 2 * Math.PI;
  const degrees = meters / 111_320;
  const round = (degree: number) => Math.round(degree * 1e5) / 1e5;
  return {
    lng: round(branch.lng + (degrees * Math.cos(angle)) / Math.cos((branch.lat * Math.PI) / 180)),
    lat: round(branch.lat + degrees * Math.sin(angle)),
  };
}

/** Children of up to twelve years. */
function childBirthdayOf({ today }: Calendar, dice: Dice): Day {
  return addDays(today, -dice.whole(30, 12 * 365));
}
