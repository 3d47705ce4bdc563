import { addDays, day, dayOf, HOUR_MS, startOf } from '../../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import { factsOf, NO_FACTS } from '../../../miniprogram/domain/membership/facts';
import {
  bornOn,
  birthdayIn,
  nextBirthday,
  nextMemberDay,
} from '../../../miniprogram/domain/outreach/care/calendar';
import { careDay, chooseCare, firstDayAllowed } from '../../../miniprogram/domain/outreach/care/choose';
import type { CareStanding } from '../../../miniprogram/domain/outreach/care/choose';
import { cycleOf, occasionOf } from '../../../miniprogram/domain/outreach/care/cycle';
import { endOfCare } from '../../../miniprogram/domain/outreach/care/ends';
import { keeperOf } from '../../../miniprogram/domain/outreach/care/keeper';
import {
  commonReasons,
  nextReminderAt,
  personalReasons,
  refillDays,
  reminderReasons,
} from '../../../miniprogram/domain/outreach/care/raise';
import type { CareActs } from '../../../miniprogram/domain/outreach/care/raise';
import { careFault, DEFAULT_CARE } from '../../../miniprogram/domain/outreach/care/settings';
import {
  careBlanks,
  careLifecycle,
  carePriority,
  careScripts,
  careWhy,
} from '../../../miniprogram/domain/outreach/care/shown';
import { CARE_OCCASIONS } from '../../../miniprogram/domain/outreach/care/types';
import type { CareReason } from '../../../miniprogram/domain/outreach/care/types';
import { DEFAULT_POLICY } from '../../../miniprogram/domain/outreach/contactPolicy';
import { chooseScripts } from '../../../miniprogram/domain/outreach/scripts/choose';
import { priorityOf } from '../../../miniprogram/domain/outreach/priority';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import { paidOrder } from '../people';

const TODAY = day('2026-03-18');
const RULES = rulesOf('maternity', 1);
const NOBODY = { birthday: null, facts: NO_FACTS, loyalty: null };
const HERSELF: CareStanding = {
  given: new Set(),
  open: null,
  isHeldOut: false,
  isRecalled: false,
  lastBrowseOn: null,
  ledger: { touches: [], optOut: null, value: 'mid' },
};
const cyclesOn = (today: string, her: Partial<typeof NOBODY>, settings = DEFAULT_CARE) =>
  personalReasons({ ...NOBODY, ...her } as never, RULES, settings, day(today)).map(({ cycle }) => cycle);
const reason = (occasion: CareReason['occasion'], known: Partial<CareReason> = {}): CareReason => ({
  occasion,
  cycle: cycleOf(occasion, '2026'),
  on: addDays(TODAY, 3),
  from: TODAY,
  until: addDays(TODAY, 3),
  about: null,
  amount: null,
  since: startOf(TODAY),
  orderId: null,
  ...known,
});

