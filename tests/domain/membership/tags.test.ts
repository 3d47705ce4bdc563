import { day } from '../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { metresBetween } from '../../../miniprogram/domain/membership/tagging/distance';
import { tagsOf } from '../../../miniprogram/domain/membership/tags';
import type { TaggedPerson } from '../../../miniprogram/domain/membership/tags';
import type { OrderFact } from '../../../miniprogram/domain/membership/types';
import { paidOrder, stranger } from '../people';

const TODAY = day('2025-06-15');
const nobody: TaggedPerson = {
  facts: stranger,
  birthday: null,
  childBirthday: null,
  place: null,
  branchPlace: null,
};
const tag = (more: Partial<TaggedPerson>, today = TODAY) => tagsOf({ ...nobody, ...more }, today)[0] ?? null;
const bought = (...orders: OrderFact[]) => tagsOf({ ...nobody, facts: factsOf(orders, []) }, TODAY);
const only = (kind: string, orders: OrderFact[]) =>
  bought(...orders).find((one) => one.kind === kind) ?? null;

describe('a preferred category', () => {
  const milk = (on: string, fen: number) => paidOrder(on, { paidFen: 10_000, categoryFen: { 奶粉: fen } });

  it('takes three tenths of her money or more', () => {
    expect(only('category', [milk('2025-01-01', 3_000), milk('2025-02-01', 3_000)])).toEqual({
      kind: 'category',
      word: '爱买奶粉',
      why: '2单里2单买了奶粉，占消费额的30%',
    });
    expect(only('category', [milk('2025-01-01', 3_000), milk('2025-02-01', 2_999)])).toBeNull();
  });

  it('was come back to', () => {
    expect(only('category', [milk('2025-01-01', 10_000)])).toBeNull();
    expect(only('category', [milk('2025-01-01', 10_000), paidOrder('2025-02-01')])).toBeNull();
  });

  it('goes by purchases where no amount is known', () => {
    const told = (on: string, name: string) =>
      paidOrder(on, { paidFen: 0, priceUnknown: true, categoryFen: { [name]: 0 } });
    expect(only('category', [told('2025-01-01', '奶粉'), told('2025-02-01', '奶粉')])?.why).toBe(
      '2单里2单买了奶粉',
    );
  });
});

describe('a season', () => {
  const on = (...days: string[]) =>
    only(
      'season',
      days.map((one) => paidOrder(one)),
    );

  it('holds more than half of her purchases', () => {
    expect(on('2024-03-01', '2024-04-01', '2024-10-01', '2025-05-31')).toEqual({
      kind: 'season',
      word: '春季常来',
      why: '4单里3单在春季（3–5月）',
    });
    expect(on('2024-03-01', '2024-04-01', '2024-10-01', '2025-06-01')).toBeNull();
  });

  it('needs four purchases over at least a year', () => {
    expect(on('2024-04-01', '2024-05-01', '2025-04-01')).toBeNull();
    expect(on('2024-04-02', '2024-04-20', '2024-05-01', '2025-04-01')).toBeNull();
    expect(on('2024-04-02', '2024-04-20', '2024-05-01', '2025-04-02')?.word).toBe('春季常来');
  });

  it('knows that winter goes over the new year', () => {
    expect(on('2023-12-31', '2024-01-01', '2024-02-29', '2024-12-31')?.word).toBe('冬季常来');
  });
});

describe('a taste for coupons', () => {
  const orders = (withCoupon: number, without: number) => [
    ...Array.from({ length: withCoupon }, () => paidOrder('2025-01-01', { withCoupon: true })),
    ...Array.from({ length: without }, () => paidOrder('2025-02-01')),
  ];

  it.each([
    [2, 2, '4单里2单用了优惠券（50%）'],
    [2, 3, null],
    [2, 0, null],
    [3, 0, '3单里3单用了优惠券（100%）'],
  ])('%i orders with and %i without', (withCoupon, without, why) => {
    expect(only('promotion', orders(withCoupon, without))?.why ?? null).toBe(why);
  });
});

