import { addDays, dayOf, endOf, HOUR_MS, startOf } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import { refillsOf } from '../../membership/rhythm';
import type { MemberFacts, TierRules } from '../../membership/types';
import { LEVEL_WORDS } from '../../offers/types';
import type { Loyalty } from '../../offers/types';
import { nextBirthday, nextMemberDay } from './calendar';
import { cycleOf } from './cycle';
import type { CareSettings, Festival } from './settings';
import type { CareReason } from './types';

/** A reminder follows what she did after so many hours, and within a day or not at all. */
export const UNPAID_AFTER_HOURS = 1;
export const BROWSED_AFTER_HOURS = 2;
export const REMIND_WITHIN_HOURS = 24;
/** Something may be late by a week and is still worth a word. */
export const REFILL_LATE_DAYS = 7;

/** What of a member can give reason for care by the calendar. */
export interface CareHer {
  birthday: Day | null;
  facts: MemberFacts;
  loyalty: Loyalty | null;
}

/** A festival of the coming days. */
export interface FestivalDay {
  name: Festival;
  on: Day;
}

const NOTHING = { about: null, amount: null, orderId: null } as const;

function birthday({ birthday: born }: CareHer, ahead: number, today: Day): CareReason[] {
  if (born === null) return [];
  const on = nextBirthday(born, today);
  const from = addDays(on, -ahead);
  if (from > today) return [];
  const cycle = cycleOf('birthday', on.slice(0, 4));
  return [{ ...NOTHING, occasion: 'birthday', cycle, on, from: today, until: on, since: startOf(from) }];
}

/** Something of hers that ends on a day. */
function ending(
  occasion: 'level' | 'points',
  on: Day | null,
  what: Pick<CareReason, 'about' | 'amount'>,
  ahead: number,
  today: Day,
): CareReason[] {
  if (on === null || on < today || addDays(on, -ahead) > today) return [];
  const cycle = cycleOf(occasion, on);
  return [{ ...NOTHING, ...what, occasion, cycle, on, from: today, until: on, since: startOf(today) }];
}

function refill({ facts }: CareHer, rules: TierRules, ahead: number, today: Day): CareReason[] {
  return refillsOf(facts, rules, today)
    .filter(({ overdueDays }) => overdueDays >= -ahead && overdueDays <= REFILL_LATE_DAYS)
    .map(({ category, dueOn, cycleDays }) => ({
      ...NOTHING,
      occasion: 'refill',
      cycle: cycleOf('refill', category, dueOn),
      on: dueOn,
      from: today,
      until: addDays(dueOn, REFILL_LATE_DAYS),
      about: category,
      // Whatever she bought of it after the day it is counted from has filled it up again.
      since: endOf(addDays(dueOn, -cycleDays)),
    }));
}

/**
 * What gives reason to care for one member today, by the calendar, strongest first: her birthday, a level or points that
 * end, something that runs out. Each is due today at the earliest: one that was missed is not owed from before.
 *
 * @example personalReasons({ birthday: day('1990-03-21'), … }, rules, DEFAULT_CARE, day('2026-03-18'))[0].cycle // → 'care.birthday.2026'
 */
export function personalReasons(
  her: CareHer,
  rules: TierRules,
  settings: CareSettings,
  today: Day,
): CareReason[] {
  const { daysAhead, off } = settings;
  const { level, levelUntil, expiring } = her.loyalty ?? { level: 'basic', levelUntil: null, expiring: null };
  const found = [
    ...birthday(her, daysAhead.birthday, today),
    ...ending('level', levelUntil, { about: LEVEL_WORDS[level], amount: null }, daysAhead.level, today),
    ...ending(
      'points',
      expiring && expiring.points > 0 ? expiring.on : null,
      { about: null, amount: expiring?.points ?? null },
      daysAhead.points,
      today,
    ),
    ...refill(her, rules, daysAhead.refill, today),
  ];
  return found.filter(({ occasion }) => !off.includes(occasion));
}

/** Every day on which something of hers runs out by her orders; her document is found by them. Earliest first. */
export function refillDays(facts: MemberFacts, rules: TierRules): Day[] {
  const { lastPaidOn } = facts;
  if (lastPaidOn === null) return [];
  return [...new Set(refillsOf(facts, rules, lastPaidOn).map(({ dueOn }) => dueOn))].sort();
}

