import fc from 'fast-check';
import { addDays, addMonths, day, newestDayMonthsAgo } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { matrixOf } from '../../../miniprogram/domain/membership/matrix';
import { lifecycleOf, quietStageOf } from '../../../miniprogram/domain/membership/lifecycle';
import { placeMember, placeWith, prepare } from '../../../miniprogram/domain/membership/place';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type {
  AovCut,
  MemberFacts,
  Placement,
  TierRules,
  Value,
} from '../../../miniprogram/domain/membership/types';
import { aovOf } from '../../../miniprogram/domain/membership/value';
import { boughtOn, someDay, someMember, someRules, stranger } from '../people';

const retail = rulesOf('retail', 3);

const someCut = fc.option(
  fc
    .integer({ min: 1_000, max: 50_000 })
    .map((fen): AovCut => ({ fen, computedOn: day('2024-01-01'), members: 9 })),
);

/** The rules as the product states them, written without any of the core's shortcuts. */
function asStated(facts: MemberFacts, rules: TierRules, cut: AovCut | null, today: Day) {
  const last = facts.lastPaidOn;
  const quiet =
    last === null
      ? null
      : (rules.ladder.find((step) => addMonths(last, step.months) <= today)?.stage ?? 'awake');
  const isFresh = facts.unpaidOn !== null && addDays(facts.unpaidOn, rules.unpaidDays) > today;
  const isOnce = facts.paidOrders === 1 && last !== null && addDays(last, rules.repurchaseDays) < today;
  const whenPaid = quiet === 'awake' ? (isOnce ? 'oneOrderOnly' : 'active') : quiet;
  const lifecycle = isFresh
    ? 'orderUnpaid'
    : (whenPaid ?? (facts.visits + facts.browses > 0 ? 'visitedNoOrder' : 'prospect'));

  const end = quiet === 'awake' || last === null ? today : last;
  const within = (months: number) => facts.year.filter((one) => one.on > newestDayMonthsAgo(end, months));
  let value: Value = 'low';
  if (rules.value.by === 'frequency') {
    const often = within(rules.value.months).reduce((n, one) => n + one.orders, 0) >= rules.value.orders;
    const top = cut !== null && (aovOf(facts) ?? -1) >= cut.fen;
    value = often && top ? 'high' : often || top ? 'mid' : 'low';
  } else {
    const fen = within(12).reduce((n, one) => n + one.fen, 0);
    value = fen >= rules.value.highFen ? 'high' : fen >= rules.value.midFen ? 'mid' : 'low';
  }
  return { lifecycle, quiet, value };
}

const standing = ({ lifecycle, quiet, value }: Placement) => ({ lifecycle, quiet, value });

