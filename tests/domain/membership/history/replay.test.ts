import fc from 'fast-check';
import { day, dayOf, endOf, startOf } from '../../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../../miniprogram/domain/membership/facts';
import { replayOf } from '../../../../miniprogram/domain/membership/history/replay';
import { cutOn, rulesOn, standardOn } from '../../../../miniprogram/domain/membership/history/standards';
import { placeMember } from '../../../../miniprogram/domain/membership/place';
import { rulesOf } from '../../../../miniprogram/domain/membership/presets';
import type { OrderFact, Placement } from '../../../../miniprogram/domain/membership/types';
import { orderAfter } from '../../../../cloudfunctions/common/flows/orderEvent';
import type { OrderEvent } from '../../../../cloudfunctions/common/flows/orderEvent';
import type { OrderDoc } from '../../../../cloudfunctions/common/store/documents';
import { anOrder, BEGIN, daysFrom, END, someCuts, someVersions } from './lives';

interface Told {
  at: Ms;
  event: OrderEvent;
}

/** What the till says of an order, each thing at its instant. */
function toldOf(order: OrderFact, orderNo: string): Told[] {
  const known = {
    orderNo,
    memberNo: 'M1',
    branchNo: order.branchId,
    createdAt: order.createdAt,
    amountFen: order.paidFen,
  };
  const told: Told[] = [{ at: order.createdAt, event: { event: 'order.created', ...known } }];
  const { paidAt } = order;
  if (paidAt !== null) {
    const paid = { ...known, paidAt, ...(order.withCoupon ? { couponCode: 'c' } : {}) };
    told.push({ at: paidAt, event: { event: 'order.paid', ...paid } });
    for (const { at, fen } of order.refunds ?? []) {
      told.push({ at, event: { event: 'order.refunded', ...paid, refundedFen: fen, refundedAt: at } });
    }
  }
  if (order.cancelledAt != null) {
    told.push({
      at: order.cancelledAt,
      event: { event: 'order.cancelled', ...known, at: order.cancelledAt },
    });
  }
  return told;
}

/** Books that are written day by day; each evening the member is placed from them, as the product does. */
function liveThrough(told: readonly Told[], standard: (on: Day) => ReturnType<typeof standardOn>) {
  const books = new Map<string, OrderDoc>();
  const evenings = new Map<Day, Placement>();
  const byDay = new Map<Day, Told[]>();
  for (const one of told) byDay.set(dayOf(one.at), [...(byDay.get(dayOf(one.at)) ?? []), one]);
  for (const on of daysFrom(BEGIN, END)) {
    for (const { at, event } of (byDay.get(on) ?? []).sort((a, b) => a.at - b.at)) {
      books.set(event.orderNo, orderAfter(books.get(event.orderNo) ?? null, event, at));
    }
    const { rules, cut } = standard(on);
    evenings.set(on, placeMember(factsOf([...books.values()], []), rules, cut, on));
  }
  return { orders: [...books.values()], evenings };
}

it('finds for every past day what was stored in its evening', () => {
  fc.assert(
    fc.property(fc.array(anOrder, { maxLength: 8 }), someVersions, someCuts, (orders, versions, cuts) => {
      const told = orders.flatMap((order, i) => toldOf(order, `P${i}`)).filter(({ at }) => at <= endOf(END));
      const standard = (on: Day) => standardOn(versions, cuts, endOf(on));
      const lived = liveThrough(told, standard);
      const history = { orders: lived.orders, visits: [], browses: [] };
      for (const [on, stored] of lived.evenings) {
        const { rules, cut } = standard(on);
        expect([on, replayOf(history, rules, cut, on).placement]).toEqual([on, stored]);
      }
    }),
    { numRuns: 25 },
  );
});

it('sees a member after the refund of everything as she was before she bought', () => {
  fc.assert(
    fc.property(fc.array(anOrder, { maxLength: 6 }), anOrder, (before, extra) => {
      fc.pre(extra.paidAt !== null && extra.status !== 'cancelled');
      const at = END;
      const refunded: OrderFact = {
        ...extra,
        status: 'refunded',
        refundedFen: extra.paidFen,
        refunds: [{ at: endOf(at) - 1, fen: extra.paidFen }],
      };
      const stand = (orders: OrderFact[]) =>
        replayOf({ orders, visits: [], browses: [] }, rulesOf('retail', 1), null, at);
      expect(stand([...before, refunded])).toEqual(stand(before));
    }),
  );
});

describe('the rules and the cut-off of a day', () => {
  const versions = [
    { rules: rulesOf('daily', 2), savedAt: 200 },
    { rules: rulesOf('retail', 1), savedAt: 100 },
  ];
  const on = day('2025-01-01');
  const first = { fen: 1, computedOn: on, members: 1 };
  const second = { fen: 2, computedOn: on, members: 1 };
  const cuts = [
    { at: 150, cut: first },
    { at: 250, cut: second },
  ];

  it('change at their instant, not before', () => {
    expect(rulesOn(versions, 199).version).toBe(1);
    expect(rulesOn(versions, 200).version).toBe(2);
    expect(cutOn(cuts, 249)).toBe(first);
    expect(cutOn(cuts, 250)).toBe(second);
  });

  it('are the first ones for days before the chain was set up, whose orders came by a file', () => {
    expect(rulesOn(versions, 1).version).toBe(1);
    expect(standardOn(versions, cuts, 99).cut).toBe(first);
  });

  it('have no cut-off between the set-up and the first one', () => {
    expect(cutOn(cuts, 149)).toBeNull();
    expect(standardOn(versions, cuts, 149).cut).toBeNull();
    expect(standardOn(versions, cuts, 150).cut).toBe(first);
  });

  it('are the retail preset for a chain that never saved any', () => {
    expect(rulesOn([], startOf(on))).toEqual(rulesOf('retail', 1));
    expect(standardOn([], [], startOf(on)).cut).toBeNull();
  });
});