describe('a birthday', () => {
  const her = { birthday: day('1990-03-21') } as never;
  it.each([
    ['2026-03-17', []],
    ['2026-03-18', ['care.birthday.2026']],
    ['2026-03-21', ['care.birthday.2026']],
    ['2026-03-22', []],
  ])('is due from three days before to the day itself: %s', (today, cycles) => {
    expect(cyclesOn(today, her)).toEqual(cycles);
  });

  it('of the new year is seen coming in the old one, under the new year', () => {
    expect(cyclesOn('2026-12-30', { birthday: day('1990-01-02') } as never)).toEqual(['care.birthday.2027']);
  });

  it('of 29 February is on 1 March in a year without one', () => {
    const leap = day('2000-02-29');
    expect([birthdayIn(leap, 2024), birthdayIn(leap, 2025), birthdayIn(leap, 2100)]).toEqual([
      '2024-02-29',
      '2025-03-01',
      '2100-03-01',
    ]);
    expect(nextBirthday(leap, day('2025-03-01'))).toBe('2025-03-01');
    expect(nextBirthday(leap, day('2025-03-02'))).toBe('2026-03-01');
    expect(bornOn([day('2025-03-01')])).toEqual(expect.arrayContaining(['2000-02-29', '1999-03-01']));
    expect(bornOn([day('2024-03-01')])).not.toContain('2000-02-29');
    expect(bornOn([day('2024-02-29')])).toContain('2000-02-29');
  });

  it('finds everybody by the dates of birth it asks for, and nobody else', () => {
    for (let on = day('2027-02-20'); on < day('2028-03-10'); on = addDays(on, 1)) {
      for (const born of ['1988-02-29', '1990-03-01', '1990-02-28', '2001-12-31']) {
        expect([on, bornOn([on]).includes(day(born))]).toEqual([on, nextBirthday(day(born), on) === on]);
      }
    }
  });

  it('is Shanghai’s day, whatever zone the machine is in', () => {
    // Half past midnight in Shanghai is still the day before in California and in Greenwich.
    expect(cyclesOn(dayOf(Date.UTC(2026, 2, 17, 16, 30)), her)).toEqual(['care.birthday.2026']);
    expect(cyclesOn(dayOf(Date.UTC(2026, 2, 17, 15, 59)), her)).toEqual([]);
  });
});

describe('a day of every month', () => {
  it.each([
    [25, '2026-03-25', '2026-03-25'],
    [25, '2026-03-26', '2026-04-25'],
    [31, '2026-02-10', '2026-02-28'],
    [31, '2028-02-10', '2028-02-29'],
    [31, '2026-04-30', '2026-04-30'],
    [31, '2026-12-31', '2026-12-31'],
    [1, '2026-12-02', '2027-01-01'],
    [30, '2026-01-31', '2026-02-28'],
  ])('the %sth, asked on %s, is next on %s', (n, today, next) => {
    expect(nextMemberDay(n, day(today))).toBe(next);
  });

  it('and a festival are greeted so many days ahead, the nearest first, and not when switched off', () => {
    const settings = { ...DEFAULT_CARE, memberDays: [25, 31] };
    const spring = [{ name: '春节' as const, on: day('2026-02-17') }];
    const cycles = (today: string, known = settings) =>
      commonReasons(known, spring, day(today)).map(({ cycle }) => cycle);
    expect(cycles('2026-02-13')).toEqual([]);
    expect(cycles('2026-02-14')).toEqual(['care.festival.春节.2026-02-17']);
    expect(cycles('2026-02-17')).toEqual(['care.festival.春节.2026-02-17']);
    expect(cycles('2026-02-18')).toEqual([]);
    expect(cycles('2026-02-22')).toEqual([]);
    expect(cycles('2026-02-23')).toEqual(['care.memberDay.2026-02-25']);
    expect(cycles('2026-02-26')).toEqual(['care.memberDay.2026-02-28']);
    expect(cycles('2026-02-14', { ...settings, festivals: [] })).toEqual([]);
    expect(cycles('2026-02-23', { ...settings, off: ['memberDay'] })).toEqual([]);
  });
});

describe('something that ends or runs out', () => {
  const facts = factsOf([paidOrder('2026-03-01', { categoryFen: { 奶粉: 9_000 } })], []);
  it.each([
    ['2026-03-27', []],
    ['2026-03-28', ['care.refill.奶粉.2026-03-31']],
    ['2026-04-07', ['care.refill.奶粉.2026-03-31']],
    ['2026-04-08', []],
  ])('is filled up from three days before until a week after: %s', (today, cycles) => {
    expect(cyclesOn(today, { facts } as never)).toEqual(cycles);
    expect(refillDays(facts, RULES)).toEqual(['2026-03-31']);
  });

  const loyalty = {
    level: 'gold',
    levelUntil: day('2026-03-31'),
    points: 900,
    expiring: { points: 400, on: day('2026-04-02') },
  };
  it.each([
    ['2026-03-16', []],
    ['2026-03-17', ['care.level.2026-03-31']],
    ['2026-03-19', ['care.level.2026-03-31', 'care.points.2026-04-02']],
    ['2026-03-31', ['care.level.2026-03-31', 'care.points.2026-04-02']],
    ['2026-04-01', ['care.points.2026-04-02']],
    ['2026-04-03', []],
  ])('is told two weeks before it does: %s', (today, cycles) => {
    expect(cyclesOn(today, { loyalty } as never)).toEqual(cycles);
  });

  it('is not told when there are no points in it, or headquarters switched it off', () => {
    const none = { loyalty: { ...loyalty, expiring: { points: 0, on: day('2026-03-20') } } } as never;
    expect(cyclesOn('2026-03-18', none)).toEqual(['care.level.2026-03-31']);
    expect(cyclesOn('2026-03-18', none, { ...DEFAULT_CARE, off: ['level'] })).toEqual([]);
  });
});

