import fc from 'fast-check';
import { addDays, day, startOf } from '../../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../../miniprogram/domain/kernel/day';
import type { History } from '../../../../miniprogram/domain/membership/history/replay';
import type { KeptCut, KeptRules } from '../../../../miniprogram/domain/membership/history/standards';
import { rulesOf } from '../../../../miniprogram/domain/membership/presets';
import type { OrderFact } from '../../../../miniprogram/domain/membership/types';

/** The year that random members live through; it has a leap day in it. */
export const BEGIN = day('2023-10-15');
export const END = addDays(BEGIN, 366);

const aDay: fc.Arbitrary<Day> = fc.integer({ min: 0, max: 366 }).map((n) => addDays(BEGIN, n));

/** An order with every instant told: made, perhaps paid later, refunded bit by bit, perhaps cancelled. */
export const anOrder: fc.Arbitrary<OrderFact> = fc
  .record({
    on: aDay,
    minute: fc.integer({ min: 0, max: 1439 }),
    paysAfterDays: fc.constantFrom<(number | null)[]>(0, 0, 0, 1, 9, null),
    paidFen: fc.integer({ min: 1, max: 40_000 }),
    refunds: fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: 200 }),
        share: fc.double({ min: 0.1, max: 1, noNaN: true }),
      }),
      {
        maxLength: 2,
      },
    ),
    whole: fc.boolean(),
    cancelsAfterDays: fc.constantFrom<(number | null)[]>(null, null, null, null, 0, 20),
    branchId: fc.constantFrom('B1', 'B2'),
    withCoupon: fc.boolean(),
  })
  .map(({ on, minute, paysAfterDays, paidFen, refunds, whole, cancelsAfterDays, ...known }): OrderFact => {
    const createdAt = startOf(on) + minute * 60_000;
    const paidAt = paysAfterDays === null ? null : createdAt + paysAfterDays * 86_400_000;
    const told =
      paidAt === null
        ? []
        : refunds
            .map(({ days, share }, i) => ({
              at: paidAt + days * 86_400_000,
              fen: whole && i === 1 ? paidFen : Math.max(1, Math.floor(paidFen * share)),
            }))
            .sort((a, b) => a.at - b.at)
            .filter(({ fen }, i, all) => all.slice(0, i).every((one) => one.fen < fen));
    const refundedFen = told.at(-1)?.fen ?? 0;
    const cancelledAt = cancelsAfterDays === null ? null : createdAt + cancelsAfterDays * 86_400_000;
    const status =
      cancelledAt !== null
        ? 'cancelled'
        : refundedFen >= paidFen
          ? 'refunded'
          : paidAt === null
            ? 'unpaid'
            : 'paid';
    return {
      ...known,
      status,
      createdAt,
      paidAt,
      paidFen,
      refundedFen,
      refunds: told,
      cancelledAt,
      clerkId: null,
    };
  });

export const aHistory: fc.Arbitrary<History> = fc.record({
  orders: fc.array(anOrder, { maxLength: 12 }),
  visits: fc.array(aDay, { maxLength: 3 }),
  browses: fc.array(aDay, { maxLength: 3 }),
});

/** One to three versions of the rules, saved on any days. */
export const someVersions: fc.Arbitrary<KeptRules[]> = fc
  .array(fc.tuple(fc.constantFrom('retail', 'daily', 'maternity'), aDay), { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.map(([preset, on], i) => ({
      rules: rulesOf(preset as 'retail', i + 1),
      savedAt: startOf(on, 11),
    })),
  );

export const someCuts: fc.Arbitrary<KeptCut[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40_000 }), aDay), { maxLength: 4 })
  .map((all) => all.map(([fen, on]) => ({ at: startOf(on, 4), cut: { fen, computedOn: on, members: 100 } })));

/** Every day from the first to the last. */
export function daysFrom(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let on = first; on <= last; on = addDays(on, 1)) days.push(on);
  return days;
}
