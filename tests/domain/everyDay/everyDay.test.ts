import { generateChain } from '../../../devkit/demo/chain';
import { addDays, day } from '../../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { TierRules } from '../../../miniprogram/domain/membership/types';
import { cdnow, completeJourney } from './realBooks';
import { liveThrough } from './shop';
import type { Book } from './shop';

jest.setTimeout(300_000);
/** `LIVED_MEMBERS=250` lives through it with more. */
const MEMBERS = Number(process.env['LIVED_MEMBERS'] ?? 100);
const TODAY = day('2026-03-18');
const realData = process.env['HUITOU_REAL_DATA'];
const byMoney: TierRules = {
  ...rulesOf('retail', 1),
  value: { by: 'annualSpend', highFen: 200_000, midFen: 50_000 },
};

function demoBooks(members: number): Book[] {
  const demo = generateChain(7, TODAY, members);
  const books = new Map(
    demo.members.map(({ _id, visitDays }): [string, Book] => [
      _id,
      { memberId: _id, orders: [], visits: visitDays },
    ]),
  );
  for (const order of demo.orders) books.get(order.memberId)?.orders.push(order);
  return [...books.values()];
}

describe('placing only members who are due, or to whom something happened, is placing everybody anew', () => {
  it('on every day of the demo chain’s year and a half, with value by frequency', () => {
    const lived = liveThrough(demoBooks(MEMBERS), rulesOf('retail', 1), addDays(TODAY, -540), TODAY);
    expect(lived.differences).toEqual([]);
    expect(lived.days).toBe(541);
    expect(lived.movedByCalendar).toBeGreaterThan(MEMBERS);
    expect(lived.movedByEvent).toBeGreaterThan(MEMBERS * 2);
  });

  it('on every day of it, with value by annual spend and the quick rhythm of a convenience shop', () => {
    const rules = { ...rulesOf('daily', 1), value: byMoney.value };
    const lived = liveThrough(demoBooks(MEMBERS), rules, addDays(TODAY, -540), TODAY);
    expect(lived.differences).toEqual([]);
    expect(lived.movedByCalendar).toBeGreaterThan(MEMBERS * 2);
  });
});

(realData ? describe : describe.skip)('so it is with members nobody invented', () => {
  it('on every day of a year of groceries', () => {
    const lived = liveThrough(
      completeJourney(realData ?? ''),
      rulesOf('daily', 1),
      day('2017-01-01'),
      day('2018-01-31'),
    );
    expect(lived.members).toBe(2377);
    expect(lived.differences).toEqual([]);
  });

  it('on every day of eighteen months of a mail order shop, and of the two years in which they are lost', () => {
    const lived = liveThrough(cdnow(realData ?? ''), byMoney, day('1997-01-01'), day('1999-12-31'));
    expect(lived.members).toBe(2357);
    expect(lived.differences).toEqual([]);
  });
});
