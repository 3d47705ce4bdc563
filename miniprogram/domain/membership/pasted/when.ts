import { addDays, addMonths, startOf } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import { dayOfDate, latestDate, latestMonth, monthsEnd, yearOf, yearsEnd } from './calendar';
import { NUMERAL, numeralOf } from './numerals';

/** A way of saying when. `read` answers null for words that name no day for certain. */
interface Way {
  said: RegExp;
  read(parts: readonly (string | undefined)[], today: Day): Day | null;
  /** a day of something else, a birthday or an appointment: says nothing about when she bought */
  isAside?: true;
}

/** Two groups: a year in digits, or a word for one. */
const YEAR = '(?:(\\d{4}|\\d{2})年的?|(大前年|前年|去年|今年)的?)?\\s*';
const YEARS_AGO: Record<string, number> = { 今年: 0, 去年: 1, 前年: 2, 大前年: 3 };

function saidYear(digits: string | undefined, word: string | undefined, today: Day): number | null {
  if (digits !== undefined) return Number(digits.length === 2 ? `20${digits}` : digits);
  return word === undefined ? null : yearOf(today) - (YEARS_AGO[word] ?? NaN);
}

const FESTIVALS: readonly [words: string, month: number, date: number][] = [
  ['元旦', 1, 1],
  ['五一(?!班)', 5, 1],
  ['六一(?!八)', 6, 1],
  ['(?:618|六一八)(?![\\d.元块号])', 6, 18],
  ['(?:国庆节?|十一黄金周)', 10, 1],
  ['双(?:十一|11)', 11, 11],
  ['双(?:十二|12)', 12, 12],
  ['圣诞节?', 12, 25],
];

const festival = ([words, month, date]: (typeof FESTIVALS)[number]): Way => ({
  said: new RegExp(`${YEAR}${words}`),
  read([digits, word], today) {
    const year = saidYear(digits, word, today);
    return year === null ? latestDate(month, date, today) : dayOfDate(year, month, date, today);
  },
});

/** So long before a day. Half a month is fifteen days. */
function before(today: Day, amount: number, unit: string): Day {
  if (unit === '年') return addMonths(today, -Math.round(amount * 12));
  if (unit === '月') {
    const whole = addMonths(today, -Math.floor(amount));
    return amount % 1 === 0 ? whole : addDays(whole, -15);
  }
  return addDays(today, -Math.round(unit === '周' ? amount * 7 : amount));
}

const UNIT = '(年|个?月|周|个?星期|个?礼拜|天)';
const AGO = '(?:以前|之前|前(?!年|天)|没有?(?:来|买|见|到店|消费|下单|光顾|回来)过?了?)';
const unitOf = (text: string): string => text.replace('个', '').replace(/星期|礼拜/, '周');

const WEEKDAYS = '一二三四五六日';
/** Monday of the week a day is in. */
const mondayOf = (on: Day): Day => addDays(on, -((new Date(startOf(on, 8)).getUTCDay() + 6) % 7));

const NEVER: Way['read'] = () => null;

/**
 * The ways people say when, the more particular first: what one has read the next no longer sees. Words that may mean
 * several days (春节, 年底, 3、4月) are read as null, and are in front so that no other way makes a day of a part of them.
 */
