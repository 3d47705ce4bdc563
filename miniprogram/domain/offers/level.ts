import { addDays, addMonths, newestDayMonthsAgo } from '../kernel/day';
import type { Day } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import type { PurchaseDay } from '../membership/types';
import { LEVELS } from './types';
import type { Level, Loyalty, PackLevelKeep } from './types';

/** What a member has to spend in twelve months to be of a level; rising. */
export type LevelTable = { level: Level; fromFen: Fen }[];

export const USUAL_LEVELS: LevelTable = [
  { level: 'basic', fromFen: 0 },
  { level: 'silver', fromFen: 200_000 },
  { level: 'gold', fromFen: 500_000 },
  { level: 'diamond', fromFen: 2_000_000 },
];

/** A line of a member's level history that lifts her: level kept (保级) to the end of a day. */
export interface LevelKept {
  level: Level;
  from: Day;
  until: Day;
}

export interface LevelNow {
  level: Level;
  /** good to the end of this day unless she buys; null = nothing ends it soon */
  levelUntil: Day | null;
  /** what her own spending gives, without anything kept */
  earned: Level;
  /** spent in the twelve months to today */
  yearFen: Fen;
  /** what is missing to the next level, and to keep this one when it is only kept; null = there is none */
  next: { level: Level; missingFen: Fen } | null;
  keepMissingFen: Fen | null;
}

const rank = (level: Level): number => LEVELS.indexOf(level);

/** Spent in the twelve months up to and with today, net of refunds. @param year purchases, oldest first */
export function spentInYear(year: readonly PurchaseDay[], today: Day): Fen {
  const since = newestDayMonthsAgo(today, 12);
  return year.reduce((sum, { on, fen }) => (on > since && on <= today ? sum + fen : sum), 0);
}

/**
 * A member's level: what she spent in twelve months, or what is kept for her when that is higher. A level kept ends on
 * its day; one earned ends when the purchases that earned it are a year old.
 *
 * @example levelOf([], [{ level: 'gold', from: day('2025-01-01'), until: day('2025-03-31') }], day('2025-03-31')).level // → 'gold'
 */
export function levelOf(
  year: readonly PurchaseDay[],
  kept: readonly LevelKept[],
  today: Day,
  table: LevelTable = USUAL_LEVELS,
): LevelNow {
  const yearFen = spentInYear(year, today);
  const rising = [...table].sort((a, b) => a.fromFen - b.fromFen);
  const reached = rising.filter(({ fromFen }) => yearFen >= fromFen);
  const earned = reached[reached.length - 1]?.level ?? 'basic';
  const live = kept.filter(({ from, until }) => from <= today && today <= until);
  const best = live.sort((a, b) => rank(b.level) - rank(a.level) || (a.until < b.until ? 1 : -1))[0];
  const isKept = best !== undefined && rank(best.level) > rank(earned);
  const level = isKept ? best.level : earned;
  const above = rising.find((step) => rank(step.level) > rank(level));
  const own = rising.find((step) => step.level === level);
  return {
    level,
    levelUntil: isKept ? best.until : earnedUntil(year, earned, today, rising),
    earned,
    yearFen,
    next: above ? { level: above.level, missingFen: Math.max(0, above.fromFen - yearFen) } : null,
    keepMissingFen: isKept && own ? Math.max(0, own.fromFen - yearFen) : null,
  };
}

/** The last day on which her purchases of today still earn the level; null for the lowest. */
function earnedUntil(year: readonly PurchaseDay[], level: Level, today: Day, rising: LevelTable): Day | null {
  const needed = rising.find((step) => step.level === level)?.fromFen ?? 0;
  if (needed <= 0) return null;
  const falls = [...new Set(year.map(({ on }) => addMonths(on, 12)))].filter((on) => on > today).sort();
  const drop = falls.find((on) => spentInYear(year, on) < needed);
  return drop === undefined ? null : addDays(drop, -1);
}

/** A pack's level-keep from the day of the claim on. @example keptBy({ level: 'gold', months: 3 }, day('2025-03-05')).until // → '2025-06-04' */
export function keptBy({ level, months }: PackLevelKeep, from: Day): LevelKept {
  return { level, from, until: addDays(addMonths(from, months), -1) };
}

/**
 * May a member's level be another one than her own document says, now that purchases of hers came or went? What is kept
 * for her is not looked at, so the answer may be a yes too many, never a no.
 *
 * @param copy as her document has it; missing = a basic member
 * @example levelMayMove(undefined, [], [{ on: day('2025-03-05'), fen: 200_000 }], day('2025-03-05')) // → true: silver
 */
export function levelMayMove(
  copy: Pick<Loyalty, 'level' | 'levelUntil'> | undefined,
  before: readonly PurchaseDay[],
  after: readonly PurchaseDay[],
  today: Day,
): boolean {
  const [was, is] = [levelOf(before, [], today), levelOf(after, [], today)];
  if (was.level !== is.level || was.levelUntil !== is.levelUntil) return true;
  const { level = 'basic', levelUntil = null } = copy ?? {};
  return rank(is.level) > rank(level) || (is.level === level && is.levelUntil !== levelUntil);
}
