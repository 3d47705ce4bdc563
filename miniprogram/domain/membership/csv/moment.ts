import { DAY_MS, day, parseDay, startOf } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';

/** Before 1992 Shanghai kept summer time; nothing that old is an order. */
const FIRST_YEAR = 1992;
const LAST_YEAR = 2099;
/** Excel counts days from here (its 1900 leap-year mistake included). */
const EXCEL_DAY_ZERO = startOf(day('1899-12-30'));

const DATE =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))/;
const CLOCK =
  /^[T ]*(上午|下午|AM|PM)? ?(\d{1,2})(?::|时|点)(\d{1,2})(?:(?::|分)(?:(\d{1,2})(?:\.\d+)?秒?)?)? ?(AM|PM)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?$/i;
const PACKED_CLOCK = /^(\d{2})(\d{2})(\d{2})$/;
const EXCEL_SERIAL = /^\d{5}(?:\.\d+)?$/;
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/;

/** How a column writes dates whose year comes last: `5/3/2024` is 5 March, or 3 May. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/**
 * The two numbers before a year that comes last, and what stands between them; null where the year comes first or
 * there is no date.
 *
 * @example yearLastOf('13.5.2024 14:05') // → { first: 13, second: 5, mark: '.' }
 */
export function yearLastOf(text: string): { first: number; second: number; mark: string } | null {
  const match = YEAR_LAST.exec(text);
  return match && { first: Number(match[1]), second: Number(match[3]), mark: match[2] ?? '' };
}

interface SplitDay {
  on: Day;
  rest: string;
}

/** A file names some hundred days a million times; naming one takes longer than finding it again. */
const DAYS_BY_TEXT = new Map<string, Day | null>();
const MOST_DAYS = 10_000;

function dayOfParts(y: string, m: string, d: string): Day | null {
  const text = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const known = DAYS_BY_TEXT.get(text);
  if (known !== undefined) return known;
  const on = parseDay(text);
  if (DAYS_BY_TEXT.size < MOST_DAYS) DAYS_BY_TEXT.set(text, on);
  return on;
}

/** The calendar day a text begins with, and what follows it. */
function splitDay(text: string, order: DateOrder | null): SplitDay | null {
  const match = DATE.exec(text) ?? (order === null ? null : YEAR_LAST.exec(text));
  if (!match) return null;
  const parts = match.slice(1).filter((part) => part !== undefined);
  let [y, m, d] = parts;
  if (parts.length === 4) {
    [m, , d, y] = parts;
    if (order === 'dayFirst') [m, d] = [d, m];
  }
  const on = dayOfParts(y ?? '', m ?? '', d ?? '');
  return on === null ? null : { on, rest: text.slice(match[0].length) };
}

/** Full-width forms become plain ones; most dates are plain already. */
const plainOf = (text: string): string =>
  /^[!-~]+(?: [!-~]+)*$/.test(text) ? text : text.normalize('NFKC').trim().replace(/\s+/g, ' ');

const withinYears = (on: Day): boolean => on >= `${FIRST_YEAR}` && on < `${LAST_YEAR + 1}`;

/** Hours, minutes and seconds as milliseconds of the day; null when no clock shows them. */
function clockMs(hour: number, minute: number, second: number): Ms | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function zoneMs(zone: string | undefined): Ms | null {
  if (zone === undefined) return null;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return 0;
  const ms = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
  return match[1] === '-' ? -ms : ms;
}

/**
 * Reads a date or a time as shops' files write it. Without a zone it is Shanghai time, without a clock the start of
 * that business day. Excel serials are read to the second. Answers null for anything else, impossible dates, and
 * years outside 1992–2099. Of `3/5/2024` nobody can know which is the month: it is read only in the order that the
 * whole column was found to be in.
 *
 * @param order of dates whose year comes last; null = they are refused
 * @example parseMoment('2024/3/5') === startOf(day('2024-03-05')) // → true
 * @example parseMoment('2024-03-05T14:05:06Z') // → Date.UTC(2024, 2, 5, 14, 5, 6)
 * @example parseMoment('45356.5') === startOf(day('2024-03-05'), 12) // → true
 */
export function parseMoment(text: string, order: DateOrder | null = null): Ms | null {
  const plain = plainOf(text);
  if (EXCEL_SERIAL.test(plain)) {
    const at = EXCEL_DAY_ZERO + Math.round(Number(plain) * 86_400) * 1000;
    return at >= startOf(day(`${FIRST_YEAR}-01-01`)) && at < startOf(day(`${LAST_YEAR}-12-31`)) ? at : null;
  }
  const split = splitDay(plain, order);
  if (split === null || !withinYears(split.on)) return null;
  const midnight = startOf(split.on);
  if (split.rest === '') return midnight;

  const packed = PACKED_CLOCK.exec(split.rest);
  if (packed) {
    const ms = clockMs(Number(packed[1]), Number(packed[2]), Number(packed[3]));
    return ms === null ? null : midnight + ms;
  }
  const match = CLOCK.exec(split.rest);
  if (!match) return null;
  const [, before, hourText, minute, second, after, zone] = match;
  const half = (before ?? after ?? '').toUpperCase();
  let hour = Number(hourText);
  if (half !== '') {
    const isLate = half === '下午' || half === 'PM';
    if (hour > 12 && !isLate) return null;
    if (hour <= 12) hour = (hour % 12) + (isLate ? 12 : 0);
  }
  const ms = clockMs(hour, Number(minute), Number(second ?? 0));
  if (ms === null) return null;
  const offset = zoneMs(zone?.toUpperCase());
  return offset === null ? midnight + ms : Date.parse(`${split.on}T00:00:00Z`) + ms - offset;
}

/**
 * Reads a birthday: a day of any year, as `parseMoment` reads days. An Excel serial counts too.
 *
 * @example parseBirthday('1988年3月5日') // → '1988-03-05'
 */
export function parseBirthday(text: string, order: DateOrder | null = null): Day | null {
  const plain = text.normalize('NFKC').trim();
  if (EXCEL_SERIAL.test(plain)) {
    const at = Date.UTC(1899, 11, 30) + Math.floor(Number(plain)) * DAY_MS;
    return parseDay(new Date(at).toISOString().slice(0, 10));
  }
  const split = splitDay(plain, order);
  if (split === null || split.on < '1900') return null;
  return split.rest === '' || CLOCK.test(split.rest) ? split.on : null;
}
