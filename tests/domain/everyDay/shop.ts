import { isDeepStrictEqual } from 'node:util';
import { addDays, dayOf, endOf } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { factsOf, NO_FACTS } from '../../../miniprogram/domain/membership/facts';
import { orderAsOf } from '../../../miniprogram/domain/membership/history/orderAsOf';
import { placeWith, prepare } from '../../../miniprogram/domain/membership/place';
import type { Placing } from '../../../miniprogram/domain/membership/place';
import type {
  AovCut,
  MemberFacts,
  OrderFact,
  Placement,
  TierRules,
} from '../../../miniprogram/domain/membership/types';
import { aovCutOf } from '../../../miniprogram/domain/membership/value';

/** Everything that ever happened to one member. */
export interface Book {
  memberId: string;
  orders: OrderFact[];
  visits: Day[];
}

/** How a simulation went, for the test's sentence. */
export interface Compared {
  days: number;
  members: number;
  /** placements compared, and of those the ones that only the calendar had moved that day */
  compared: number;
  movedByCalendar: number;
  movedByEvent: number;
  /** `member on day` of each difference */
  differences: string[];
}

interface Kept {
  facts: MemberFacts;
  placement: Placement;
}

/** A new cut-off once a week, as the nightly timer does it. */
const CUT_HOLDS_DAYS = 7;

/** On which days something happened to her, oldest first. */
function eventDays({ orders, visits }: Book): Day[] {
  const days = new Set(visits);
  for (const order of orders) {
    for (const at of [order.createdAt, order.paidAt, order.cancelledAt]) if (at != null) days.add(dayOf(at));
    for (const { at } of order.refunds ?? []) days.add(dayOf(at));
  }
  return [...days].sort();
}

function factsOn(book: Book, on: Day): MemberFacts {
  const known = book.orders.flatMap((order) => orderAsOf(order, endOf(on)) ?? []);
  return factsOf(
    known,
    book.visits.filter((visit) => visit <= on),
  );
}

const isSame = (kept: Kept, placement: Placement): boolean =>
  kept.placement.lifecycle === placement.lifecycle &&
  kept.placement.value === placement.value &&
  kept.placement.quiet === placement.quiet &&
  kept.placement.changesOn === placement.changesOn;

/**
 * Everybody anew from all her orders. What she has done by a day stays the same until something happens to her again, so
 * it is read from the books once for each of her days; on the last day of a month it is read for everybody all the same.
 */
function rebuilder(books: readonly Book[], daysOf: readonly Day[][]): (at: number, on: Day) => MemberFacts {
  const known = books.map(() => ({ seen: -1, facts: NO_FACTS }));
  return (at, on) => {
    const [book, days, one] = [books[at], daysOf[at], known[at]];
    if (!book || !days || !one) return NO_FACTS;
    const seen = days.filter((each) => each <= on).length;
    if (seen !== one.seen || addDays(on, 1).endsWith('-01')) {
      one.seen = seen;
      one.facts = factsOn(book, on);
    }
    return one.facts;
  };
}

/**
 * Lives through every day from `from` to `to` twice. Once as the product does: in the night it reads only members whose
 * `changesOn` has come, in the day only those to whom something happened. And once from scratch. What stands in the
 * evening is compared, member by member.
 */
export function liveThrough(books: readonly Book[], rules: TierRules, from: Day, to: Day): Compared {
  const result: Compared = {
    days: 0,
    members: books.length,
    compared: 0,
    movedByCalendar: 0,
    movedByEvent: 0,
    differences: [],
  };
  let cut: AovCut | null = null;
  let placing: Placing = prepare(rules, cut, from);
  const kept = books.map((book): Kept => {
    const facts = factsOn(book, addDays(from, -1));
    return { facts, placement: placeWith(placing, facts) };
  });
  const equal = books.map((): [MemberFacts, MemberFacts] => [NO_FACTS, NO_FACTS]);
  const daysOf = books.map(eventDays);
  const rebuilt = rebuilder(books, daysOf);
  const happened = new Map<Day, number[]>();
  for (const [at, days] of daysOf.entries()) {
    for (const on of days) happened.set(on, [...(happened.get(on) ?? []), at]);
  }

  for (let on = from; on <= to; on = addDays(on, 1)) {
    placing = prepare(rules, cut, on);
    for (const one of kept) {
      if (one.placement.changesOn === null || one.placement.changesOn > on) continue;
      one.placement = placeWith(placing, one.facts);
      result.movedByCalendar += 1;
    }
    if (result.days % CUT_HOLDS_DAYS === 0 && rules.value.by === 'frequency') {
      cut = aovCutOf(
        kept.flatMap(({ facts }) => facts.aovFen ?? []),
        rules.value.topShare,
        on,
      );
      placing = prepare(rules, cut, on);
      for (const one of kept) one.placement = placeWith(placing, one.facts);
    }
    for (const at of happened.get(on) ?? []) {
      const [book, one] = [books[at], kept[at]];
      if (!book || !one) continue;
      one.facts = factsOn(book, on);
      one.placement = placeWith(placing, one.facts);
      result.movedByEvent += 1;
    }

    for (const [at, one] of kept.entries()) {
      const facts = rebuilt(at, on);
      const known = equal[at];
      // Two objects that were found equal before are not looked into again.
      const isEqual = (known?.[0] === one.facts && known[1] === facts) || isDeepStrictEqual(one.facts, facts);
      if (isEqual) equal[at] = [one.facts, facts];
      result.compared += 1;
      if (!isEqual || !isSame(one, placeWith(placing, facts))) {
        result.differences.push(`${books[at]?.memberId ?? ''} on ${on}`);
      }
    }
    result.days += 1;
  }
  return result;
}