const WAYS: readonly Way[] = [
  { said: /[\d年月日号/.-]+(?:的?生日|出生|生的|要来|会来)/, read: NEVER, isAside: true },
  {
    said: /(?:生日|预产期|出生(?:日期)?|预约|约了|约好)\s*[:是在]?\s*[\d年月日号/.一二三四五六七八九十-]*/,
    read: NEVER,
    isAside: true,
  },
  { said: /(?:明年|明天|后天|下下?个?(?:月|周|星期|礼拜))\S*/, read: NEVER, isAside: true },
  { said: /(?:快|近|将近|差不多|不到|大|小)(?:半|一)个?[年月]\S{0,4}/, read: NEVER },
  { said: /(?:好几|几|多)个?(?:年|月|周|星期|礼拜|天)(?:以前|之前|前|没\S{1,3})?/, read: NEVER },
  { said: /(?:很久|好久|很长时间|早就)(?:以前|之前|没\S{1,3})?/, read: NEVER },
  {
    said: new RegExp(`(${NUMERAL})(?:个(半)月|${UNIT}(半)?)多?${AGO}`),
    read([count = '', halfMonth, unit = '月', half], today) {
      const amount = numeralOf(count) + ((halfMonth ?? half) ? 0.5 : 0);
      return amount > 0 && amount < 500 ? before(today, amount, unitOf(unit)) : null;
    },
  },
  {
    said: new RegExp(`(半)${UNIT}多?${AGO}`),
    read: ([, unit = ''], today) => before(today, 0.5, unitOf(unit)),
  },
  {
    said: new RegExp(
      `${YEAR}(?:\\d{1,2}|[一二三四五六七八九十])\\s*(?:[、~到至或和—-])\\s*(?:\\d{1,2}|[一二三四五六七八九十]+)月份?`,
    ),
    read: NEVER,
  },
  {
    said: new RegExp(
      `${YEAR}(?:春节|过年|年前|年后|年初|年中|年底|年末|元宵|中秋|端午|七夕|重阳|情人节|母亲节|(?:上|下)半年|[春夏秋冬](?:天|季)|暑假|寒假|暑期)`,
    ),
    read: NEVER,
  },
  {
    said: /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)[日号]?/,
    read: ([year, month, date], today) => dayOfDate(Number(year), Number(month), Number(date), today),
  },
  {
    said: /(20\d{2})([01]\d)([0-3]\d)(?!\d)/,
    read: ([year, month, date], today) => dayOfDate(Number(year), Number(month), Number(date), today),
  },
  ...FESTIVALS.map(festival),
  {
    said: new RegExp(
      `${YEAR}(${NUMERAL})月(?!龄|大|嫂|饼|子|卡)份?(?:(${NUMERAL})(?:[日号]|(?![\\d\\p{L}])|(?=[买来到拿购])))?`,
      'u',
    ),
    read([digits, word, monthSaid = '', dateSaid], today) {
      const year = saidYear(digits, word, today);
      const month = numeralOf(monthSaid);
      if (dateSaid === undefined) {
        return year === null ? latestMonth(month, today) : monthsEnd(year, month, today);
      }
      const date = numeralOf(dateSaid);
      return year === null ? latestDate(month, date, today) : dayOfDate(year, month, date, today);
    },
  },
  {
    said: /(\d{4})[-/.](\d{1,2})(?![\d/.-])/,
    read: ([year, month], today) => monthsEnd(Number(year), Number(month), today),
  },
  {
    said: new RegExp(`(上上|上|这|本)个?月(?:(${NUMERAL})[日号])?`),
    read([which = '', dateSaid], today) {
      const back = { 上上: 2, 上: 1 }[which] ?? 0;
      const then = addMonths(`${today.slice(0, 8)}01` as Day, -back);
      const [year, month] = [yearOf(then), Number(then.slice(5, 7))];
      return dateSaid === undefined
        ? monthsEnd(year, month, today)
        : dayOfDate(year, month, numeralOf(dateSaid), today);
    },
  },
  {
    said: new RegExp(`(上上|上|这|本)个?(?:周|星期|礼拜)([${WEEKDAYS}天])?`),
    read([which = '', weekday], today) {
      const monday = addDays(mondayOf(today), -7 * ({ 上上: 2, 上: 1 }[which] ?? 0));
      const at = weekday === undefined ? 6 : WEEKDAYS.indexOf(weekday.replace('天', '日'));
      const on = addDays(monday, at);
      return on <= today ? on : weekday === undefined ? today : null;
    },
  },
  {
    said: /(大前天|前天|昨天|昨日|昨晚|今天|今日|今早|刚刚|刚才)/,
    read([which = ''], today) {
      const back = { 大前天: 3, 前天: 2, 昨天: 1, 昨日: 1, 昨晚: 1 }[which] ?? 0;
      return addDays(today, -back);
    },
  },
  {
    said: /(?:(\d{4})年|(大前年|前年|去年))/,
    read: ([digits, word], today) => yearsEnd(saidYear(digits, word, today) ?? NaN, today),
  },
  { said: /今年/, read: NEVER },
];

/** Month and date alone, `3/5`: only where nothing else stands around it, for it may be a share or an amount. */
const BARE: Way = {
  said: /(?:^|[\s,;。|])(\d{1,2})[/.](\d{1,2})(?=$|[\s,;。|])/,
  read: ([month, date], today) => latestDate(Number(month), Number(date), today),
};

export interface When {
  /** the latest day that is named; null when none is, or when something is said that may be another */
  on: Day | null;
  /** the text without what was understood as a time */
  rest: string;
  /** times that name no day for certain or are about something else, as they were written */
  unclear: string[];
}

/**
 * Takes the times out of a line.
 *
 * @param text in NFKC
 * @example whenIn('上次3月买过奶粉', day('2025-03-05')) // → { on: '2025-03-05', rest: '上次 买过奶粉', unclear: [] }
 * @example whenIn('去年春节来过', day('2025-03-05')) // → { on: null, rest: ' 来过', unclear: ['去年春节'] }
 */
export function whenIn(text: string, today: Day): When {
  const days: Day[] = [];
  const unclear: string[] = [];
  let isCertain = true;
  let rest = text;
  for (const { said, read, isAside = false } of [...WAYS, BARE]) {
    for (let match = said.exec(rest); match; match = said.exec(rest)) {
      const on = read(match.slice(1), today);
      if (on === null) unclear.push(match[0].trim());
      else days.push(on);
      isCertain &&= on !== null || isAside;
      rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    }
  }
  const latest = days.reduce<Day | null>((last, on) => (last === null || on > last ? on : last), null);
  return { on: isCertain ? latest : null, rest, unclear };
}
