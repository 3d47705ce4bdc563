import fc from 'fast-check';
import { addDays, day, hourOf, startOf } from '../../../miniprogram/domain/kernel/day';
import { DEFAULT_POLICY, mayContact } from '../../../miniprogram/domain/outreach/contactPolicy';
import type { Value } from '../../../miniprogram/domain/membership/types';
import type {
  ContactPolicy,
  OptOutScope,
  Purpose,
  TouchFact,
} from '../../../miniprogram/domain/outreach/types';

const at = (on: string, hour = 10): number => startOf(day(on), hour);
const touch = (on: string, more: Partial<TouchFact> = {}): TouchFact => ({
  at: at(on, 15),
  purpose: 'promo',
  answered: true,
  ...more,
});
const ask = (
  touches: TouchFact[],
  now: number,
  purpose: Purpose = 'promo',
  optOut: OptOutScope | null = null,
  value: Value = 'mid',
) => mayContact({ touches, now, purpose, optOut, value }, DEFAULT_POLICY);
const withCap = (touches: number, withinDays: number): ContactPolicy['caps'] => ({
  high: { touches, withinDays },
  mid: { touches, withinDays },
  low: { touches, withinDays },
});
const allowed = { ok: true, value: true };

describe('may this member be contacted now?', () => {
  it('yes, when nobody has touched her', () => {
    expect(ask([], at('2025-03-04'))).toEqual(allowed);
  });

  it('never again once she opted out, care included', () => {
    const failure = { code: 'opted-out', nextAllowedAt: null };
    expect(ask([], at('2025-03-04'), 'care', 'all')).toEqual({ ok: false, failure });
  });

  it('still asks how she is when she opted out of pushes alone', () => {
    expect(ask([], at('2025-03-04'), 'care', 'promo')).toEqual(allowed);
    expect(ask([], at('2025-03-04'), 'knowledge', 'promo')).toEqual(allowed);
    expect(ask([], at('2025-03-04'), 'promo', 'promo')).toMatchObject({ failure: { code: 'opted-out' } });
  });

  it('goes by the cap of her value', () => {
    const policy: ContactPolicy = {
      ...DEFAULT_POLICY,
      caps: { ...DEFAULT_POLICY.caps, low: { touches: 2, withinDays: 30 } },
    };
    const two = [touch('2025-03-01'), touch('2025-03-05')];
    const of = (value: Value) =>
      mayContact({ touches: two, optOut: null, value, purpose: 'promo', now: at('2025-03-20') }, policy);
    expect(of('high')).toEqual(allowed);
    expect(of('low')).toMatchObject({ failure: { code: 'contact-cap', touches: 2 } });
  });

  it('writes no more after eight messages without an answer, until she comes by herself', () => {
    const silent = Array.from({ length: 8 }, (_, month) =>
      touch(addDays(day('2024-01-01'), month * 31), { answered: false }),
    );
    expect(ask(silent.slice(1), at('2025-03-04'))).toEqual(allowed);
    expect(ask(silent, at('2025-03-04'), 'care')).toEqual({
      ok: false,
      failure: { code: 'worn-out', nextAllowedAt: null, unanswered: 8 },
    });
    const heard = silent.map((one, i) => (i === 7 ? { ...one, answered: true } : one));
    expect(ask(heard, at('2025-03-04'))).toEqual(allowed);
  });

  it('keeps the night quiet from 21:00 to 9:00 in Shanghai', () => {
    const nine = at('2025-03-04', 9);
    expect(ask([], nine)).toEqual(allowed);
    expect(ask([], nine - 1)).toEqual({ ok: false, failure: { code: 'quiet-hours', nextAllowedAt: nine } });
    expect(ask([], at('2025-03-04', 21) - 1)).toEqual(allowed);
    expect(ask([], at('2025-03-04', 21))).toEqual({
      ok: false,
      failure: { code: 'quiet-hours', nextAllowedAt: at('2025-03-05', 9) },
    });
  });

  it('allows four promotions in thirty days, and the next on the day the first is thirty days old', () => {
    const four = ['2025-03-01', '2025-03-05', '2025-03-10', '2025-03-15'].map((on) => touch(on));
    expect(ask(four.slice(1), at('2025-03-20'))).toEqual(allowed);
    expect(ask(four, at('2025-03-30', 20))).toEqual({
      ok: false,
      failure: { code: 'contact-cap', nextAllowedAt: at('2025-03-31', 9), touches: 4, withinDays: 30 },
    });
    expect(ask(four, at('2025-03-31', 9))).toEqual(allowed);
  });

  it('leaves room for one care message on top of four promotions', () => {
    const four = ['2025-03-01', '2025-03-05', '2025-03-10', '2025-03-15'].map((on) => touch(on));
    expect(ask(four, at('2025-03-20'), 'care')).toEqual(allowed);
    const five = [...four, touch('2025-03-16', { purpose: 'care' })];
    expect(ask(five, at('2025-03-20'), 'care')).toMatchObject({
      failure: { code: 'contact-cap', touches: 5 },
    });
  });

  it('does not let care messages use up the four, nor exceed five together', () => {
    const care = (on: string) => touch(on, { purpose: 'care' });
    const three = ['2025-03-01', '2025-03-05', '2025-03-10'].map((on) => touch(on));
    expect(ask([...three, care('2025-03-11')], at('2025-03-20'))).toEqual(allowed);
    expect(ask([...three, care('2025-03-11'), care('2025-03-12')], at('2025-03-20'))).toMatchObject({
      failure: { code: 'contact-cap', touches: 5 },
    });
  });

  it('lets her rest for thirty days after three messages without an answer', () => {
    const silent = ['2025-03-01', '2025-03-05', '2025-03-10'].map((on) => touch(on, { answered: false }));
    expect(ask(silent.slice(1), at('2025-03-20'))).toEqual(allowed);
    expect(ask(silent, at('2025-03-20'), 'care')).toEqual({
      ok: false,
      failure: { code: 'resting', nextAllowedAt: at('2025-04-09', 9), unanswered: 3 },
    });
    expect(ask(silent, at('2025-04-09', 9))).toEqual(allowed);
  });

  it('counts silence only back to her last answer', () => {
    const broken = [
      touch('2025-03-01', { answered: false }),
      touch('2025-03-05', { answered: true }),
      touch('2025-03-10', { answered: false }),
      touch('2025-03-12', { answered: false }),
    ];
    expect(ask(broken.slice(1), at('2025-03-20'))).toEqual(allowed);
  });

  it('names the reason that lasts longest', () => {
    const four = ['2025-03-01', '2025-03-05', '2025-03-10', '2025-03-15'].map((on) =>
      touch(on, { answered: false }),
    );
    expect(ask(four, at('2025-03-20', 22))).toMatchObject({ failure: { code: 'resting', unanswered: 4 } });
  });

  it('calls a policy that allows nothing a bug', () => {
    const never = { ...DEFAULT_POLICY, caps: withCap(0, 30) };
    expect(() =>
      mayContact({ touches: [], optOut: null, value: 'low', purpose: 'promo', now: 0 }, never),
    ).toThrow(RangeError);
  });
});

