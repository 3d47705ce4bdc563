import fc from 'fast-check';
import { addDays, day, DAY_MS, HOUR_MS, startOf } from '../../../miniprogram/domain/kernel/day';
import { chooseCare, isStronger } from '../../../miniprogram/domain/outreach/care/choose';
import { cycleOf } from '../../../miniprogram/domain/outreach/care/cycle';
import { endOfCare } from '../../../miniprogram/domain/outreach/care/ends';
import type { CareOrder } from '../../../miniprogram/domain/outreach/care/ends';
import { nextReminderAt, reminderReasons } from '../../../miniprogram/domain/outreach/care/raise';
import { DEFAULT_CARE } from '../../../miniprogram/domain/outreach/care/settings';
import { CARE_OCCASIONS } from '../../../miniprogram/domain/outreach/care/types';
import type { CareOccasion, CareReason } from '../../../miniprogram/domain/outreach/care/types';
import { DEFAULT_POLICY } from '../../../miniprogram/domain/outreach/contactPolicy';

const TODAY = day('2026-03-18');
const MORNING = startOf(TODAY, 9);

const someReason = fc
  .record({ occasion: fc.constantFrom(...CARE_OCCASIONS), n: fc.integer({ min: 1, max: 3 }) })
  .map(({ occasion, n }): CareReason => ({
    occasion,
    cycle: cycleOf(occasion, String(n)),
    on: addDays(TODAY, 2),
    from: TODAY,
    until: addDays(TODAY, 2),
    about: '奶粉',
    amount: null,
    since: MORNING,
    orderId: `pos:${n}`,
  }));

/** A member as the nights and pulses leave her: what she was given, and what is open. */
interface Lived {
  given: Set<string>;
  open: CareOccasion[];
}
function live(rounds: readonly (readonly CareReason[])[], ends: readonly boolean[]): Lived {
  const her: Lived = { given: new Set(), open: [] };
  rounds.forEach((reasons, n) => {
    if (ends[n]) her.open = [];
    const chosen = chooseCare(
      reasons,
      {
        given: her.given,
        open: her.open[0] ?? null,
        isHeldOut: false,
        isRecalled: false,
        lastBrowseOn: null,
        ledger: { touches: [], optOut: null, value: 'low' },
      },
      DEFAULT_POLICY,
    );
    if (!chosen) return;
    // What is weaker ends before the stronger begins.
    her.open = her.open.filter((one) => !isStronger(chosen.occasion, one));
    her.open.push(chosen.occasion);
    her.given.add(chosen.cycle);
  });
  return her;
}
const someRounds = fc.array(fc.array(someReason, { maxLength: 4 }), { maxLength: 8 });
const someEnds = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });

it('never leaves a member with two open care tasks', () => {
  fc.assert(
    fc.property(someRounds, someEnds, (rounds, ends) => {
      expect(live(rounds, ends).open.length).toBeLessThanOrEqual(1);
    }),
  );
});

it('gives nothing more when a night is done twice', () => {
  fc.assert(
    fc.property(fc.array(someReason, { maxLength: 6 }), (reasons) => {
      const once = live([reasons], []);
      const twice = live([reasons, reasons], []);
      // The second look may only find what is stronger than what stands, and the strongest stands already.
      expect(twice).toEqual(once);
    }),
  );
});

it('chooses the same whatever order the reasons come in, and never a weaker one', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(someReason, { selector: ({ cycle }) => cycle }),
      fc.integer(),
      (reasons, seed) => {
        const turned = [...reasons].sort((a, b) => (a.cycle + seed < b.cycle + seed ? 1 : -1));
        const [one, other] = [reasons, turned].map((each) => [...live([each], []).given]);
        expect(one).toEqual(other);
        const [given] = live([reasons], []).open;
        for (const { occasion } of reasons) expect(isStronger(occasion, given as CareOccasion)).toBe(false);
      },
    ),
  );
});

