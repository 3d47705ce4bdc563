import fc from 'fast-check';
import { costOf, forecastOf } from '../../../miniprogram/domain/kernel/billing';
import { addDays, day } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import {
  fingerprintOf,
  isReported,
  scrubbed,
  TROUBLE_TEXT,
} from '../../../miniprogram/domain/kernel/trouble';
import { stepsOf } from '../../../miniprogram/domain/outreach/setUp';
import type { SetUpFacts } from '../../../miniprogram/domain/outreach/setUp';

describe('the words of a trouble', () => {
  it.each([
    ['王小红 13800001234 of null', '‹text› ‹digits› of null'],
    ['139-8765-4321', '‹digits›'],
    ['１３８００００１２３４', '‹digits›'],
    ['open member/gift/gift?l=abc&x=1 failed', 'open member/gift/gift?‹query› failed'],
    ['to li.min@example.com now', 'to ‹address› now'],
    ['a.js:1234:56', 'a.js:1234:56'],
    ['no 12345', 'no ‹digits›'],
  ])('%s become %s', (said, kept) => expect(scrubbed(said)).toBe(kept));

  it('never hold Chinese or five digits in a row, whatever is said, and are short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(1e12), (words, number) => {
        const kept = scrubbed(`${words}${number}张三${words}`);
        expect(kept.replace(/‹text›/g, '|')).not.toMatch(/\p{Script=Han}|[0-9]{5}/u);
        expect(kept.length).toBeLessThanOrEqual(TROUBLE_TEXT);
      }),
    );
  });

  it('are the same trouble on another line, and another of another kind', () => {
    const one = fingerprintOf('error', 'x (a.js:1:2)');
    expect(fingerprintOf('error', 'x (a.js:33:4)')).toBe(one);
    expect(fingerprintOf('call', 'x (a.js:1:2)')).not.toBe(one);
  });

  it('are reported of one failed call in four, of five kinds at most, and not of a lost network', () => {
    const call = { kind: 'call', text: 'gifts gift.open', fingerprint: 'f' };
    expect(isReported(call, new Set(), 0.249)).toBe(true);
    expect(isReported(call, new Set(), 0.25)).toBe(false);
    const error = { ...call, kind: 'error' };
    expect(isReported(error, new Set(), 0.999)).toBe(true);
    expect(isReported(error, new Set(['f']), 0)).toBe(false);
    expect(isReported(error, new Set(['1', '2', '3', '4']), 0)).toBe(true);
    expect(isReported(error, new Set(['1', '2', '3', '4', '5']), 0)).toBe(false);
    expect(isReported({ ...error, text: 'request:fail timeout' }, new Set(), 0)).toBe(false);
  });
});

describe('what the service costs', () => {
  const none = { calls: 0, databaseReads: 0, databaseWrites: 0, ms: 0 };
  it.each([
    ['6 million reads', { ...none, databaseReads: 6_000_000 }, 900],
    ['3 million writes', { ...none, databaseWrites: 3_000_000 }, 1500],
    ['400,000 GB-seconds', { ...none, ms: 400_000 * 4 * 1000 }, 4443],
  ])('is what Tencent’s own example says of %s', (_, used, fen) => {
    expect(Math.round(costOf(used))).toBe(fen);
  });

  /** a day that costs so many fen */
  const costing = (on: Day, fen: number) => ({
    on,
    ...none,
    failed: 0,
    databaseWrites: Math.round((fen / 100 / 0.05) * 10_000),
  });
  const at = day('2025-03-11');

  it('is foretold by the last seven whole days', () => {
    const used = Array.from({ length: 8 }, (_, n) => costing(addDays(at, -n), n === 0 ? 20 : 100));
    // eight days of this month so far, what today falls short of the mean, and twenty days to come
    expect(forecastOf(used, at)).toEqual({ soFarFen: 720, monthFen: 720 + 80 + 2000, days: 7 });
  });
  it('rests on today while there is no whole day', () => {
    expect(forecastOf([costing(at, 20)], at)).toEqual({ soFarFen: 20, monthFen: 420, days: 0 });
    expect(forecastOf([], at)).toEqual({ soFarFen: 0, monthFen: 0, days: 0 });
  });
  it('leaves the month before out of what is spent, and not out of the mean', () => {
    const first = day('2024-02-01');
    const used = [costing(first, 0), costing(addDays(first, -1), 100)];
    expect(forecastOf(used, first)).toEqual({ soFarFen: 0, monthFen: 2900, days: 1 });
  });
  it('is what was spent on the last day of a month, whatever comes after', () => {
    const last = day('2025-02-28');
    const used = [costing(last, 100), costing(addDays(last, -1), 100)];
    expect(forecastOf(used, last).monthFen).toBe(200);
  });
});

describe('the first steps', () => {
  const facts = fc.record<SetUpFacts>({
    name: fc.constantFrom('', ' ', '禾木'),
    rulesSaved: fc.boolean(),
    branches: fc.nat(2),
    staff: fc.nat(2),
    openInvites: fc.nat(2),
    members: fc.nat(2),
    waiting: fc.nat(1),
    launched: fc.nat(1),
    drafts: fc.nat(1),
  });
  it('have one to go on with unless all is done, and let none wait for what is done', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const steps = stepsOf(known);
        const done = new Set(steps.filter(({ state }) => state === 'done').map(({ id }) => id));
        expect(steps.filter(({ state }) => state === 'next')).toHaveLength(
          done.size === steps.length ? 0 : 1,
        );
        for (const { state, needs } of steps) {
          expect(needs !== null).toBe(state === 'waiting');
          if (needs !== null) expect(done.has(needs)).toBe(false);
        }
      }),
    );
  });
});
