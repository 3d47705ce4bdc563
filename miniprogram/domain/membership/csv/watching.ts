import { cellText } from './cell';
import { yearLastOf } from './moment';
import type { DateOrder } from './moment';

/** So many lines from the beginning show how a column is written. */
const SAMPLE_LINES = 200;

/** How a column of dates whose year comes last is read, and why. */
export interface OrderFound {
  order: DateOrder;
  /**
   * `days` = some number above 12 can only be a day; `both` = there are such days in both places; `habit` = nothing
   * decides, and it is read as programs that write this mark usually mean it
   */
  because: 'days' | 'both' | 'habit';
  /** a date of the column that shows it */
  example: string;
}

/** What a first reading of a file found. */
export interface Watched {
  /** the first lines, header → text */
  samples: readonly Readonly<Record<string, string>>[];
  /** header → the order of its dates, for columns that have dates with the year last */
  dateOrders: Readonly<Record<string, OrderFound>>;
}

export interface Watching {
  /** Hands in the next line. */
  see(record: Readonly<Record<string, string>>): void;
  found(): Watched;
}

interface Votes {
  mark: string;
  dayFirst: number;
  monthFirst: number;
  example: string;
  proof: Partial<Record<DateOrder, string>>;
}

/** European programs write dots and mean the day first; American ones slashes and mean the month. */
const habitOf = (mark: string): DateOrder => (mark === '.' ? 'dayFirst' : 'monthFirst');

function verdictOf({ mark, dayFirst, monthFirst, example, proof }: Votes): OrderFound {
  if (dayFirst === 0 && monthFirst === 0) return { order: habitOf(mark), because: 'habit', example };
  const order = dayFirst > monthFirst ? 'dayFirst' : 'monthFirst';
  const because = dayFirst > 0 && monthFirst > 0 ? 'both' : 'days';
  return { order, because, example: proof[order] ?? example };
}

/**
 * Watches the lines of a file go by, to find out how its dates are written: `03/05/2024` in one line can be March or
 * May, but a `03/25/2024` anywhere in the column tells. Only columns that have such dates in their first lines are
 * looked at to the end, so a long file costs little more than reading it.
 *
 * @example
 * const watching = startWatching();
 * watching.see({ 付款时间: '25/03/2024' });
 * watching.found().dateOrders // → { 付款时间: { order: 'dayFirst', because: 'days', example: '25/03/2024' } }
 */
export function startWatching(): Watching {
  const samples: Readonly<Record<string, string>>[] = [];
  const votes = new Map<string, Votes>();

  function vote(header: string, text: string): void {
    const date = yearLastOf(text);
    if (!date) return;
    const column = votes.get(header) ?? {
      mark: date.mark,
      dayFirst: 0,
      monthFirst: 0,
      example: text,
      proof: {},
    };
    votes.set(header, column);
    if (date.first > 12 === date.second > 12) return;
    const order = date.first > 12 ? 'dayFirst' : 'monthFirst';
    column[order] += 1;
    column.proof[order] ??= text;
  }

  return {
    see(record) {
      if (samples.length < SAMPLE_LINES) {
        samples.push(record);
        for (const [header, cell] of Object.entries(record)) vote(header, cellText(cell));
      } else for (const header of votes.keys()) vote(header, cellText(record[header]));
    },
    found: () => ({
      samples,
      dateOrders: Object.fromEntries([...votes].map(([header, column]) => [header, verdictOf(column)])),
    }),
  };
}

/**
 * The order of dates for each of our columns, from what was found under its header; what a person decided comes first.
 *
 * @example ordersOfDates({ paidAt: '付款时间' }, watched.dateOrders, null) // → { paidAt: 'dayFirst' }
 */
export function ordersOfDates(
  columns: Readonly<Record<string, string | undefined>>,
  found: Watched['dateOrders'],
  decided: DateOrder | null,
): Partial<Record<string, DateOrder>> {
  const orders: Partial<Record<string, DateOrder>> = {};
  for (const [column, header] of Object.entries(columns)) {
    const order = header === undefined ? undefined : found[header];
    if (order) orders[column] = decided ?? order.order;
  }
  return orders;
}