describe('a reminder', () => {
  const at = startOf(TODAY, 10);
  const unpaid = (orderId: string, createdAt: number) => ({
    orderId,
    isUnpaid: true,
    createdAt,
    fen: 12_800,
  });
  const acts = (known: Partial<CareActs>): CareActs => ({
    orders: [],
    browsedAt: null,
    lastVisitOn: null,
    ...known,
  });
  const cycles = (known: Partial<CareActs>, now: number) =>
    reminderReasons(acts(known), DEFAULT_CARE, now).map(({ cycle }) => cycle);

  it('follows an unpaid order from one hour after it to just before twenty-four', () => {
    const orders = [unpaid('pos:A1', at)];
    expect(cycles({ orders }, at + HOUR_MS - 1)).toEqual([]);
    expect(cycles({ orders }, at + HOUR_MS)).toEqual(['care.unpaid.pos_A1']);
    expect(cycles({ orders }, at + 24 * HOUR_MS - 1)).toEqual(['care.unpaid.pos_A1']);
    expect(cycles({ orders }, at + 24 * HOUR_MS)).toEqual([]);
  });

  it('follows a look from two hours after it, unless she ordered or came since', () => {
    expect(cycles({ browsedAt: at }, at + 2 * HOUR_MS - 1)).toEqual([]);
    expect(cycles({ browsedAt: at }, at + 2 * HOUR_MS)).toEqual(['care.browse.2026-03-18']);
    expect(cycles({ browsedAt: at }, at + 24 * HOUR_MS)).toEqual([]);
    expect(cycles({ browsedAt: at, lastVisitOn: TODAY }, at + 3 * HOUR_MS)).toEqual([]);
    expect(cycles({ browsedAt: at, lastVisitOn: addDays(TODAY, -1) }, at + 3 * HOUR_MS)).toHaveLength(1);
    const paid = { ...unpaid('pos:A2', at + 1), isUnpaid: false };
    expect(cycles({ browsedAt: at, orders: [paid] }, at + 3 * HOUR_MS)).toEqual([]);
  });

  it('is looked for at the next instant at which one may be due', () => {
    const known = acts({ orders: [unpaid('pos:A1', at), unpaid('pos:A2', at + 60_000)], browsedAt: null });
    expect(nextReminderAt(known)).toBe(at + HOUR_MS);
    expect(nextReminderAt(known, at + HOUR_MS)).toBe(at + HOUR_MS + 60_000);
    expect(nextReminderAt(known, at + 2 * HOUR_MS)).toBeNull();
    expect(nextReminderAt(acts({}))).toBeNull();
  });
});

