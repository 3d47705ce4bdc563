import fc from 'fast-check';
import { diceOf } from '../../../../devkit/demo/dice';
import { alwaysValid } from '../../../../miniprogram/domain/credit/statistics/alwaysValid';
import { sampleRatio } from '../../../../miniprogram/domain/credit/statistics/mismatch';
import { normalCdf, normalQuantile, Z95 } from '../../../../miniprogram/domain/credit/statistics/normal';
import { newcombe, wilson } from '../../../../miniprogram/domain/credit/statistics/proportion';
import { membersPerSide, powerOf } from '../../../../miniprogram/domain/credit/statistics/sampleSize';
import { liftOf } from '../../../../miniprogram/domain/credit/statistics/stratified';
import type { Stratum } from '../../../../miniprogram/domain/credit/statistics/stratified';

const share = (hits: number, of: number) => ({ hits, of });
const aShare = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([of, p]) => share(Math.round(of * p), of));

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746],
    [Z95, 0.975],
    [-3, 0.001349898],
    [-6, 9.865876e-10],
  ])('up to z = %d lies %d', (z, p) => {
    expect(normalCdf(z) / p).toBeCloseTo(1, 6);
  });
  it('finds the z of a probability', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(Z95, 5);
    expect(normalQuantile(0.8)).toBeCloseTo(0.8416212, 5);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});

describe('the interval of a rate', () => {
  it('is Wilson’s', () => {
    const found = wilson(share(1, 10));
    expect(found?.low).toBeCloseTo(0.0179, 4);
    expect(found?.high).toBeCloseTo(0.4042, 4);
  });
  it('says nothing of nobody, and does not call a small zero certain', () => {
    expect(wilson(share(0, 0))).toBeNull();
    expect(wilson(share(0, 10))).toMatchObject({ value: 0, low: 0 });
    expect(wilson(share(0, 10))?.high).toBeCloseTo(0.2775, 4);
    expect(wilson(share(10, 10))?.high).toBe(1);
  });
  it('holds the rate and stays between 0 and 1', () => {
    fc.assert(
      fc.property(aShare, (one) => {
        const found = wilson(one);
        if (!found) return false;
        return (
          0 <= found.low &&
          found.low <= found.value + 1e-12 &&
          found.value <= found.high + 1e-12 &&
          found.high <= 1
        );
      }),
    );
  });
});

describe('the difference of two rates', () => {
  // Newcombe (1998), table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 20, 0.6791, 1],
    [5, 56, 0, 29, -0.0381, 0.1926],
  ])('of %d/%d and %d/%d is Newcombe’s %d … %d', (a, m, b, n, low, high) => {
    const found = newcombe(share(a, m), share(b, n));
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });
  it('is not told when one side is empty', () => {
    expect(newcombe(share(0, 0), share(1, 2))).toBeNull();
  });
  it('turns round with its sides', () => {
    fc.assert(
      fc.property(aShare, aShare, (a, b) => {
        const [one, other] = [newcombe(a, b), newcombe(b, a)];
        expect(one?.low).toBeCloseTo(-(other?.high ?? NaN), 9);
      }),
    );
  });
});