describe('placing a member', () => {
  it('names the rules that placed her', () => {
    expect(placeMember(stranger, retail, null, day('2025-01-01'))).toEqual({
      lifecycle: 'prospect',
      quiet: null,
      value: 'low',
      changesOn: null,
      rulesVersion: 3,
    });
  });

  it('foresees each step of someone who bought once and stays away', () => {
    const once = boughtOn('2025-08-31');
    const steps: [string, string | null][] = [];
    let today: Day | null = day('2025-08-31');
    while (today !== null) {
      const placement: Placement = placeMember(once, retail, null, today);
      steps.push([placement.lifecycle, placement.changesOn]);
      today = placement.changesOn;
    }
    expect(steps).toEqual([
      ['active', '2025-10-01'],
      ['oneOrderOnly', '2025-11-30'],
      ['drowsy', '2026-02-28'],
      ['dormant', '2026-08-31'],
      ['lost', null],
    ]);
  });

  it('keeps how quiet she is beside a fresh unpaid order', () => {
    const facts = { ...boughtOn('2024-01-01', '2024-02-01'), unpaidOn: day('2025-06-01') };
    expect(placeMember(facts, retail, null, day('2025-06-02'))).toMatchObject({
      lifecycle: 'orderUnpaid',
      quiet: 'lost',
      changesOn: '2025-06-08',
    });
  });

  it('foresees the day on which a good customer loses her third order', () => {
    const cut: AovCut = { fen: 10_000, computedOn: day('2025-01-01'), members: 9 };
    const good = boughtOn('2025-03-11', '2025-05-01', '2025-06-01');
    expect(placeMember(good, retail, cut, day('2025-06-02'))).toMatchObject({
      value: 'high',
      changesOn: '2025-06-11',
    });
    // Quiet, she is measured up to her last purchase again.
    expect(placeMember(good, retail, cut, day('2025-06-11'))).toMatchObject({
      value: 'mid',
      changesOn: '2025-09-01',
    });
    expect(placeMember(good, retail, cut, day('2025-09-01'))).toMatchObject({
      value: 'high',
      lifecycle: 'drowsy',
    });
  });

  it('foresees the day on which a frequent customer of small orders becomes an ordinary one', () => {
    const cut: AovCut = { fen: 10_001, computedOn: day('2025-01-01'), members: 9 };
    const frequent = boughtOn('2025-03-11', '2025-05-01', '2025-06-01');
    expect(placeMember(frequent, retail, cut, day('2025-06-10'))).toMatchObject({
      value: 'mid',
      changesOn: '2025-06-11',
    });
    expect(placeMember(frequent, retail, cut, day('2025-06-11'))).toMatchObject({ value: 'low' });
  });

  it('agrees with the rules as stated, whatever the member and the rules', () => {
    fc.assert(
      fc.property(someMember, someRules, someCut, ({ facts, today }, rules, cut) => {
        expect(standing(placeMember(facts, rules, cut, today))).toEqual(asStated(facts, rules, cut, today));
      }),
      { numRuns: 1500 },
    );
  });

  it('stays the same on every day until changesOn, and differs on it', () => {
    fc.assert(
      fc.property(someMember, someRules, someCut, ({ facts, today }, rules, cut) => {
        const placement = placeMember(facts, rules, cut, today);
        const until = placement.changesOn ?? addDays(today, 500);
        const here = JSON.stringify(standing(placement));
        const moved: Day[] = [];
        for (let on = today; on < until; on = addDays(on, 1))
          if (JSON.stringify(asStated(facts, rules, cut, on)) !== here) moved.push(on);
        expect(moved).toEqual([]);
        if (placement.changesOn !== null)
          expect(asStated(facts, rules, cut, placement.changesOn)).not.toEqual(standing(placement));
      }),
      { numRuns: 250 },
    );
  });

  it('gives every member the same place when one reader serves them all', () => {
    fc.assert(
      fc.property(
        fc.array(someMember, { maxLength: 6 }),
        someRules,
        someCut,
        someDay,
        (members, rules, cut, today) => {
          const placing = prepare(rules, cut, today);
          for (const { facts } of members)
            expect(placeWith(placing, facts)).toEqual(placeMember(facts, rules, cut, today));
        },
      ),
    );
  });

  it('says of lifecycle and quiet what the single questions say', () => {
    fc.assert(
      fc.property(someMember, someRules, ({ facts, today }, rules) => {
        const placement = placeMember(facts, rules, null, today);
        expect(lifecycleOf(facts, rules, today)).toBe(placement.lifecycle);
        if (facts.lastPaidOn !== null)
          expect(quietStageOf(facts.lastPaidOn, rules, today)).toBe(placement.quiet);
      }),
    );
  });
});

describe('the matrix', () => {
  it('counts every member once', () => {
    const matrix = matrixOf([
      { lifecycle: 'lost', value: 'low' },
      { lifecycle: 'lost', value: 'low' },
      { lifecycle: 'lost', value: 'high' },
      { lifecycle: 'active', value: 'mid' },
    ]);
    expect(matrix).toEqual({ lost: { low: 2, high: 1 }, active: { mid: 1 } });
  });
});