const someEvent = fc.record({
  orderId: fc.constantFrom('pos:1', 'pos:2'),
  what: fc.constantFrom('created', 'paid', 'cancelled'),
  at: fc.integer({ min: 0, max: 20 }).map((n) => MORNING + (n - 5) * HOUR_MS),
});
/** An order is paid once: two instants of one payment would be a correction, which no order of arrival can undo. */
const someEvents = fc.uniqueArray(someEvent, {
  selector: ({ orderId, what }) => `${orderId} ${what}`,
  maxLength: 6,
});
type Event = typeof someEvent extends fc.Arbitrary<infer T> ? T : never;

/** Orders as far as these events tell them: each only ever adds, as `orderAfter` does. */
function ordersAfter(events: readonly Event[]): CareOrder[] {
  const ids = [...new Set(events.map(({ orderId }) => orderId))].sort();
  return ids.map((orderId) => {
    const own = events.filter((event) => event.orderId === orderId);
    const paid = own.filter(({ what }) => what === 'paid').map(({ at }) => at);
    const isCancelled = own.some(({ what }) => what === 'cancelled');
    return {
      orderId,
      status: isCancelled ? 'cancelled' : paid.length > 0 ? 'paid' : 'unpaid',
      createdAt: Math.min(...own.map(({ at }) => at)),
      paidAt: paid.length > 0 ? Math.min(...paid) : null,
      categories: paid.length > 0 ? ['奶粉'] : [],
    };
  });
}

it('ends a task by what she did in whatever order it is heard of, and never opens it again', () => {
  const seenOf = (events: readonly Event[]) => ({
    today: TODAY,
    optOut: null,
    lastVisitOn: null,
    orders: ordersAfter(events),
    loyalty: null,
  });
  fc.assert(
    fc.property(someReason, someEvents, fc.integer(), (care, events, seed) => {
      const told = (order: readonly Event[]): boolean => {
        let ended = false;
        order.forEach((_, n) => (ended ||= endOfCare(care, seenOf(order.slice(0, n + 1))) !== null));
        return ended;
      };
      const turned = [...events].sort((a, b) => ((a.at * 31 + seed) % 7) - ((b.at * 31 + seed) % 7));
      const whole = endOfCare(care, seenOf(events)) !== null;
      // An order that is first heard of by a late event is older than it seemed, so only looks may differ by that.
      if (care.occasion !== 'browse') {
        expect(told(events)).toBe(whole);
        expect(told(turned)).toBe(whole);
      }
      if (whole) expect(told(turned)).toBe(true);
    }),
  );
});

it('looks at every reminder in time, however seldom pulse comes within a day', () => {
  const someActs = fc.record({
    orders: fc.array(
      fc
        .integer({ min: 0, max: 48 })
        .map((n) => ({ orderId: `pos:${n}`, isUnpaid: true, createdAt: MORNING + n * HOUR_MS, fen: 100 })),
      { maxLength: 4 },
    ),
    browsedAt: fc.option(fc.integer({ min: 0, max: 48 }).map((n) => MORNING + n * HOUR_MS)),
    lastVisitOn: fc.constant(null),
  });
  fc.assert(
    fc.property(someActs, fc.integer({ min: 1, max: 20 }), (acts, everyHours) => {
      const found = new Set<string>();
      let next = nextReminderAt(acts);
      for (let now = MORNING; now < MORNING + 5 * DAY_MS; now += everyHours * HOUR_MS) {
        if (next === null || next > now) continue;
        for (const { cycle } of reminderReasons(acts, DEFAULT_CARE, now)) found.add(cycle);
        next = nextReminderAt(acts, now);
      }
      const all = new Set(
        Array.from({ length: 120 }, (_, n) => reminderReasons(acts, DEFAULT_CARE, MORNING + n * HOUR_MS))
          .flat()
          .map(({ cycle }) => cycle),
      );
      expect([...found].sort()).toEqual([...all].sort());
    }),
  );
});
