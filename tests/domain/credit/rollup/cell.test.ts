import fc from 'fast-check';
import { omit } from 'lodash-es';
import { sumCells } from '../../../../miniprogram/domain/credit/rollup/sum';
import { stepOf, STEPS, wakeOfTally } from '../../../../miniprogram/domain/credit/rollup/cell';
import type { Cell, CountedTask, Step } from '../../../../miniprogram/domain/credit/rollup/cell';
import { cellOf } from '../../../../miniprogram/domain/credit/rollup/count';
import {
  mondayOf,
  monthOf,
  periodsWatched,
  periodWords,
  previousOf,
  spanOf,
  weekOf,
} from '../../../../miniprogram/domain/credit/rollup/periods';
import { DAY_MS, day, startOf } from '../../../../miniprogram/domain/kernel/day';
import { aCountedTask, ENTERED } from '../knownTruth';

const sumOf = (cell: Cell, period: keyof Cell['by'], step: Step): number =>
  (cell.by[period] ?? []).reduce((sum, { n }) => sum + stepOf(n, step), 0);

describe('a week and a month', () => {
  it('begin on Monday and on the first, in Shanghai', () => {
    expect(mondayOf(day('2025-03-09'))).toBe('2025-03-03');
    expect(mondayOf(day('2025-03-10'))).toBe('2025-03-10');
    expect(weekOf(day('2024-12-31'))).toBe('w:2024-12-30');
    expect(spanOf('m:2025-02')).toEqual({ from: startOf(day('2025-02-01')), to: startOf(day('2025-03-01')) });
  });
  it('have one before, across the year', () => {
    expect(previousOf('w:2025-01-06')).toBe('w:2024-12-30');
    expect(previousOf('m:2025-01')).toBe('m:2024-12');
    expect(previousOf('all')).toBeNull();
  });
  it('are said as people say them', () => {
    expect(periodWords('w:2025-03-03')).toBe('2025年3月3日–3月9日');
    expect(periodWords('m:2025-03')).toBe('2025年3月');
  });
  it('watch a task as long as its 28 days touch them', () => {
    const weeks = periodsWatched(ENTERED).map(({ period }) => period);
    expect(weeks).toContain('w:2025-03-03');
    expect(weeks).toContain('w:2025-03-31');
    expect(weeks).not.toContain('w:2025-04-07');
    expect(weeks).not.toContain(monthOf(day('2025-04-01')));
    expect(periodsWatched(ENTERED + DAY_MS).map(({ period }) => period)).toContain('m:2025-04');
  });
});

