import fc from 'fast-check';
import { addDays, day, dayOf, startOf } from '../../../miniprogram/domain/kernel/day';
import { DEFAULT_POLICY, mayContact } from '../../../miniprogram/domain/outreach/contactPolicy';
import type { ContactAsk } from '../../../miniprogram/domain/outreach/contactPolicy';
import { PURPOSES } from '../../../miniprogram/domain/outreach/types';
import type { ContactPolicy, TouchFact } from '../../../miniprogram/domain/outreach/types';

const START = startOf(day('2025-02-01'));
const MINUTE = 60_000;
const purpose = fc.constantFrom(...PURPOSES);
const value = fc.constantFrom('high' as const, 'mid' as const, 'low' as const);
/** Touches at minutes of their own: at the same instant there is no order that could matter. */
const touches: fc.Arbitrary<TouchFact[]> = fc.uniqueArray(
  fc.record({
    at: fc.integer({ min: 0, max: 60 * 24 * 60 }).map((minutes) => START + minutes * MINUTE),
    purpose,
    answered: fc.boolean(),
  }),
  { maxLength: 14, selector: ({ at }) => at },
);
const cap = fc.record({
  touches: fc.integer({ min: 1, max: 5 }),
  withinDays: fc.integer({ min: 1, max: 40 }),
});
const policy: fc.Arbitrary<ContactPolicy> = fc.record({
  caps: fc.record({ high: cap, mid: cap, low: cap }),
  careExtra: fc.integer({ min: 0, max: 2 }),
  quietHours: fc.record({
    fromHour: fc.integer({ min: 0, max: 23 }),
    toHour: fc.integer({ min: 0, max: 23 }),
  }),
  restAfter: fc.integer({ min: 1, max: 5 }),
  restDays: fc.integer({ min: 1, max: 40 }),
  ceiling: fc.integer({ min: 1, max: 12 }),
});
const ask: fc.Arbitrary<ContactAsk> = fc.record({
  touches,
  optOut: fc.constantFrom(null, null, 'promo' as const, 'all' as const),
  value,
  purpose,
  now: fc.integer({ min: 0, max: 70 * 24 * 60 }).map((minutes) => START + minutes * MINUTE),
});

it('whoever obeys never exceeds the cap in any window, whatever the cap and whenever she asks', () => {
  const wishes = fc.array(
    fc.record({ minutes: fc.integer({ min: 0, max: 4000 }), purpose, answered: fc.boolean() }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(policy, value, wishes, (one, of, wished) => {
      const sent: TouchFact[] = [];
      let now = START;
      for (const wish of wished) {
        now += wish.minutes * MINUTE;
        const may = mayContact({ touches: sent, optOut: null, value: of, purpose: wish.purpose, now }, one);
        if (may.ok) sent.push({ at: now, purpose: wish.purpose, answered: wish.answered });
      }
      const { touches: most, withinDays } = one.caps[of];
      for (const { at } of sent) {
        const until = startOf(addDays(dayOf(at), withinDays));
        const within = sent.filter((other) => other.at >= at && other.at < until);
        expect(within.filter((other) => other.purpose === 'promo').length).toBeLessThanOrEqual(most);
        expect(within.length).toBeLessThanOrEqual(most + one.careExtra);
      }
    }),
    { numRuns: 300 },
  );
});

it('an opt-out always refuses, and no waiting helps', () => {
  fc.assert(
    fc.property(ask, policy, (one, by) => {
      const never = { ok: false, failure: { code: 'opted-out', nextAllowedAt: null } };
      expect(mayContact({ ...one, optOut: 'all' }, by)).toEqual(never);
      expect(mayContact({ ...one, optOut: 'promo', purpose: 'promo' }, by)).toEqual(never);
    }),
  );
});

it('the next allowed instant is allowed, and one millisecond before it is not', () => {
  fc.assert(
    fc.property(ask, policy, (one, by) => {
      const answer = mayContact(one, by);
      if (answer.ok || answer.failure.nextAllowedAt === null) return;
      const next = answer.failure.nextAllowedAt;
      expect(mayContact({ ...one, now: next }, by).ok).toBe(true);
      expect(mayContact({ ...one, now: next - 1 }, by).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});

it('care is never blocked by what only limits pushes', () => {
  fc.assert(
    fc.property(ask, policy, (one, by) => {
      const optOut = one.optOut === 'all' ? ('all' as const) : null;
      // Whenever a push may go, care may; an opt-out of pushes changes nothing for care.
      if (mayContact({ ...one, optOut, purpose: 'promo' }, by).ok)
        expect(mayContact({ ...one, optOut, purpose: 'care' }, by).ok).toBe(true);
      if (optOut === null)
        expect(mayContact({ ...one, optOut: 'promo', purpose: 'care' }, by)).toEqual(
          mayContact({ ...one, optOut: null, purpose: 'care' }, by),
        );
      // The pushes' own cap alone: with room for everything together, care goes.
      const roomy = { ...by, careExtra: 99, restAfter: 99, ceiling: 99 };
      const care = mayContact({ ...one, optOut: null, purpose: 'care' }, roomy);
      if (!care.ok) expect(care.failure.code).toBe('quiet-hours');
    }),
  );
});

it('the order in which touches are told does not matter', () => {
  const shuffled = touches.chain((told) =>
    fc.tuple(
      fc.constant(told),
      fc.shuffledSubarray(told, { minLength: told.length, maxLength: told.length }),
    ),
  );
  fc.assert(
    fc.property(ask, shuffled, policy, (one, [told, otherwise], by) => {
      expect(mayContact({ ...one, touches: otherwise }, by)).toEqual(
        mayContact({ ...one, touches: told }, by),
      );
    }),
  );
});

it('would notice a policy that lets a fifth push through', () => {
  const four = [1, 2, 3, 4].map((n) => ({
    at: START + n * 86_400_000,
    purpose: 'promo' as const,
    answered: true,
  }));
  const now = START + 5 * 86_400_000 + 12 * 60 * MINUTE;
  const of = { touches: four, optOut: null, value: 'mid' as const, purpose: 'promo' as const, now };
  expect(mayContact(of, DEFAULT_POLICY).ok).toBe(false);
  expect(mayContact({ ...of, touches: four.slice(1) }, DEFAULT_POLICY).ok).toBe(true);
});
