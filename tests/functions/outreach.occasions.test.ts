import { comingFestival, festivalOn, isBirthdayNear } from '../../cloudfunctions/common/calendar/festivals';
import { reasonsOf } from '../../cloudfunctions/outreach/knowledge';
import { day } from '../../miniprogram/domain/kernel/day';
import { factsOf } from '../../miniprogram/domain/membership/facts';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { paidOrder } from '../domain/people';

describe('the festivals', () => {
  it.each([
    ['2025-01-29', '春节'],
    ['2026-02-17', '春节'],
    ['2025-02-12', '元宵节'],
    ['2025-05-31', '端午节'],
    ['2025-08-29', '七夕'],
    ['2025-10-06', '中秋节'],
    ['2026-09-25', '中秋节'],
    ['2025-10-29', '重阳节'],
    ['2025-10-01', '国庆节'],
    ['2025-01-28', null],
  ])('on %s: %s', (on, festival) => {
    expect(festivalOn(day(on))).toBe(festival);
  });

  it('are wished from three days before to the day itself, not after', () => {
    expect(comingFestival(day('2026-02-13'))).toBeNull();
    expect(comingFestival(day('2026-02-14'))).toBe('春节');
    expect(comingFestival(day('2026-02-17'))).toBe('春节');
    expect(comingFestival(day('2026-02-18'))).toBeNull();
  });
});

describe('a birthday', () => {
  it.each([
    ['1990-03-05', '2025-03-01', false],
    ['1990-03-05', '2025-03-02', true],
    ['1990-03-05', '2025-03-05', true],
    ['1990-03-05', '2025-03-06', false],
    ['1990-01-01', '2025-12-30', true],
    ['2000-02-29', '2025-02-27', true],
    ['2000-02-29', '2025-03-01', true],
    ['2000-02-29', '2024-02-29', true],
    ['2000-02-29', '2024-03-01', false],
  ])('of somebody born on %s, on %s: %s', (birthday, today, isNear) => {
    expect(isBirthdayNear(day(birthday), day(today))).toBe(isNear);
  });
  it('nobody told is never near', () => {
    expect(isBirthdayNear(null, day('2025-03-05'))).toBe(false);
  });
});

describe('what gives reason to write', () => {
  const rules = rulesOf('maternity', 1);
  const facts = factsOf([paidOrder('2025-04-01', { categoryFen: { 奶粉: 9_000 } })], []);

  it('is what runs out, a week before it does', () => {
    expect(reasonsOf({ facts, birthday: null }, rules, day('2025-04-20'))).toEqual({
      occasions: [],
      festival: null,
      refill: null,
      favourite: '奶粉',
    });
    expect(reasonsOf({ facts, birthday: null }, rules, day('2025-04-24'))).toMatchObject({
      occasions: ['refill'],
      refill: '奶粉',
    });
  });

  it('is her birthday, a festival and a season that begins', () => {
    const born = { facts, birthday: day('1992-09-26') };
    expect(reasonsOf(born, rulesOf('retail', 1), day('2026-09-25'))).toMatchObject({
      occasions: ['birthday', 'festival', 'season'],
      festival: '中秋节',
    });
  });
});
