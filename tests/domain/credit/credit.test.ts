import fc from 'fast-check';
import { DAY_MS } from '../../../miniprogram/domain/kernel/day';
import { rankRows, rateOf, rateText, sumCounts } from '../../../miniprogram/domain/credit/board';
import type { BoardCounts } from '../../../miniprogram/domain/credit/types';
import { WAKE_DEFINITION, wakeOf } from '../../../miniprogram/domain/credit/wake';

describe('what counts as woken', () => {
  const enteredAt = Date.UTC(2025, 2, 1, 2);
  const order = (orderId: string, daysAfter: number, netFen = 500) => ({
    orderId,
    paidAt: enteredAt + daysAfter * DAY_MS,
    netFen,
  });
  const wokenBy = (...orders: Parameters<typeof wakeOf>[1]) => wakeOf({ enteredAt }, orders)?.orderId ?? null;

  it('says the same as its definition', () => {
    expect(WAKE_DEFINITION.sentence).toContain(`${WAKE_DEFINITION.withinDays}天`);
  });

  it('is a purchase within 28 days after entry, to the millisecond', () => {
    expect(wokenBy(order('a', 28))).toBe('a');
    expect(
      wakeOf({ enteredAt }, [{ orderId: 'a', paidAt: enteredAt + 28 * DAY_MS + 1, netFen: 1 }]),
    ).toBeNull();
  });

  it('is no purchase made before or at the moment of entry', () => {
    expect(wokenBy(order('a', -1))).toBeNull();
    expect(wokenBy(order('a', 0))).toBeNull();
    expect(wokenBy({ orderId: 'a', paidAt: enteredAt + 1, netFen: 1 })).toBe('a');
  });

  it('is taken back by a full refund, or passes to the next purchase', () => {
    expect(wokenBy(order('a', 3, 0))).toBeNull();
    expect(wokenBy(order('a', 3, 0), order('b', 9))).toBe('b');
  });

  it('is the earliest that counts, in whatever order they come; unpaid ones do not', () => {
    const orders = [order('c', 9), order('b', 3), order('a', 3), { orderId: 'x', paidAt: null, netFen: 900 }];
    expect(wakeOf({ enteredAt }, orders)).toEqual({
      orderId: 'a',
      wokenAt: enteredAt + 3 * DAY_MS,
      netFen: 500,
    });
    expect(wakeOf({ enteredAt }, [...orders].reverse())).toEqual(wakeOf({ enteredAt }, orders));
  });
});

const row = (id: string, assigned: number, woken: number, name = id) => ({
  id,
  name,
  assigned,
  contacted: Math.ceil(assigned / 2),
  opened: 0,
  claimed: 0,
  redeemed: 0,
  woken,
});
const places = (rows: ReturnType<typeof row>[]) => rankRows(rows).map((one) => [one.id, one.place]);

describe('a rate', () => {
  it('is told to a tenth of a percent, and nothing of nothing is a dash', () => {
    expect(rateText(rateOf(1, 8))).toBe('12.5%');
    expect(rateText(rateOf(1, 3))).toBe('33.3%');
    expect(rateText(rateOf(5, 5))).toBe('100.0%');
    expect(rateText(rateOf(0, 7))).toBe('0.0%');
    expect(rateText(rateOf(0, 0))).toBe('—');
  });
});

describe('the leaderboard', () => {
  it('puts the higher wake rate first, then the larger number woken', () => {
    expect(places([row('a', 10, 1), row('b', 10, 3), row('c', 20, 6)])).toEqual([
      ['c', 1],
      ['b', 2],
      ['a', 3],
    ]);
  });

  it('lets equals share a place and skips the next', () => {
    expect(places([row('b', 10, 2), row('c', 10, 1), row('a', 10, 2)])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ]);
  });

  it('puts those without tasks last, below those who woke nobody', () => {
    const ranked = rankRows([row('a', 0, 0), row('b', 9, 0), row('c', 0, 0)]);
    expect(ranked.map((one) => [one.id, one.place, rateText(one.wakeRate)])).toEqual([
      ['b', 1, '0.0%'],
      ['a', 2, '—'],
      ['c', 2, '—'],
    ]);
  });

  it('carries rates with what they were made of', () => {
    expect(rankRows([row('a', 10, 3)])[0]).toMatchObject({
      wakeRate: { numerator: 3, denominator: 10 },
      executionRate: { numerator: 5, denominator: 10 },
    });
  });

  it('does not depend on the order of rows, and keeps every row', () => {
    const some = fc
      .uniqueArray(fc.record({ id: fc.nat(99), assigned: fc.nat(6), share: fc.nat(6) }), {
        selector: (one) => one.id,
      })
      .map((rows) =>
        rows.map(({ id, assigned, share }) => row(String(id), assigned, Math.min(share, assigned), 'same')),
      );
    const shuffled = some.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        const ranked = rankRows(rows);
        expect(rankRows(other)).toEqual(ranked);
        expect(ranked).toHaveLength(rows.length);
        ranked.forEach((one, i) => {
          const above = ranked[i - 1];
          if (above) expect(one.place === above.place || one.place === i + 1).toBe(true);
        });
      }),
    );
  });
});

it('adds rows up', () => {
  const counts: BoardCounts = { assigned: 1, contacted: 2, opened: 3, claimed: 4, redeemed: 5, woken: 6 };
  expect(sumCounts([counts, counts])).toEqual({
    assigned: 2,
    contacted: 4,
    opened: 6,
    claimed: 8,
    redeemed: 10,
    woken: 12,
  });
  expect(Object.values(sumCounts([])).every((n) => n === 0)).toBe(true);
});