describe('what ends a care task early', () => {
  const seen = { today: TODAY, optOut: null, lastVisitOn: null, orders: [], loyalty: null } as const;
  const order = { orderId: 'pos:A1', createdAt: startOf(TODAY, 9), paidAt: null, categories: [] } as const;

  it('is payment or cancellation of the order it is about, and of no other', () => {
    const care = reason('unpaid', { orderId: 'pos:A1' });
    const by = (status: 'unpaid' | 'paid' | 'refunded' | 'cancelled', orderId = 'pos:A1') =>
      endOfCare(care, { ...seen, orders: [{ ...order, orderId, status }] });
    expect([by('unpaid'), by('paid'), by('refunded'), by('cancelled')]).toEqual([
      null,
      'paid',
      'paid',
      'cancelled',
    ]);
    expect(by('paid', 'pos:A2')).toBeNull();
  });

  it('is any order after the look, or a visit on its day', () => {
    const care = reason('browse', { since: startOf(TODAY, 10) });
    const at = (createdAt: number) =>
      endOfCare(care, { ...seen, orders: [{ ...order, status: 'unpaid', createdAt }] });
    expect(at(startOf(TODAY, 10))).toBeNull();
    expect(at(startOf(TODAY, 10) + 1)).toBe('ordered');
    expect(endOfCare(care, { ...seen, lastVisitOn: TODAY })).toBe('came');
    expect(endOfCare(care, { ...seen, lastVisitOn: addDays(TODAY, -1) })).toBeNull();
  });

  it('is buying that category after the purchase it is counted from', () => {
    const care = reason('refill', { about: '奶粉', since: startOf(TODAY, 10) });
    const bought = (category: string, paidAt: number | null) =>
      endOfCare(care, { ...seen, orders: [{ ...order, status: 'paid', paidAt, categories: [category] }] });
    expect(bought('奶粉', startOf(TODAY, 11))).toBe('bought');
    expect(bought('奶粉', startOf(TODAY, 10))).toBeNull();
    expect(bought('奶粉', null)).toBeNull();
    expect(bought('纸尿裤', startOf(TODAY, 11))).toBeNull();
  });

  it('is a level that was kept and points that are not as they were', () => {
    const loyalty = { level: 'gold', levelUntil: addDays(TODAY, 3), points: 9, expiring: null } as const;
    expect(endOfCare(reason('level'), { ...seen, loyalty })).toBeNull();
    expect(
      endOfCare(reason('level'), { ...seen, loyalty: { ...loyalty, levelUntil: addDays(TODAY, 99) } }),
    ).toBe('kept');
    expect(endOfCare(reason('points'), { ...seen, loyalty })).toBe('spent');
    const expiring = { points: 5, on: addDays(TODAY, 3) };
    expect(endOfCare(reason('points'), { ...seen, loyalty: { ...loyalty, expiring } })).toBeNull();
  });

  it.each(CARE_OCCASIONS)('%s: is the day that has passed, and an opt-out', (occasion) => {
    const care = reason(occasion);
    expect(endOfCare(care, { ...seen, today: care.until })).toBeNull();
    expect(endOfCare(care, { ...seen, today: addDays(care.until, 1) })).toBe('dayPassed');
    expect(endOfCare(care, { ...seen, optOut: 'all' })).toBe('optedOut');
    // Who wants no advertising may still be asked how she is: only the shop's own day is advertising.
    expect(endOfCare(care, { ...seen, optOut: 'promo' })).toBe(occasion === 'memberDay' ? 'optedOut' : null);
  });
});

