import fc from 'fast-check';
import { isHeldOut, nextArm } from '../../../miniprogram/domain/outreach/holdout';
import type { Strata } from '../../../miniprogram/domain/outreach/holdout';

const count = (salt: string, stratum: string, share: number, members: number): number =>
  Array.from({ length: members }, (_, nth) => isHeldOut(salt, stratum, nth, share)).filter(Boolean).length;
const aShare = fc.integer({ min: 1, max: 50 }).map((percent) => percent / 100);

describe('the holdout', () => {
  it('is nobody at 0 and everybody at 1', () => {
    expect(count('c1', 's', 0, 500)).toBe(0);
    expect(count('c1', 's', 1, 500)).toBe(500);
  });

  it('is the share asked for in every stratum, however many have come, give or take less than one', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        aShare,
        fc.integer({ min: 0, max: 400 }),
        (salt, stratum, share, n) => {
          expect(Math.abs(count(salt, stratum, share, n) - n * share)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('gives every place of a small stratum its chance', () => {
    // 3000 strata of three members at a third: each place is held out in about a thousand (deviation 26).
    const atPlace = [0, 1, 2].map(
      (nth) =>
        Array.from({ length: 3000 }, (_, s) => isHeldOut('c1', `s${s}`, nth, 1 / 3)).filter(Boolean).length,
    );
    for (const held of atPlace) expect(Math.abs(held - 1000)).toBeLessThan(130);
    expect(atPlace.reduce((sum, one) => sum + one, 0)).toBe(3000);
  });

  it('draws anew for each campaign and each stratum', () => {
    const places = (salt: string, stratum: string) =>
      Array.from({ length: 1000 }, (_, nth) => nth).filter((nth) => isHeldOut(salt, stratum, nth, 0.1));
    expect(places('c1', 's')).toEqual(places('c1', 's'));
    for (const other of [places('c2', 's'), places('c1', 't')]) {
      const both = other.filter((nth) => places('c1', 's').includes(nth));
      // Independent draws share one in a hundred places: ten of a thousand.
      expect(both.length).toBeLessThan(30);
    }
  });

  it('gives the same arms however the members are cut into pages', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 120 }),
        aShare,
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (strata, share, sizes) => {
          const whole: Strata = {};
          const atOnce = strata.map((stratum) => nextArm(whole, 'c1', stratum, share));
          let carried: Strata = {};
          const paged: string[] = [];
          for (let from = 0, page = 0; from < strata.length; page++) {
            const size = sizes[page % sizes.length] ?? 1;
            const here = { ...carried };
            paged.push(
              ...strata.slice(from, from + size).map((stratum) => nextArm(here, 'c1', stratum, share)),
            );
            carried = here;
            from += size;
          }
          expect(paged).toEqual(atOnce);
        },
      ),
    );
  });
});
