import fc from 'fast-check';
import { day, endOf, startOf } from '../../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../../miniprogram/domain/membership/facts';
import { orderAsOf } from '../../../../miniprogram/domain/membership/history/orderAsOf';
import type { OrderFact } from '../../../../miniprogram/domain/membership/types';
import { someOrder } from '../../people';
import { anOrder } from './lives';

const made = startOf(day('2025-03-01'), 10);
const paid = startOf(day('2025-03-03'), 10);
const order: OrderFact = {
  status: 'paid',
  createdAt: made,
  paidAt: paid,
  paidFen: 900,
  refundedFen: 0,
  branchId: 'B1',
  clerkId: null,
  withCoupon: false,
};
const on = (text: string, known: Partial<OrderFact> = {}) =>
  orderAsOf({ ...order, ...known }, endOf(day(text)));

describe('an order on a past day', () => {
  it('is not there on the eve of the day it was made, and unpaid on that day', () => {
    expect(on('2025-02-28')).toBeNull();
    expect(on('2025-03-01')).toMatchObject({ status: 'unpaid', paidAt: null });
  });

  it('is unpaid on the eve of its payment and paid on the day', () => {
    expect(on('2025-03-02')).toMatchObject({ status: 'unpaid', paidAt: null });
    expect(on('2025-03-03')).toMatchObject({ status: 'paid', paidAt: paid });
  });

  it('is whole until each refund, and gone with the last', () => {
    const refunds = [
      { at: startOf(day('2025-03-10')), fen: 300 },
      { at: startOf(day('2025-03-20')), fen: 900 },
    ];
    const known = { status: 'refunded' as const, refundedFen: 900, refunds };
    expect(on('2025-03-09', known)).toMatchObject({ status: 'paid', refundedFen: 0 });
    expect(on('2025-03-10', known)).toMatchObject({ status: 'paid', refundedFen: 300 });
    expect(on('2025-03-19', known)).toMatchObject({ status: 'paid', refundedFen: 300 });
    expect(on('2025-03-20', known)).toMatchObject({ status: 'refunded', refundedFen: 900 });
  });

  it('is refunded from its payment on when nobody told the instant', () => {
    const known = { status: 'refunded' as const, refundedFen: 900 };
    expect(on('2025-03-02', known)).toMatchObject({ status: 'unpaid', refundedFen: 0 });
    expect(on('2025-03-03', known)).toMatchObject({ status: 'refunded', refundedFen: 900 });
    // What a file adds to a refund with an instant has none: then the whole is undated.
    const partly = { refundedFen: 500, refunds: [{ at: startOf(day('2025-03-10')), fen: 300 }] };
    expect(on('2025-03-03', partly)).toMatchObject({ status: 'paid', refundedFen: 500 });
  });

  it('is a refund of everything when nobody told how much', () => {
    const known = { status: 'refunded' as const, refundedFen: 0 };
    expect(on('2025-03-02', known)?.status).toBe('unpaid');
    expect(on('2025-03-03', known)?.status).toBe('refunded');
  });

  it('is what it was until it is cancelled, and cancelled from the beginning when nobody told when', () => {
    const known = { status: 'cancelled' as const, cancelledAt: startOf(day('2025-03-05')) };
    expect(on('2025-03-02', known)?.status).toBe('unpaid');
    expect(on('2025-03-04', known)?.status).toBe('paid');
    expect(on('2025-03-05', known)?.status).toBe('cancelled');
    expect(on('2025-03-01', { status: 'cancelled' })?.status).toBe('cancelled');
    expect(on('2025-03-01', { status: 'cancelled', cancelledAt: null })?.status).toBe('cancelled');
  });

  it('that was refunded before its payment was told is unpaid until the refund', () => {
    const known = {
      status: 'refunded' as const,
      paidAt: null,
      refundedFen: 900,
      refunds: [{ at: startOf(day('2025-03-05')), fen: 900 }],
    };
    expect(on('2025-03-04', known)?.status).toBe('unpaid');
    expect(on('2025-03-05', known)?.status).toBe('refunded');
  });

  it('keeps a purchase remembered without its amount', () => {
    const known = { paidFen: 0, priceUnknown: true };
    expect(factsOf([on('2025-03-03', known) ?? order], [])).toMatchObject({
      paidOrders: 1,
      unpricedOrders: 1,
    });
  });
});

it('is worth after everything what it is worth today, with and without instants', () => {
  const later = endOf(day('2030-01-01'));
  fc.assert(
    fc.property(fc.array(fc.oneof(someOrder, anOrder), { maxLength: 6 }), (orders) => {
      const then = orders.flatMap((one) => orderAsOf(one, later) ?? []);
      expect(factsOf(then, [])).toEqual(factsOf(orders, []));
    }),
  );
});

it('can be looked at from a later day on the way to an earlier one', () => {
  const anEvening = fc.integer({ min: 0, max: 500 }).map((n) => endOf(day('2023-10-15')) + n * 86_400_000);
  fc.assert(
    fc.property(anOrder, anEvening, anEvening, (one, a, b) => {
      const [early, late] = [Math.min(a, b), Math.max(a, b)];
      const between = orderAsOf(one, late);
      const direct = orderAsOf(one, early);
      const worth = (seen: OrderFact | null) => (seen ? factsOf([seen], []) : null);
      expect(worth(between && orderAsOf(between, early))).toEqual(worth(direct));
    }),
  );
});