describe('the one she gets', () => {
  const choose = (reasons: CareReason[], known: Partial<CareStanding> = {}) =>
    chooseCare(reasons, { ...HERSELF, ...known }, DEFAULT_POLICY)?.occasion ?? null;

  it('is the strongest that she has not had', () => {
    const both = [reason('festival'), reason('birthday'), reason('refill')];
    expect(choose(both)).toBe('birthday');
    expect(choose(both, { given: new Set(['care.birthday.2026']) })).toBe('refill');
  });

  it('takes the place of what is open only when it is stronger', () => {
    expect(choose([reason('birthday')], { open: 'refill' })).toBe('birthday');
    expect(choose([reason('birthday', { cycle: 'x' })], { open: 'birthday' })).toBeNull();
    expect(choose([reason('refill')], { open: 'birthday' })).toBeNull();
  });

  it('is none for whoever is held out, and nothing of everybody’s for whoever is recalled', () => {
    expect(choose([reason('birthday')], { isHeldOut: true })).toBeNull();
    expect(choose([reason('festival')], { isRecalled: true })).toBeNull();
    expect(choose([reason('birthday')], { isRecalled: true })).toBe('birthday');
  });

  it('reminds who looks every day once a week', () => {
    const looked = reason('browse', { on: TODAY });
    expect(choose([looked], { lastBrowseOn: addDays(TODAY, -6) })).toBeNull();
    expect(choose([looked], { lastBrowseOn: addDays(TODAY, -7) })).toBe('browse');
  });

  it('waits for the ledger, and is none when that would be too late, while she rests, or after she said no', () => {
    const touch = (daysAgo: number, answered = true) => ({
      at: startOf(addDays(TODAY, -daysAgo), 12),
      purpose: 'care' as const,
      answered,
    });
    const first = (
      touches: ReturnType<typeof touch>[],
      until = addDays(TODAY, 3),
      optOut: 'all' | null = null,
    ) => firstDayAllowed({ touches, optOut, value: 'mid' }, 'care', { from: TODAY, until }, DEFAULT_POLICY);
    expect(first([])).toBe(TODAY);
    // Five in thirty days are all there may be; the oldest leaves in two days, or in five.
    const five = (oldest: number) => [oldest, 9, 8, 7, 6].map((ago) => touch(ago));
    expect(first(five(28))).toBe(addDays(TODAY, 2));
    expect(first(five(25))).toBeNull();
    expect(
      first(
        [3, 2, 1].map((ago) => touch(ago, false)),
        addDays(TODAY, 60),
      ),
    ).toBeNull();
    expect(first([], addDays(TODAY, 3), 'all')).toBeNull();
  });
});

describe('a clerk’s days', () => {
  const days = [0, 1, 2, 3].map((n) => addDays(TODAY, n));
  it('are filled one after another, within her capacity', () => {
    const loads = {};
    const place = (occasion: CareReason['occasion'], until = addDays(TODAY, 1)) =>
      careDay(loads, 'c1', { occasion, from: TODAY, until }, 2, days);
    expect([place('festival'), place('festival'), place('festival')]).toEqual([TODAY, TODAY, days[1]]);
    expect([place('festival'), place('festival')]).toEqual([days[1], null]);
    // A birthday cannot be left for a full day.
    expect(place('birthday')).toBe(TODAY);
  });

  it('are hers who owns the member, served her last, or works where she comes', () => {
    const clerks = new Map(
      ['c1', 'c2', 'c3'].map((clerkId) => [clerkId, { clerkId, name: clerkId, branchIds: ['B1'] }]),
    );
    const her = { memberId: 'M1', ownerClerkId: null, lastClerkId: null, homeBranchId: 'B1' };
    expect(keeperOf({ ...her, ownerClerkId: 'c2', lastClerkId: 'c1' }, clerks, true)?.clerkId).toBe('c2');
    expect(keeperOf({ ...her, lastClerkId: 'c3' }, clerks, true)?.clerkId).toBe('c3');
    expect(keeperOf(her, clerks, true)).toBeNull();
    expect(keeperOf(her, clerks, false)).toEqual(keeperOf(her, clerks, false));
    expect(keeperOf(her, clerks, false)?.branchId).toBe('B1');
    expect(keeperOf({ ...her, homeBranchId: 'B9' }, clerks, false)).toBeNull();
    // Her own clerk is away: for a greeting nobody else goes over that head, for a birthday somebody does.
    expect(keeperOf({ ...her, ownerClerkId: 'gone', lastClerkId: 'c1' }, clerks, true)).toBeNull();
    expect(keeperOf({ ...her, ownerClerkId: 'gone', lastClerkId: 'c1' }, clerks, false)?.clerkId).toBe('c1');
  });
});

