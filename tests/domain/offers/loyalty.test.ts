import fc from 'fast-check';
import { addDays, day, startOf } from '../../../miniprogram/domain/kernel/day';
import { keptBy, levelMayMove, levelOf, spentInYear } from '../../../miniprogram/domain/offers/level';
import { readPoints, takenBack } from '../../../miniprogram/domain/offers/points';
import type { PointsEntry } from '../../../miniprogram/domain/offers/points';

const D = day('2025-03-05');
const at = (days: number, hour = 12) => startOf(addDays(D, days), hour);
const line = (id: string, points: number, days: number, ends: number | null = null): PointsEntry => ({
  id,
  points,
  at: at(days),
  expiresOn: ends === null ? null : addDays(D, ends),
});

describe('the points ledger', () => {
  it('spends first what ends first', () => {
    const read = readPoints([line('late', 50, 0), line('soon', 30, 0, 10), line('s', -40, 1)], addDays(D, 1));
    expect(read).toMatchObject({ points: 40, buckets: [{ id: 'late', points: 40 }], expiring: null });
  });

  it('keeps points to the end of their last day, and owes the ledger a line from the next day on', () => {
    const entries = [line('a', 100, 0, 10), line('b', 20, 0)];
    expect(readPoints(entries, addDays(D, 10))).toMatchObject({
      points: 120,
      expiring: { points: 100, on: addDays(D, 10) },
      lapses: [],
    });
    const after = readPoints(entries, addDays(D, 11));
    expect(after.points).toBe(20);
    expect(after.lapses).toMatchObject([{ id: 'lapse:a', points: -100 }]);
    expect(readPoints([...entries, ...after.lapses], addDays(D, 11))).toMatchObject({
      points: 20,
      lapses: [],
    });
  });

  it('takes back points that were spent already: they are owed, and the next ones pay first', () => {
    const entries = [line('use', 100, 0), line('s', -80, 1)];
    const back = takenBack(entries, 'use', 'back:use', at(2));
    expect(back?.points).toBe(-100);
    const owing = [...entries, ...(back ? [back] : [])];
    expect(readPoints(owing, addDays(D, 2)).points).toBe(-80);
    expect(readPoints([...owing, line('new', 100, 3)], addDays(D, 3))).toMatchObject({
      points: 20,
      buckets: [{ id: 'new', points: 20 }],
    });
  });

  it('does not take back what had ended by itself', () => {
    const entries = [line('use', 100, 0, 3)];
    expect(takenBack(entries, 'use', 'back', at(4))).toBeNull();
    expect(takenBack(entries, 'use', 'back', at(3))?.points).toBe(-100);
    expect(takenBack(entries, 'nothing', 'back', at(3))).toBeNull();
  });

  it('always has a balance that is the sum of its lines, however they are mixed', () => {
    const aLine = fc.record({
      points: fc.integer({ min: -60, max: 100 }),
      days: fc.nat(20),
      ends: fc.option(fc.integer({ min: 0, max: 25 })),
    });
    fc.assert(
      fc.property(fc.array(aLine, { maxLength: 12 }), fc.integer({ min: 20, max: 60 }), (lines, today) => {
        const entries = lines.map(({ points, days, ends }, i) =>
          line(`e${i}`, points, days, points > 0 && ends !== null ? days + ends : null),
        );
        const on = addDays(D, today);
        const read = readPoints(entries, on);
        const all = [...entries, ...read.lapses];
        expect(read.points).toBe(all.reduce((sum, { points }) => sum + points, 0));
        expect(readPoints([...all].reverse(), on)).toEqual({ ...read, lapses: [] });
        for (const { expiresOn } of read.buckets) expect(expiresOn === null || expiresOn >= on).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the level', () => {
  const year = [
    { on: day('2024-06-10'), orders: 1, fen: 300_000 },
    { on: day('2025-01-10'), orders: 1, fen: 250_000 },
  ];

  it('follows what was spent in twelve months, until the purchases that earn it are a year old', () => {
    expect(spentInYear(year, day('2025-06-09'))).toBe(550_000);
    expect(levelOf(year, [], day('2025-06-09'))).toMatchObject({
      level: 'gold',
      levelUntil: day('2025-06-09'),
      next: { level: 'diamond', missingFen: 1_450_000 },
      keepMissingFen: null,
    });
    expect(levelOf(year, [], day('2025-06-10'))).toMatchObject({ level: 'silver', yearFen: 250_000 });
  });

  it('is kept for three months to the last day, and says what earns it', () => {
    const kept = keptBy({ level: 'gold', months: 3 }, D);
    expect(kept.until).toBe(day('2025-06-04'));
    expect(levelOf([], [kept], day('2025-06-04'))).toMatchObject({
      level: 'gold',
      earned: 'basic',
      levelUntil: day('2025-06-04'),
      keepMissingFen: 500_000,
    });
    expect(levelOf([], [kept], day('2025-06-05')).level).toBe('basic');
    expect(levelOf([], [kept], addDays(D, -1)).level).toBe('basic');
  });

  it('never lowers what she earned herself', () => {
    const kept = keptBy({ level: 'silver', months: 3 }, D);
    expect(levelOf(year, [kept], D)).toMatchObject({ level: 'gold', keepMissingFen: null });
  });
});

describe('whether a purchase may move her level', () => {
  const on = day('2025-03-05');
  const spent = (fen: number) => [{ on, fen, orders: 1 }];
  const until = day('2026-03-04');

  it('says so where it is reached, lost, or lasts longer, and where her document is behind', () => {
    expect(levelMayMove(undefined, [], spent(199_999), on)).toBe(false);
    expect(levelMayMove(undefined, [], spent(200_000), on)).toBe(true);
    expect(levelMayMove({ level: 'silver', levelUntil: until }, spent(200_000), [], on)).toBe(true);
    const earlier = [{ on: day('2024-12-01'), fen: 200_000, orders: 1 }];
    const copy = { level: 'silver' as const, levelUntil: day('2025-11-30') };
    expect(levelMayMove(copy, earlier, [...earlier, ...spent(200_000)], on)).toBe(true);
    expect(levelMayMove(undefined, spent(200_000), spent(200_000), on)).toBe(true);
  });

  it('says no where nothing did, and of a level that is kept for her', () => {
    const silver = { level: 'silver' as const, levelUntil: until };
    expect(levelMayMove(silver, spent(200_000), spent(200_000), on)).toBe(false);
    expect(levelMayMove({ level: 'gold', levelUntil: until }, [], spent(100), on)).toBe(false);
  });
});
