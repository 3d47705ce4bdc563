import { dayOf, DAY_MS, startOf } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';
import { headlineOf } from '../../offers/coupon';
import type { FollowUpOutcome, LapseReason } from '../../outreach/types';
import type { WakeOrder } from '../wake';
import { addInto, emptyTally } from './cell';
import type { ArmMoney, Cell, CountedTask, Purse, Tally, Tier, TierArms, WakeTally } from './cell';
import { periodsWatched, spanOf, WATCHED_MS } from './periods';
import type { Period, Span } from './periods';

const EARLY_MS = 7 * DAY_MS;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A table of lists that are found by a key and come out sorted by it. */
function shelf<T, Parts extends readonly unknown[]>(fresh: (...parts: Parts) => T) {
  const kept = new Map<string, T>();
  return {
    at(...parts: Parts): T {
      // A whole chain is counted every night, so the key is as cheap as it can be; no id holds a line's end.
      const key = parts.length === 1 ? String(parts[0]) : parts.join('\n');
      let found = kept.get(key);
      if (found === undefined) kept.set(key, (found = fresh(...parts)));
      return found;
    },
    sorted: (): T[] => [...kept.entries()].sort(([a], [b]) => byText(a, b)).map(([, one]) => one),
  };
}

const isIn = (at: Ms | null, { from, to }: Span): boolean => at !== null && at >= from && at < to;

/** When a task had come to something: woken, or ended by what the clerk heard. */
function concludedAt({ status, wokenAt, followUp }: CountedTask): Ms | null {
  if (wokenAt !== null) return wokenAt;
  return status === 'closed' && followUp !== null ? followUp.at : null;
}

/** What a treated task counts for in a span in which it is in hand. */
function tallyOf(task: CountedTask, span: Span, optedOutAt: Ms | null): Tally {
  return [
    1,
    Number(isIn(task.contactedAt, span)),
    Number(isIn(task.openedAt, span)),
    Number(isIn(task.claimedAt, span)),
    Number(isIn(task.redeemedAt, span)),
    Number(isIn(task.wokenAt, span)),
    Number(isIn(optedOutAt, span)),
    Number(isIn(concludedAt(task), span)),
  ];
}

/** Is a task in hand in a week or month: its 28 days touch it, and she had not come back before it began. */
const isInHand = ({ enteredAt, wokenAt }: CountedTask, { from, to }: Span): boolean =>
  enteredAt < to && enteredAt + WATCHED_MS > from && (wokenAt === null || wokenAt >= from);

function wakesOf(task: CountedTask): WakeTally {
  const { enteredAt } = task;
  const enteredOn = dayOf(enteredAt);
  // A visit is known by its day: the day of entry itself could be before it.
  const visit = task.visitDays.find((on) => on > enteredOn);
  const visitedAt = visit === undefined ? null : startOf(visit);
  const within = (at: Ms | null, ms: number): number =>
    Number(at !== null && at > enteredAt && at <= enteredAt + ms);
  return [task.claimedAt, visitedAt, task.redeemedAt, task.wokenAt].flatMap((at) => [
    within(at, WATCHED_MS),
    within(at, EARLY_MS),
  ]);
}

const emptyPurse = (): Purse => ({ members: 0, repeat: 0, orders: 0, fen: 0 });
const emptyMoney = (): ArmMoney => ({
  wakes: 0,
  wakeFen: 0,
  wakeYuan2: 0,
  now: emptyPurse(),
  before: emptyPurse(),
});

function addPurse(into: Purse, orders: readonly WakeOrder[]): void {
  if (orders.length === 0) return;
  into.members += 1;
  into.repeat += Number(orders.length > 1);
  into.orders += orders.length;
  for (const { netFen } of orders) into.fen += netFen;
}

function addMoney(into: ArmMoney, task: CountedTask): void {
  if (task.wokenAt === null) return;
  const fen = task.wakeFen ?? 0;
  into.wakes += 1;
  into.wakeFen += fen;
  into.wakeYuan2 += Math.round((fen / 100) ** 2);
  const { enteredAt } = task;
  const bought = task.orders.filter(({ paidAt, netFen }) => paidAt !== null && netFen > 0);
  const between = (from: Ms, to: Ms) =>
    bought.filter(({ paidAt }) => paidAt !== null && paidAt > from && paidAt <= to);
  addPurse(into.now, between(enteredAt, enteredAt + WATCHED_MS));
  const last = Math.max(...between(-Infinity, enteredAt).map(({ paidAt }) => paidAt ?? 0));
  if (last > -Infinity) addPurse(into.before, between(last - WATCHED_MS, last));
}