describe('a branch counted from its tasks', () => {
  it('has a wake in the week in which it happened, and the member in hand only until then', () => {
    const cell = cellOf([
      aCountedTask({ clerkId: 'c1', wokenAt: startOf(day('2025-03-12')), status: 'woken' }),
      aCountedTask({ clerkId: 'c1' }),
    ]);
    const week = (monday: string) =>
      (['assigned', 'woken'] as const).map((step) => sumOf(cell, `w:${monday}`, step));
    expect(week('2025-03-03')).toEqual([2, 0]);
    expect(week('2025-03-10')).toEqual([2, 1]);
    expect(week('2025-03-17')).toEqual([1, 0]);
    expect([sumOf(cell, 'all', 'assigned'), sumOf(cell, 'all', 'woken')]).toEqual([2, 1]);
  });

  it('counts a wake of Sunday’s last millisecond in that week, and one later in the next', () => {
    const monday = startOf(day('2025-03-10'));
    const before = cellOf([aCountedTask({ wokenAt: monday - 1 })]);
    const after = cellOf([aCountedTask({ wokenAt: monday })]);
    expect(sumOf(before, 'w:2025-03-03', 'woken')).toBe(1);
    expect(sumOf(after, 'w:2025-03-03', 'woken')).toBe(0);
    expect(sumOf(after, 'w:2025-03-10', 'woken')).toBe(1);
  });

  it('keeps held-out members out of every row, and counts their wakes beside', () => {
    const cell = cellOf([
      aCountedTask({ arm: 'heldOut', status: 'heldOut', wokenAt: ENTERED + DAY_MS }),
      aCountedTask({}),
    ]);
    expect(sumOf(cell, 'all', 'assigned')).toBe(1);
    expect(cell.tiers).toMatchObject([{ treated: 1, heldOut: 1 }]);
    expect(wakeOfTally(cell.tiers[0]?.heldOutWakes ?? [], 'netPaid', 28)).toBe(1);
    expect(cell.money.heldOut.wakes).toBe(1);
  });

  it.each([
    [7, 1, 1],
    [7.001, 1, 0],
    [28, 1, 0],
    [28.001, 0, 0],
  ])('counts a purchase %d days after entry: %i within 28 days, %i within 7', (after, in28, in7) => {
    const cell = cellOf([aCountedTask({ wokenAt: ENTERED + after * DAY_MS })]);
    const wakes = cell.tiers[0]?.treatedWakes ?? [];
    expect([wakeOfTally(wakes, 'netPaid', 28), wakeOfTally(wakes, 'netPaid', 7)]).toEqual([in28, in7]);
  });

  it('counts a visit from the day after entry on, for nobody knows the hour', () => {
    const visited = (on: string) =>
      wakeOfTally(
        cellOf([aCountedTask({ visitDays: [day(on)] })]).tiers[0]?.treatedWakes ?? [],
        'visited',
        28,
      );
    expect([visited('2025-03-03'), visited('2025-03-04')]).toEqual([0, 1]);
  });

  it('counts an opt-out after entry, none from before', () => {
    const optedOut = (optedOutAt: number) => sumOf(cellOf([aCountedTask({ optedOutAt })]), 'all', 'optedOut');
    expect([optedOut(ENTERED - 1), optedOut(ENTERED)]).toEqual([0, 1]);
  });

  it('tells what was concluded from what was only contacted', () => {
    const followUp = { outcome: 'lostForGood' as const, lapseReason: 'price' as const, at: ENTERED + 5 };
    const cell = cellOf([
      aCountedTask({ contactedAt: ENTERED + 1, status: 'contacted' }),
      aCountedTask({ contactedAt: ENTERED + 1, status: 'closed', followUp }),
      aCountedTask({ wokenAt: ENTERED + 1, status: 'woken' }),
    ]);
    expect([sumOf(cell, 'all', 'contacted'), sumOf(cell, 'all', 'concluded')]).toEqual([2, 2]);
    expect(cell.reasons).toEqual([{ key: 'price', n: 1 }]);
  });

  it('compares how the woken buy now with the last 28 days in which they bought', () => {
    const order = (daysAfter: number, netFen: number) => ({
      orderId: String(daysAfter),
      paidAt: ENTERED + daysAfter * DAY_MS,
      netFen,
    });
    const { money } = cellOf([
      aCountedTask({
        wokenAt: ENTERED + DAY_MS,
        wakeFen: 500,
        orders: [
          order(1, 500),
          order(9, 700),
          order(29, 900),
          order(-200, 100),
          order(-220, 300),
          order(-400, 999),
          order(2, 0),
        ],
      }),
    ]);
    expect(money.treated.now).toEqual({ members: 1, repeat: 1, orders: 2, fen: 1200 });
    expect(money.treated.before).toEqual({ members: 1, repeat: 1, orders: 2, fen: 400 });
  });
});

const aMoment = fc.option(fc.integer({ min: 1, max: 40 }).map((days) => ENTERED + days * DAY_MS));
const someTask: fc.Arbitrary<CountedTask> = fc
  .record({
    arm: fc.constantFrom('treated' as const, 'heldOut' as const),
    clerkId: fc.constantFrom(null, 'c1', 'c2'),
    lifecycle: fc.constantFrom('dormant' as const, 'lost' as const),
    enteredAt: fc.integer({ min: 0, max: 12 }).map((days) => ENTERED + days * DAY_MS),
    contactedAt: aMoment,
    claimedAt: aMoment,
    redeemedAt: aMoment,
    wokenAt: aMoment,
    scriptId: fc.constantFrom(null, 's1', 's2'),
    offFen: fc.nat(900),
  })
  .map((known) => aCountedTask({ ...known, wakeFen: known.wokenAt === null ? null : 4200 }));

describe('counting', () => {
  it('does not depend on the order of the tasks', () => {
    fc.assert(
      fc.property(fc.array(someTask, { maxLength: 30 }), fc.nat(), (tasks, turn) => {
        const at = tasks.length === 0 ? 0 : turn % tasks.length;
        expect(cellOf([...tasks.slice(at), ...tasks.slice(0, at)])).toEqual(cellOf(tasks));
      }),
    );
  });
  it('adds up: two branches summed are both counted as one', () => {
    fc.assert(
      fc.property(fc.array(someTask, { maxLength: 20 }), fc.array(someTask, { maxLength: 20 }), (a, b) => {
        const whole = omit(cellOf([...a, ...b]), ['by', 'undone']);
        expect(sumCells([cellOf(a), cellOf(b)])).toEqual(whole);
      }),
    );
  });
  it('never counts more of any step than was assigned', () => {
    fc.assert(
      fc.property(fc.array(someTask, { maxLength: 30 }), (tasks) => {
        for (const rows of Object.values(cellOf(tasks).by))
          for (const { n } of rows ?? [])
            for (const step of STEPS) expect(stepOf(n, step)).toBeLessThanOrEqual(stepOf(n, 'assigned'));
      }),
    );
  });
});