/**
 * What gives reason to greet many members at once, the nearest day first: a recurring day of the month, a festival.
 *
 * @param festivals those of the coming days, from today on
 */
export function commonReasons(
  settings: CareSettings,
  festivals: readonly FestivalDay[],
  today: Day,
): CareReason[] {
  const { off, daysAhead, memberDays } = settings;
  const found: CareReason[] = [];
  const add = (occasion: 'festival' | 'memberDay', on: Day, about: string, ...parts: string[]): void => {
    const from = addDays(on, -daysAhead[occasion]);
    if (off.includes(occasion) || on < today || from > today) return;
    const cycle = cycleOf(occasion, ...parts, on);
    found.push({ ...NOTHING, occasion, cycle, on, from: today, until: on, about, since: startOf(today) });
  };
  for (const n of memberDays) add('memberDay', nextMemberDay(n, today), `${n}号`);
  for (const { name, on } of festivals)
    if (settings.festivals.includes(name)) add('festival', on, name, name);
  return found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** What she did herself that a reminder may follow. */
export interface CareActs {
  orders: readonly { orderId: string; isUnpaid: boolean; createdAt: Ms; fen: Fen }[];
  /** when she last looked at a page of ours, the first look of that day */
  browsedAt: Ms | null;
  lastVisitOn: Day | null;
}

interface Reminder {
  raiseAt: Ms;
  reason: CareReason;
}

function reminders({ orders, browsedAt, lastVisitOn }: CareActs): Reminder[] {
  const unpaid = orders
    .filter((order) => order.isUnpaid)
    .map(({ orderId, createdAt, fen }): Reminder => {
      const raiseAt = createdAt + UNPAID_AFTER_HOURS * HOUR_MS;
      return {
        raiseAt,
        reason: {
          occasion: 'unpaid',
          cycle: cycleOf('unpaid', orderId.replace(':', '_')),
          on: dayOf(createdAt),
          from: dayOf(raiseAt),
          until: dayOf(createdAt + REMIND_WITHIN_HOURS * HOUR_MS),
          about: null,
          amount: fen > 0 ? fen : null,
          since: createdAt,
          orderId,
        },
      };
    });
  if (browsedAt === null) return unpaid;
  const on = dayOf(browsedAt);
  const hasActed =
    orders.some(({ createdAt }) => createdAt > browsedAt) || (lastVisitOn !== null && lastVisitOn >= on);
  if (hasActed) return unpaid;
  const raiseAt = browsedAt + BROWSED_AFTER_HOURS * HOUR_MS;
  const until = dayOf(browsedAt + REMIND_WITHIN_HOURS * HOUR_MS);
  const cycle = cycleOf('browse', on);
  const reason: CareReason = {
    ...NOTHING,
    occasion: 'browse',
    cycle,
    on,
    from: dayOf(raiseAt),
    until,
    since: browsedAt,
  };
  return [...unpaid, { raiseAt, reason }];
}

/**
 * What she began and did not finish: an order an hour old that waits for payment, a look at a page two hours ago without
 * an order or a visit since; each for 24 hours and no longer. Newest order first.
 */
export function reminderReasons(acts: CareActs, settings: Pick<CareSettings, 'off'>, now: Ms): CareReason[] {
  return reminders(acts)
    .filter(({ raiseAt, reason }) => raiseAt <= now && now < reason.since + REMIND_WITHIN_HOURS * HOUR_MS)
    .map(({ reason }) => reason)
    .filter(({ occasion }) => !settings.off.includes(occasion))
    .sort((a, b) => Number(a.occasion === 'browse') - Number(b.occasion === 'browse') || b.since - a.since);
}

/**
 * The earliest instant after `seen` at which a reminder may be due; null when there is none.
 *
 * @param seen up to here everything was looked at; missing = nothing was
 * @example nextReminderAt({ orders: [anUnpaidOneOf(tenOClock)], browsedAt: null, lastVisitOn: null }) // → eleven o'clock
 */
export function nextReminderAt(acts: CareActs, seen = -Infinity): Ms | null {
  const ahead = reminders(acts)
    .map(({ raiseAt }) => raiseAt)
    .filter((at) => at > seen);
  return ahead.length === 0 ? null : Math.min(...ahead);
}