const someTouches: fc.Arbitrary<TouchFact[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 50 * 24 }).map((hours) => at('2025-02-01', 0) + hours * 3_600_000 + 17),
    purpose: fc.constantFrom('promo' as const, 'care' as const, 'knowledge' as const),
    answered: fc.boolean(),
  }),
  { maxLength: 10 },
);
const somePolicy: fc.Arbitrary<ContactPolicy> = fc.record({
  caps: fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }))
    .map(([touches, days]) => withCap(touches, days)),
  careExtra: fc.integer({ min: 0, max: 2 }),
  quietHours: fc.record({
    fromHour: fc.integer({ min: 0, max: 23 }),
    toHour: fc.integer({ min: 0, max: 23 }),
  }),
  restAfter: fc.integer({ min: 1, max: 5 }),
  restDays: fc.integer({ min: 1, max: 40 }),
  ceiling: fc.integer({ min: 1, max: 12 }),
});
const someAsk = fc.record({
  touches: someTouches,
  optOut: fc.constant(null),
  value: fc.constantFrom('high' as const, 'low' as const),
  purpose: fc.constantFrom('promo' as const, 'care' as const, 'knowledge' as const),
  now: fc.integer({ min: 0, max: 60 * 24 * 60 }).map((minutes) => at('2025-02-01', 0) + minutes * 60_000),
});

describe('the next allowed time', () => {
  it('is truly allowed, and no minute before it is', () => {
    fc.assert(
      fc.property(
        someAsk,
        somePolicy,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
        (one, policy, shares) => {
          const answer = mayContact(one, policy);
          if (answer.ok || answer.failure.nextAllowedAt === null) return;
          const next = answer.failure.nextAllowedAt;
          expect(next).toBeGreaterThan(one.now);
          expect(mayContact({ ...one, now: next }, policy)).toEqual(allowed);
          const earlier = [
            ...shares.map((share) => one.now + Math.floor(share * (next - one.now))),
            next - 1,
            one.now,
          ];
          for (const now of earlier.filter((t) => t < next))
            expect(mayContact({ ...one, now }, policy).ok).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never lies in the quiet hours', () => {
    fc.assert(
      fc.property(someAsk, (one) => {
        const answer = mayContact(one, DEFAULT_POLICY);
        if (answer.ok || answer.failure.nextAllowedAt === null) return;
        const hour = hourOf(answer.failure.nextAllowedAt);
        expect(hour >= 9 && hour < 21).toBe(true);
      }),
    );
  });

  it('lets a clerk who always obeys send at most four promotions in any thirty days', () => {
    const sent: TouchFact[] = [];
    for (let on = day('2025-01-01'); on < day('2025-07-01'); on = addDays(on, 1)) {
      const now = startOf(on, 10);
      if (
        mayContact({ touches: sent, optOut: null, value: 'high', purpose: 'promo', now }, DEFAULT_POLICY).ok
      )
        sent.push({ at: now, purpose: 'promo', answered: true });
    }
    for (let on = day('2025-01-30'); on < day('2025-07-01'); on = addDays(on, 1)) {
      const since = startOf(addDays(on, -29));
      expect(sent.filter((one) => one.at >= since && one.at <= startOf(on, 23)).length).toBeLessThanOrEqual(
        4,
      );
    }
    expect(sent.length).toBe(25);
  });
});
