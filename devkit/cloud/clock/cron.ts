/** A parsed 7-field cron of the platform: second minute hour day month weekday year, in UTC+8. */
export interface Cron {
  text: string;
  fields: Set<number>[];
  /** Day and weekday both named: either one is enough, as on the platform. */
  eitherDay: boolean;
}

const RANGES: [name: string, low: number, high: number][] = [
  ['second', 0, 59],
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day', 1, 31],
  ['month', 1, 12],
  ['weekday', 0, 6],
  ['year', 1970, 2099],
];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;

/**
 * Reads a cron. Throws an Error whose message names the field that is wrong.
 *
 * @example parseCron('0 30 3 * * * *'); // every day at 03:30:00, Beijing time
 */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 7) throw new Error(`a timer's cron has 7 fields, this has ${parts.length}: ${text}`);
  const fields = parts.map((part, i) => parseField(part, i, text));
  const named = (i: number) => parts[i] !== '*' && parts[i] !== '?';
  return { text, fields, eitherDay: named(3) && named(5) };
}

function parseField(part: string, index: number, text: string): Set<number> {
  const [name, low, high] = RANGES[index] as [string, number, number];
  const wrong = () => new Error(`${name} '${part}' is not understood in cron ${text}`);
  const numberOf = (word: string): number => {
    const names = index === 4 ? MONTHS : index === 5 ? WEEKDAYS : [];
    const at = names.indexOf(word.toUpperCase());
    const value = at >= 0 ? at + (index === 4 ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : NaN;
    // Sunday may be written 7.
    const usual = index === 5 && value === 7 ? 0 : value;
    if (!(usual >= low && usual <= high)) throw wrong();
    return usual;
  };
  const values = new Set<number>();
  for (const piece of part.split(',')) {
    const [span = '', stepText] = piece.split('/');
    const step = stepText === undefined ? 1 : /^[1-9]\d*$/.test(stepText) ? Number(stepText) : NaN;
    if (Number.isNaN(step)) throw wrong();
    let [from, to] = [low, high];
    if (span !== '*' && span !== '?') {
      const ends = span.split('-');
      if (ends.length > 2) throw wrong();
      from = numberOf(ends[0] as string);
      to = ends[1] !== undefined ? numberOf(ends[1]) : stepText !== undefined ? high : from;
    }
    if (to < from) throw wrong();
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

/** The first due instant after `ms`; `undefined` when there is none before the year 2100. */
export function nextDue(cron: Cron, ms: number): number | undefined {
  return search(cron, Math.floor(ms / 1000) * 1000 + 1000, 1);
}

/** The last due instant in (`after`, `until`]; `undefined` when none falls there. */
export function lastDue(cron: Cron, after: number, until: number): number | undefined {
  const found = search(cron, Math.floor(until / 1000) * 1000, -1, after);
  return found !== undefined && found > after ? found : undefined;
}

/** Walks day by day in local time, and inside a matching day picks the time of day directly. */
function search(cron: Cron, from: number, direction: 1 | -1, floor = -Infinity): number | undefined {
  const local = from + OFFSET;
  const firstDay = Math.floor(local / DAY);
  for (let step = 0; step < 366 * 30; step++) {
    const day = firstDay + step * direction;
    if (day * DAY + DAY - OFFSET <= floor) return undefined;
    if (!dayMatches(cron, new Date(day * DAY))) continue;
    const bound = step === 0 ? local - day * DAY : direction === 1 ? 0 : DAY - 1000;
    const time = timeOfDay(cron, bound, direction);
    if (time !== undefined) return day * DAY + time - OFFSET;
  }
  return undefined;
}

function dayMatches({ fields, eitherDay }: Cron, date: Date): boolean {
  const [, , , days, months, weekdays, years] = fields as [unknown, unknown, unknown, ...Set<number>[]];
  const onDay = days?.has(date.getUTCDate()) === true;
  const onWeekday = weekdays?.has(date.getUTCDay()) === true;
  return (
    years?.has(date.getUTCFullYear()) === true &&
    months?.has(date.getUTCMonth() + 1) === true &&
    (eitherDay ? onDay || onWeekday : onDay && onWeekday)
  );
}

/** The due time of day (ms) nearest to `bound` in the direction, `bound` itself included. */
function timeOfDay({ fields }: Cron, bound: number, direction: 1 | -1): number | undefined {
  const inOrder = (field: Set<number> | undefined) => [...(field ?? [])].sort((a, b) => (a - b) * direction);
  const [seconds, minutes, hours] = [inOrder(fields[0]), inOrder(fields[1]), inOrder(fields[2])];
  for (const hour of hours) {
    for (const minute of minutes) {
      for (const second of seconds) {
        const time = ((hour * 60 + minute) * 60 + second) * 1000;
        if (direction === 1 ? time >= bound : time <= bound) return time;
      }
    }
  }
  return undefined;
}
