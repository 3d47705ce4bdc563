import { DAY_MS } from '../../../miniprogram/domain/kernel/day';
import { rateOf, rateText, sumCounts } from '../../../miniprogram/domain/credit/board';
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

describe('a rate', () => {
  it('is told to a tenth of a percent, and nothing of nothing is a dash', () => {
    expect(rateText(rateOf(1, 8))).toBe('12.5%');
    expect(rateText(rateOf(1, 3))).toBe('33.3%');
    expect(rateText(rateOf(5, 5))).toBe('100.0%');
    expect(rateText(rateOf(0, 7))).toBe('0.0%');
    expect(rateText(rateOf(0, 0))).toBe('—');
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