describe('on the list', () => {
  it('what is everybody’s stands behind every recall, what is hers among them', () => {
    const place = (occasion: CareReason['occasion'], value: 'high' | 'low') =>
      carePriority({ care: reason(occasion), value, urged: false, dueOn: TODAY }, TODAY).score;
    const coldest = priorityOf(
      {
        lifecycle: 'lost',
        value: 'low',
        urged: false,
        dueOn: TODAY,
        claimedUnused: false,
        openedUnclaimed: false,
        lastPaidOn: null,
      },
      TODAY,
    ).score;
    expect(place('festival', 'high')).toBeLessThan(coldest);
    expect(place('memberDay', 'high')).toBeLessThan(coldest);
    expect(place('refill', 'low')).toBeGreaterThan(coldest);
    expect(place('unpaid', 'low')).toBeGreaterThan(place('browse', 'high'));
  });

  it('every occasion says in one true sentence why, before, on and after its day', () => {
    for (const occasion of CARE_OCCASIONS) {
      const care = reason(occasion, { about: '奶粉', amount: 300 });
      for (const today of [TODAY, care.on, addDays(care.on, 5)]) {
        expect(careWhy(care, today)).not.toMatch(/null|undefined|NaN/);
      }
    }
    expect(careWhy(reason('birthday'), TODAY)).toBe('3天后（3月21日）生日，送一句祝福');
    expect(careWhy(reason('birthday'), addDays(TODAY, 3))).toBe('今天（3月21日）生日，送一句祝福');
    expect(careWhy(reason('refill', { about: '奶粉' }), addDays(TODAY, 5))).toContain('3月21日就该用完');
  });

  it('every occasion has a script that needs no gift, for members who have bought and of any coldness', () => {
    for (const occasion of CARE_OCCASIONS) {
      const care = reason(occasion, { about: occasion === 'level' ? '金卡会员' : '奶粉', amount: 300 });
      for (const lifecycle of [
        'orderUnpaid',
        'active',
        'oneOrderOnly',
        'drowsy',
        'dormant',
        'lost',
      ] as const) {
        const [best] = chooseScripts(
          careScripts(STARTER_SCRIPTS, care),
          {
            lifecycle: careLifecycle(care, lifecycle, 'awake'),
            value: 'low',
            values: { 称呼: '王姐', 导购: '小梅', 门店: '东湖店', 爱买: '奶粉', ...careBlanks(care) },
            received: [],
            urgencyAllowed: false,
            hasOffer: false,
            memberId: 'M1',
            occasions: [occasion === 'browse' ? 'looked' : occasion === 'level' ? 'levelKeep' : occasion],
            purposes: ['care', 'knowledge'],
          },
          1,
        );
        expect([occasion, lifecycle, best?.missing]).toEqual([occasion, lifecycle, []]);
      }
    }
  });
});

describe('the name of a reason', () => {
  it('holds no colon and tells its occasion, whatever stands in it', () => {
    for (const odd of ['奶粉/辅食', 'a:b', '．。 ', '奶'.repeat(80), '']) {
      const cycle = cycleOf('refill', odd, '2026-03-18');
      expect(cycle).toMatch(/^[\p{L}\p{N}_.-]{1,110}$/u);
      expect(occasionOf(`${cycle}:M:1`)).toBe('refill');
    }
    expect(cycleOf('refill', 'a/b')).not.toBe(cycleOf('refill', 'a-b'));
    expect(occasionOf('spring:M1')).toBeNull();
  });
});

describe('the settings', () => {
  it.each([
    [{}, null],
    [{ memberDays: [25] }, null],
    [{ memberDays: [0] }, '1 到 31'],
    [{ memberDays: [25, 25] }, '两次'],
    [{ memberDays: [1, 2, 3, 4, 5, 6, 7] }, '最多'],
    [{ clerkDaily: 0 }, '每天的关怀'],
    [{ daysAhead: { ...DEFAULT_CARE.daysAhead, level: 31 } }, '提前的天数'],
  ])('%j: %s', (change, fault) => {
    const found = careFault({ ...DEFAULT_CARE, ...change });
    if (fault === null) expect(found).toBeNull();
    else expect(found).toContain(fault);
  });
});
