import fc from 'fast-check';
import { day, startOf } from '../../../miniprogram/domain/kernel/day';
import { HOLD_MS, holdContact } from '../../../miniprogram/domain/outreach/contactHold';
import type { ContactHold, HoldWish } from '../../../miniprogram/domain/outreach/contactHold';
import { DEFAULT_POLICY, mayContact } from '../../../miniprogram/domain/outreach/contactPolicy';
import type { ContactAsk } from '../../../miniprogram/domain/outreach/contactPolicy';
import type { TouchFact } from '../../../miniprogram/domain/outreach/types';

const NOON = startOf(day('2025-03-05'), 12);
const ask = (touches: readonly TouchFact[], now = NOON, purpose: ContactAsk['purpose'] = 'promo') => ({
  touches,
  optOut: null,
  value: 'mid' as const,
  purpose,
  now,
});
const wish = (id: string, staffId = 'c1', channel: HoldWish['channel'] = 'copy'): HoldWish => ({
  id: `t:${id}`,
  taskId: 't',
  staffId,
  channel,
});
const three: TouchFact[] = [1, 2, 3].map((n) => ({
  at: NOON - n * 86_400_000,
  purpose: 'promo',
  answered: true,
}));
/** The holds after a wish that must be granted. */
function granted(holds: readonly ContactHold[], one: HoldWish, now = NOON, touches = three): ContactHold[] {
  const answer = holdContact(ask(touches, now), holds, one, DEFAULT_POLICY);
  if (!answer.ok) throw new Error(answer.failure.code);
  return [...(answer.value.holds ?? holds)];
}

describe('holding a contact', () => {
  it('lasts ten minutes, to the millisecond', () => {
    const holds = granted([], wish('a'));
    const other = wish('b', 'm1');
    const last = holdContact(ask(three, NOON + HOLD_MS - 1), holds, other, DEFAULT_POLICY);
    expect(last).toEqual({ ok: false, failure: { code: 'contact-held', nextAllowedAt: NOON + HOLD_MS } });
    expect(granted(holds, other, NOON + HOLD_MS)).toHaveLength(1);
  });

  it('changes nothing when the same act comes again', () => {
    const holds = granted([], wish('a'));
    expect(holdContact(ask(three, NOON + 5), holds, wish('a'), DEFAULT_POLICY)).toEqual({
      ok: true,
      value: { holds: null, until: NOON + HOLD_MS },
    });
  });

  it('is renewed by the same person for the same channel, and by nobody else', () => {
    const holds = granted([], wish('a'));
    expect(granted(holds, wish('b'), NOON + 60_000)).toMatchObject([{ id: 't:b', at: NOON + 60_000 }]);
    for (const other of [wish('c', 'c1', 'call'), wish('d', 'm1'), { ...wish('e'), taskId: 'other' }]) {
      expect(holdContact(ask(three), holds, other, DEFAULT_POLICY).ok).toBe(false);
    }
  });

  it('leaves the reason with the policy when that alone refuses', () => {
    const four = [...three, { at: NOON - 4 * 86_400_000, purpose: 'promo' as const, answered: true }];
    expect(holdContact(ask(four), [], wish('a'), DEFAULT_POLICY)).toMatchObject({
      failure: { code: 'contact-cap' },
    });
  });

  it('counts as one more without an answer: the third such hold lets her rest', () => {
    const silent = three.slice(1).map((one) => ({ ...one, answered: false }));
    const holds = granted([], wish('a'), NOON, silent);
    expect(holdContact(ask(silent), holds, wish('b', 'm1'), DEFAULT_POLICY).ok).toBe(false);
    expect(holdContact(ask(silent, NOON, 'care'), holds, wish('b', 'm1'), DEFAULT_POLICY).ok).toBe(false);
  });

  it('names the morning when the hold runs out at night', () => {
    const late = startOf(day('2025-03-05'), 21) - 60_000;
    const holds = granted([], wish('a'), late);
    expect(holdContact(ask(three, late), holds, wish('b', 'm1'), DEFAULT_POLICY)).toEqual({
      ok: false,
      failure: { code: 'contact-held', nextAllowedAt: startOf(day('2025-03-06'), 9) },
    });
  });
});

interface Step {
  who: 'c1' | 'c2' | 'm1';
  channel: HoldWish['channel'];
  purpose: ContactAsk['purpose'];
  then: 'sent' | 'nothing' | 'later';
  minutes: number;
}
const someSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    who: fc.constantFrom('c1' as const, 'c2' as const, 'm1' as const),
    channel: fc.constantFrom('copy' as const, 'call' as const, 'shareCard' as const),
    purpose: fc.constantFrom('promo' as const, 'care' as const),
    then: fc.constantFrom('sent' as const, 'nothing' as const, 'later' as const),
    minutes: fc.integer({ min: 0, max: 600 }),
  }),
  { maxLength: 60 },
);

describe('however many people begin, confirm or forget', () => {
  it('no window of thirty days holds more than four pushes, nor more than five touches', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        let now = startOf(day('2025-03-01'), 9);
        let holds: ContactHold[] = [];
        const touches: TouchFact[] = [];
        const state = (hold: ContactHold) => {
          holds = holds.filter((each) => each !== hold);
          touches.push({ at: now, purpose: hold.purpose, answered: true });
        };
        steps.forEach(({ who, channel, purpose, then, minutes }, n) => {
          now += minutes * 60_000;
          const answer = holdContact(
            ask(touches, now, purpose),
            holds,
            wish(String(n), who, channel),
            DEFAULT_POLICY,
          );
          if (answer.ok) holds = [...(answer.value.holds ?? holds)];
          // Whoever says so says it while her hold lasts; those who wait may do so at any later step.
          const own = holds.find(({ id }) => id === `t:${n}`);
          if (own && then === 'sent') state(own);
          const waiting = holds.find(({ until, staffId }) => until > now && staffId === 'c2');
          if (waiting && then === 'later') state(waiting);
        });
        for (const { at } of touches) {
          const until = at + 29 * 86_400_000;
          const within = touches.filter((one) => one.at >= at && one.at <= until);
          expect(within.length).toBeLessThanOrEqual(5);
          expect(within.filter((one) => one.purpose === 'promo').length).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the next allowed time of a held contact is truly allowed when none of the holds is confirmed', () => {
    fc.assert(
      fc.property(someSteps, fc.integer({ min: 0, max: 23 * 60 }), (steps, startMinute) => {
        let now = startOf(day('2025-03-01')) + startMinute * 60_000;
        let holds: ContactHold[] = [];
        steps.forEach(({ who, channel, purpose, minutes }, n) => {
          now += (minutes % 7) * 60_000;
          const one = ask(three, now, purpose);
          const answer = holdContact(one, holds, wish(String(n), who, channel), DEFAULT_POLICY);
          if (answer.ok) holds = [...(answer.value.holds ?? holds)];
          else if (answer.failure.code === 'contact-held') {
            const next = answer.failure.nextAllowedAt;
            expect(next).toBeGreaterThan(now);
            expect(mayContact({ ...one, now: next }, DEFAULT_POLICY).ok).toBe(true);
            expect(
              holdContact({ ...one, now: next }, holds, wish('x', who, channel), DEFAULT_POLICY).ok,
            ).toBe(true);
          }
        });
      }),
    );
  });
});