describe('how far she lives', () => {
  const branch = { lng: 120.15, lat: 30.25 };
  /** A degree of latitude is 111,195 m on the mean sphere. */
  const north = (metres: number) => ({ lng: branch.lng, lat: branch.lat + metres / 111_195.08 });

  it('is measured on the sphere', () => {
    expect(metresBetween({ lng: 120, lat: 30 }, { lng: 120, lat: 31 })).toBe(111_195);
    // A degree of longitude shrinks with the cosine of the latitude.
    expect(metresBetween({ lng: 120, lat: 60 }, { lng: 121, lat: 60 })).toBeGreaterThan(55_590);
    expect(metresBetween({ lng: 120, lat: 60 }, { lng: 121, lat: 60 })).toBeLessThan(55_600);
    expect(metresBetween(branch, branch)).toBe(0);
    expect(metresBetween({ lng: 0, lat: 0 }, { lng: 180, lat: 0 })).toBe(20_015_114);
    expect(metresBetween({ lng: 179.9, lat: 0 }, { lng: -179.9, lat: 0 })).toBe(22_239);
  });

  it.each([
    [500, '500米内'],
    [501, '3公里内'],
    [3_000, '3公里内'],
    [3_001, '3公里外'],
  ])('%i metres are %s', (metres, word) => {
    expect(tag({ place: north(metres), branchPlace: branch })?.word).toBe(word);
  });

  it('is said with the metres, and not at all where a place is missing', () => {
    expect(tag({ place: north(420), branchPlace: branch })?.why).toBe('距所属门店约420米');
    expect(tag({ place: north(2_340), branchPlace: branch })?.why).toBe('距所属门店约2.3公里');
    expect(tag({ place: north(420) })).toBeNull();
    expect(tag({ branchPlace: branch })).toBeNull();
  });
});

describe('her age', () => {
  it.each([
    ['2007-06-16', '18岁以下'],
    ['2007-06-15', '18–24岁'],
    ['2000-06-16', '18–24岁'],
    ['2000-06-15', '25–34岁'],
    ['1990-06-15', '35–44岁'],
    ['1980-06-15', '45–54岁'],
    ['1970-06-15', '55–64岁'],
    ['1960-06-16', '55–64岁'],
    ['1960-06-15', '65岁以上'],
  ])('born %s she is %s', (birthday, word) => {
    expect(tag({ birthday: day(birthday) })).toMatchObject({ kind: 'age', word });
  });

  it('is said with her birthday', () => {
    expect(tag({ birthday: day('1990-03-05') })?.why).toBe('1990年3月5日出生，已满35岁');
  });

  it('is a year older on the last of February when she was born on the 29th', () => {
    const birthday = day('2000-02-29');
    expect(tag({ birthday }, day('2025-02-27'))?.word).toBe('18–24岁');
    expect(tag({ birthday }, day('2025-02-28'))?.word).toBe('25–34岁');
  });

  it('is not said of a birthday that cannot be true', () => {
    expect(tag({ birthday: day('2025-06-16') })).toBeNull();
    expect(tag({ birthday: day('1900-01-01') })).toBeNull();
  });
});

describe('her child', () => {
  it.each([
    ['2026-04-16', null],
    ['2026-04-15', '孕期'],
    ['2025-06-16', '孕期'],
    ['2025-06-15', '宝宝0–6个月'],
    ['2024-12-16', '宝宝0–6个月'],
    ['2024-12-15', '宝宝6–12个月'],
    ['2024-06-15', '宝宝1–3岁'],
    ['2022-06-15', '宝宝3–6岁'],
    ['2019-06-15', '宝宝6–12岁'],
    ['2013-06-15', '宝宝12–18岁'],
    ['2007-06-16', '宝宝12–18岁'],
    ['2007-06-15', null],
  ])('born or expected %s is %s', (birthday, word) => {
    expect(tag({ childBirthday: day(birthday) })?.word ?? null).toBe(word);
  });

  it('is said with the months while they count', () => {
    expect(tag({ childBirthday: day('2024-04-15') })?.why).toBe('孩子2024年4月15日出生，现在14个月');
    expect(tag({ childBirthday: day('2020-04-15') })?.why).toBe('孩子2020年4月15日出生，现在5岁');
  });
});

it('says nothing of a member it knows nothing of', () => {
  expect(tagsOf(nobody, TODAY)).toEqual([]);
});
