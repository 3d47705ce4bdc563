import { day } from '../../../miniprogram/domain/kernel/day';
import { LIFECYCLES } from '../../../miniprogram/domain/membership/types';
import type { Lifecycle } from '../../../miniprogram/domain/membership/types';
import { lintDraft } from '../../../miniprogram/domain/outreach/scripts/lint';
import { blankValuesOf, blanksOf, renderScript } from '../../../miniprogram/domain/outreach/scripts/render';
import { OCCASION_WORDS } from '../../../miniprogram/domain/outreach/types';
import type { Occasion } from '../../../miniprogram/domain/outreach/types';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';

const full = blankValuesOf({
  memberName: '王小芳',
  clerkName: '小陈',
  branchName: '城西店',
  lastPaidOn: day('2025-01-31'),
  today: day('2025-08-15'),
  offerHeadline: '7折',
  validHours: 48,
  trial: '护手霜',
  festival: '中秋节',
  refill: '奶粉',
  favourite: '奶粉',
  memberDay: '25号',
});
Object.assign(full, { 活动: '试吃会', 等级: '金卡', 积分: '320' });

/** Where there is truly nothing to say; everywhere else a chain begins with something. */
const UNSAID: Partial<Record<Occasion, { lifecycles: readonly Lifecycle[]; why: string }>> = {
  invite: { lifecycles: ['orderUnpaid'], why: 'an order waits: it is talked of first' },
  care: { lifecycles: ['orderUnpaid'], why: 'the unpaid scripts are the greeting' },
  countdown: { lifecycles: ['orderUnpaid'], why: 'nobody is hurried over an order' },
  newArrival: { lifecycles: ['orderUnpaid'], why: 'she has already chosen' },
  survey: {
    lifecycles: ['orderUnpaid', 'visitedNoOrder', 'prospect'],
    why: 'she has bought nothing to speak of',
  },
  afterSales: { lifecycles: ['orderUnpaid', 'visitedNoOrder', 'prospect'], why: 'nothing was sold' },
  unpaid: { lifecycles: LIFECYCLES.filter((one) => one !== 'orderUnpaid'), why: 'no order waits' },
  browsed: { lifecycles: LIFECYCLES.filter((one) => one !== 'visitedNoOrder'), why: 'she has bought since' },
  looked: { lifecycles: ['orderUnpaid'], why: 'the order is talked of first' },
  season: { lifecycles: ['orderUnpaid'], why: 'the order is talked of first' },
  refill: { lifecycles: ['orderUnpaid', 'visitedNoOrder', 'prospect'], why: 'nothing runs out' },
  memberDay: { lifecycles: ['orderUnpaid'], why: 'the order is talked of first' },
  event: { lifecycles: ['orderUnpaid'], why: 'the order is talked of first' },
  levelKeep: {
    lifecycles: ['orderUnpaid', 'visitedNoOrder', 'prospect'],
    why: 'no level without a purchase',
  },
  points: { lifecycles: ['orderUnpaid', 'visitedNoOrder', 'prospect'], why: 'no points without a purchase' },
};

describe('the starter scripts', () => {
  it('have something to say to every lifecycle on every occasion, but where there is nothing to say', () => {
    const silent = (Object.keys(OCCASION_WORDS) as Occasion[]).flatMap((occasion) =>
      LIFECYCLES.filter(
        (lifecycle) =>
          !STARTER_SCRIPTS.some((one) => one.occasion === occasion && one.lifecycles.includes(lifecycle)),
      ).map((lifecycle) => `${occasion} ${lifecycle}`),
    );
    const known = Object.entries(UNSAID).flatMap(([occasion, { lifecycles }]) =>
      lifecycles.map((lifecycle) => `${occasion} ${lifecycle}`),
    );
    expect(silent.sort()).toEqual(known.sort());
  });

  it('say when they are better left, each in a short sentence of its own', () => {
    const said = STARTER_SCRIPTS.map(({ notFor = '' }) => notFor);
    expect(said.filter((one) => one.length < 6 || one.length > 30)).toEqual([]);
    expect(new Set(said).size).toBe(STARTER_SCRIPTS.length);
  });

  it('are read at a glance: at most 120 characters, filled', () => {
    const long = STARTER_SCRIPTS.filter((one) => renderScript(one.text, full).text.length > 120);
    expect(long.map(({ id }) => id)).toEqual([]);
  });

  const of = (lifecycle: string, tone: string) =>
    STARTER_SCRIPTS.filter((one) => one.lifecycles.some((l) => l === lifecycle) && one.tone === tone);

  it('cover the lifecycles that are worked on in all three tones', () => {
    const least = (lifecycle: string) =>
      Math.min(...['thanks', 'care', 'remind'].map((tone) => of(lifecycle, tone).length));
    expect(least('orderUnpaid')).toBe(1);
    for (const lifecycle of LIFECYCLES.filter((one) => one !== 'orderUnpaid'))
      expect([lifecycle, least(lifecycle) >= 2]).toEqual([lifecycle, true]);
  });

  it('are at least sixty, with something to say on every occasion', () => {
    expect(STARTER_SCRIPTS.length).toBeGreaterThanOrEqual(60);
    const occasions = Object.keys(OCCASION_WORDS);
    for (const occasion of occasions) {
      const found = STARTER_SCRIPTS.filter((one) => one.occasion === occasion);
      expect([occasion, found.length >= 2]).toEqual([occasion, true]);
    }
  });

  it('greet every lifecycle, whether there is an offer or not', () => {
    for (const lifecycle of LIFECYCLES) {
      const plain = STARTER_SCRIPTS.filter(
        (one) => one.lifecycles.includes(lifecycle) && !blanksOf(one.text).includes('优惠'),
      );
      expect([lifecycle, plain.length >= 2]).toEqual([lifecycle, true]);
    }
  });

  it('have an id each and lifecycles that exist', () => {
    expect(new Set(STARTER_SCRIPTS.map((one) => one.id)).size).toBe(STARTER_SCRIPTS.length);
    for (const one of STARTER_SCRIPTS) expect(LIFECYCLES).toEqual(expect.arrayContaining(one.lifecycles));
  });

  it('pass the linter when the coupon really lives that long', () => {
    for (const one of STARTER_SCRIPTS) {
      const { text, missing } = renderScript(one.text, full);
      expect(missing).toEqual([]);
      expect([one.id, lintDraft(text, { validHours: 48, stockLeft: null, placesLeft: null })]).toEqual([
        one.id,
        [],
      ]);
    }
  });

  it('hurry nobody except through the coupon’s own life', () => {
    for (const one of STARTER_SCRIPTS) {
      const { text } = renderScript(one.text, full);
      const marks = lintDraft(text, { validHours: null, stockLeft: null, placesLeft: null });
      expect([one.id, marks.length > 0]).toEqual([one.id, blanksOf(one.text).includes('有效期')]);
    }
  });

  it('call it promotion when there is an offer, and ask for a sender’s name and a reader’s', () => {
    for (const one of STARTER_SCRIPTS) {
      const blanks = blanksOf(one.text);
      if (blanks.includes('优惠')) expect([one.id, one.purpose]).toEqual([one.id, 'promo']);
      expect([one.id, blanks]).toEqual([one.id, expect.arrayContaining(['称呼'])]);
    }
  });

  it('stay short enough to be read on a phone', () => {
    for (const one of STARTER_SCRIPTS)
      expect([one.id, renderScript(one.text, full).text.length <= 100]).toEqual([one.id, true]);
  });
});