describe('the lift over tiers and branches', () => {
  const of = (a: number, m: number, b: number, n: number): Stratum => ({
    treated: share(a, m),
    heldOut: share(b, n),
  });
  it('is the plain difference when there is one stratum', () => {
    const found = liftOf([of(56, 70, 48, 80)]);
    expect(found?.value).toBeCloseTo(0.2, 9);
    expect((found?.high ?? 0) - 0.2).toBeCloseTo(Z95 * Math.sqrt(0.16 / 70 + 0.24 / 80), 6);
  });
  it('is not fooled when the easy tier was held out less', () => {
    // The treated wake as often as the held-out in each tier; taken together they seem to wake far more.
    expect(liftOf([of(300, 1000, 30, 100), of(5, 100, 50, 1000)])?.value).toBeCloseTo(0, 9);
  });
  it('passes over strata that have one side only, and says nothing when all have', () => {
    expect(liftOf([of(5, 10, 0, 0)])).toBeNull();
    expect(liftOf([of(5, 10, 0, 0), of(56, 70, 48, 80)])?.value).toBeCloseTo(0.2, 9);
  });
  it('is not certain where nobody woke at all', () => {
    const found = liftOf([of(0, 50, 0, 10)]);
    expect(found?.value).toBe(0);
    expect(found?.high).toBeGreaterThan(0.05);
  });
  it('covers the truth about 95 times of 100', () => {
    const dice = diceOf(11);
    const draw = (n: number, p: number) =>
      share(Array.from({ length: n }).filter(() => dice.chance(p)).length, n);
    let covered = 0;
    const rounds = 600;
    for (let i = 0; i < rounds; i++) {
      const strata = [0.04, 0.1, 0.2, 0.3].map((base) => ({
        treated: draw(270, base + 0.05),
        heldOut: draw(60, base),
      }));
      const found = liftOf(strata);
      if (found && found.low <= 0.05 && 0.05 <= found.high) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThan(0.925);
    expect(covered / rounds).toBeLessThan(0.975);
  });
});

describe('how many members a test needs', () => {
  it.each([
    [0.01, 0.02, 2319],
    [0.1, 0.12, 3841],
  ])('%d → %d: %d on each side', (from, to, members) => {
    expect(membersPerSide({ from, to })).toBe(members);
  });
  it('finds the true difference four times of five with so many', () => {
    expect(powerOf({ from: 0.01, to: 0.02 }, 2319, 2319)).toBeCloseTo(0.8, 2);
    expect(powerOf({ from: 0.1, to: 0.12 }, 3841, 3841)).toBeCloseTo(0.8, 2);
  });
  it('refuses a test of nothing', () => {
    expect(() => membersPerSide({ from: 0.1, to: 0.1 })).toThrow(RangeError);
  });
});

describe('the share of the holdout', () => {
  it('is right when it is as planned, and off by chance alone', () => {
    expect(sampleRatio({ treated: 900, heldOut: 100 }, 0.1).p).toBeCloseTo(1, 9);
    expect(sampleRatio({ treated: 920, heldOut: 80 }, 0.1).isMismatch).toBe(false);
  });
  it('is suspicious when a fifth of it is missing', () => {
    expect(sampleRatio({ treated: 9200, heldOut: 800 }, 0.1).isMismatch).toBe(true);
  });
  it('tests nothing without a holdout or without members', () => {
    expect(sampleRatio({ treated: 10, heldOut: 0 }, 0).isMismatch).toBe(false);
    expect(sampleRatio({ treated: 0, heldOut: 0 }, 0.1).isMismatch).toBe(false);
  });
});

describe('an interval that may be read every day', () => {
  it('is wider than the one that may be read once', () => {
    const daily = alwaysValid(share(60, 1000), share(40, 1000));
    const once = newcombe(share(60, 1000), share(40, 1000));
    expect(daily?.value).toBeCloseTo(0.02, 9);
    expect(daily?.low).toBeLessThan(once?.low ?? -1);
    expect(daily?.high).toBeGreaterThan(once?.high ?? 1);
  });
  it('raises a false alarm at most 5 times of 100 though it is read on sixty days', () => {
    const dice = diceOf(23);
    const rounds = 300;
    let [alarms, fixedAlarms] = [0, 0];
    for (let i = 0; i < rounds; i++) {
      const [a, b] = [share(0, 0), share(0, 0)];
      let [alarm, fixedAlarm] = [false, false];
      for (let on = 0; on < 60; on++) {
        for (const side of [a, b]) {
          for (let k = 0; k < 40; k++) if (dice.chance(0.08)) side.hits += 1;
          side.of += 40;
        }
        const outside = (found: { low: number; high: number } | null) =>
          found !== null && (found.low > 0 || found.high < 0);
        alarm ||= outside(alwaysValid(a, b));
        fixedAlarm ||= outside(newcombe(a, b));
      }
      if (alarm) alarms += 1;
      if (fixedAlarm) fixedAlarms += 1;
    }
    expect(alarms / rounds).toBeLessThan(0.05);
    // What reading a fixed interval every day would have done.
    expect(fixedAlarms / rounds).toBeGreaterThan(0.15);
  });
  it('says nothing of an empty side', () => {
    expect(alwaysValid(share(0, 0), share(1, 2))).toBeNull();
  });
});
