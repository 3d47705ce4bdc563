import fc from 'fast-check';
import { day, startOf } from '../../../miniprogram/domain/kernel/day';
import { DEFAULT_POLICY, mayContact } from '../../../miniprogram/domain/outreach/contactPolicy';
import { mayDeliver, nextTryAt } from '../../../miniprogram/domain/outreach/delivery';
import type { DeliveryAsk, MessagePurpose } from '../../../miniprogram/domain/outreach/delivery';
import type { OptOutScope, TouchFact } from '../../../miniprogram/domain/outreach/types';

const NOON = startOf(day('2025-03-05'), 12);
const HOUR = 3_600_000;

function ask(
  purpose: MessagePurpose,
  known: Partial<DeliveryAsk['member']> & { notAfter?: number; askedAt?: number; now?: number } = {},
): DeliveryAsk {
  const { notAfter = NOON + 90 * 24 * HOUR, askedAt = NOON, now = NOON, ...member } = known;
  return {
    message: { id: 'm', purpose, channel: 'sms', notAfter, askedAt },
    member: { touches: [], holds: [], optOut: null, value: 'mid', ...member },
    now,
  };
}
const verdict = (one: DeliveryAsk) => mayDeliver(one, DEFAULT_POLICY);
const go = { go: true };
const three: TouchFact[] = [1, 2, 3].map((n) => ({
  at: NOON - n * 24 * HOUR,
  purpose: 'promo',
  answered: true,
}));

describe('the next try', () => {
  it('comes after one, four and sixteen minutes, and never later than six hours', () => {
    expect([1, 2, 3].map((tries) => nextTryAt(tries, NOON) - NOON)).toEqual([60_000, 240_000, 960_000]);
    expect(nextTryAt(5, NOON) - NOON).toBe(256 * 60_000);
    expect(nextTryAt(6, NOON) - NOON).toBe(6 * HOUR);
    expect(nextTryAt(60, NOON) - NOON).toBe(6 * HOUR);
  });
});

describe('a message of the system', () => {
  it('goes out at its last instant and not one millisecond later', () => {
    expect(verdict(ask('promo', { notAfter: NOON }))).toEqual(go);
    expect(verdict(ask('promo', { notAfter: NOON - 1 }))).toEqual({
      go: false,
      again: null,
      why: 'too-late',
    });
  });

  it('waits for the morning, unless that is too late', () => {
    const now = startOf(day('2025-03-05'), 21);
    const morning = startOf(day('2025-03-06'), 9);
    const quiet = { go: false, why: 'quiet-hours' };
    for (const purpose of ['promo', 'care', 'service'] as const) {
      expect(verdict(ask(purpose, { now, notAfter: morning }))).toEqual({ ...quiet, again: morning });
      expect(verdict(ask(purpose, { now: now - 1, notAfter: morning }))).toEqual(go);
    }
    expect(verdict(ask('promo', { now, notAfter: morning - 1 }))).toEqual({ ...quiet, again: null });
    // She asked to be told before it ends: at night is better than never.
    expect(verdict(ask('service', { now, notAfter: morning - 1 }))).toEqual(go);
  });

  it('leaves the last contact to a clerk who has just begun one, and asks again when her hold runs out', () => {
    const until = NOON + 60_000;
    const hold = {
      id: 't:k',
      taskId: 't',
      staffId: 'c1',
      channel: 'copy' as const,
      purpose: 'promo' as const,
      at: NOON - 1,
      until,
    };
    expect(verdict(ask('promo', { touches: three, holds: [hold] }))).toEqual({
      go: false,
      again: until,
      why: 'contact-held',
    });
    expect(verdict(ask('promo', { touches: three.slice(1), holds: [hold] }))).toEqual(go);
    expect(verdict(ask('service', { touches: three, holds: [hold] }))).toEqual(go);
  });

  it('is hers when she asked for it after she opted out, to the millisecond', () => {
    const optOut = (scope: OptOutScope) => ({ at: NOON, scope });
    expect(verdict(ask('service', { optOut: optOut('all'), askedAt: NOON }))).toMatchObject({
      why: 'opted-out',
    });
    expect(verdict(ask('service', { optOut: optOut('all'), askedAt: NOON + 1 }))).toEqual(go);
    expect(verdict(ask('service', { optOut: optOut('promo'), askedAt: 0 }))).toEqual(go);
    expect(verdict(ask('care', { optOut: optOut('promo') }))).toEqual(go);
    expect(verdict(ask('promo', { optOut: optOut('promo') }))).toMatchObject({
      again: null,
      why: 'opted-out',
    });
  });

  it('what counts is never let through where the contact policy refuses, nor held where nothing is in the way', () => {
    const touches = fc.array(
      fc.record({
        at: fc.integer({ min: 1, max: 60 * 24 }).map((hours) => NOON - hours * HOUR),
        purpose: fc.constantFrom('promo' as const, 'care' as const),
        answered: fc.boolean(),
      }),
      { maxLength: 9 },
    );
    const one = fc.record({
      touches,
      purpose: fc.constantFrom('promo' as const, 'care' as const, 'knowledge' as const),
      scope: fc.constantFrom(null, 'promo' as const, 'all' as const),
      now: fc.integer({ min: 0, max: 47 }).map((hours) => NOON + hours * HOUR),
    });
    fc.assert(
      fc.property(one, ({ touches: sent, purpose, scope, now }) => {
        const optOut = scope && { at: 0, scope };
        const told = verdict(ask(purpose, { touches: sent, optOut, now }));
        const policy = mayContact(
          { touches: sent, optOut: scope, value: 'mid', purpose, now },
          DEFAULT_POLICY,
        );
        expect(told.go).toBe(policy.ok);
      }),
    );
  });
});