/** How an offer is named on a report. @example offerKeyOf(offer) // → '好久不见 · 7折' */
export function offerKeyOf({ title, rule }: CountedTask['offer']): string {
  return `${title} · ${headlineOf(rule)}`;
}

const isUndone = ({ status, contactedAt, wokenAt }: CountedTask): boolean =>
  contactedAt === null && wokenAt === null && (status === 'open' || status === 'contacted');

/**
 * Counts the tasks of one branch in one campaign. The same tasks in any order make the same cell; counting again after
 * anything happened is all there is to "keeping it up", so event time and a rebuild cannot differ.
 *
 * Held-out tasks count in `tiers`, `days` and `money` only. Care tasks must not be handed in.
 *
 * @example cellOf([]).tiers // → []
 */
export function cellOf(tasks: Iterable<CountedTask>): Cell {
  const rows = shelf((period: Period, clerkId: string | null, tier: Tier) => ({
    period,
    clerkId,
    tier,
    n: emptyTally(),
  }));
  const tiers = shelf((tier: Tier): TierArms => ({
    tier,
    treated: 0,
    treatedWakes: [0, 0, 0, 0, 0, 0, 0, 0],
    heldOut: 0,
    heldOutWakes: [0, 0, 0, 0, 0, 0, 0, 0],
  }));
  const offers = shelf((key: string) => ({ key, n: emptyTally() }));
  const scripts = shelf((key: string) => ({ key, n: emptyTally() }));
  const reasons = shelf((key: LapseReason) => ({ key, n: 0 }));
  const outcomes = shelf((key: FollowUpOutcome) => ({ key, n: 0 }));
  const undone = shelf((clerkId: string | null, dueOn: Day) => ({ clerkId, dueOn, n: 0 }));
  const days = shelf((on: Day) => ({
    on,
    entered: 0,
    contacted: 0,
    claimed: 0,
    redeemed: 0,
    woken: 0,
    heldWoken: 0,
  }));
  const money: Cell['money'] = { treated: emptyMoney(), heldOut: emptyMoney(), coupons: 0, offFen: 0 };

  for (const task of tasks) {
    const tier: Tier = `${task.lifecycle}.${task.value}`;
    const arms = tiers.at(tier);
    if (task.arm === 'heldOut') {
      arms.heldOut += 1;
      addInto(arms.heldOutWakes, wakesOf(task));
      if (task.wokenAt !== null) days.at(dayOf(task.wokenAt)).heldWoken += 1;
      addMoney(money.heldOut, task);
      continue;
    }
    arms.treated += 1;
    addInto(arms.treatedWakes, wakesOf(task));
    const optedOutAt = task.optedOutAt !== null && task.optedOutAt >= task.enteredAt ? task.optedOutAt : null;
    const whole = tallyOf(task, spanOf('all'), optedOutAt);
    addInto(rows.at('all', task.clerkId, tier).n, whole);
    for (const { period, span } of periodsWatched(task.enteredAt)) {
      if (!isInHand(task, span)) continue;
      addInto(rows.at(period, task.clerkId, tier).n, tallyOf(task, span, optedOutAt));
    }
    addInto(offers.at(offerKeyOf(task.offer)).n, whole);
    if (task.scriptId !== undefined) addInto(scripts.at(task.scriptId ?? '').n, whole);
    if (task.followUp !== null) {
      outcomes.at(task.followUp.outcome).n += 1;
      if (task.followUp.lapseReason !== null) reasons.at(task.followUp.lapseReason).n += 1;
    }
    if (isUndone(task)) undone.at(task.clerkId, task.dueOn).n += 1;
    days.at(dayOf(task.enteredAt)).entered += 1;
    for (const [at, step] of [
      [task.contactedAt, 'contacted'],
      [task.claimedAt, 'claimed'],
      [task.redeemedAt, 'redeemed'],
      [task.wokenAt, 'woken'],
    ] as const) {
      if (at !== null) days.at(dayOf(at))[step] += 1;
    }
    addMoney(money.treated, task);
    money.coupons += Number(task.redeemedAt !== null);
    money.offFen += task.offFen;
  }

  const by: Cell['by'] = {};
  for (const { period, ...row } of rows.sorted()) (by[period] ??= []).push(row);
  return {
    by,
    tiers: tiers.sorted(),
    offers: offers.sorted(),
    scripts: scripts.sorted(),
    reasons: reasons.sorted(),
    outcomes: outcomes.sorted(),
    undone: undone.sorted(),
    days: days.sorted(),
    money,
  };
}
