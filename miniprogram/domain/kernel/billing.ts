import { addDays, day } from './day';
import type { Day } from './day';
import type { Fen } from './fen';

/** What the functions of one day asked of the service; every figure but the timers' is drawn, see `Usage` in the store. */
export interface UsedOn {
  on: Day;
  /** function calls */
  calls: number;
  /** of these, how many ended in a bug of ours */
  failed: number;
  databaseReads: number;
  databaseWrites: number;
  /** milliseconds that functions ran */
  ms: number;
}

/**
 * Prices of CloudBase used as one goes (按量计费), in yuan: 10,000 reads and writes of the document database, 10,000 function calls,
 * a GB-second. Source: the worked example of Tencent's 推荐购买说明 (tencentyun/qcloud-documents, 应用服务平台/购买指南: 6 million reads
 * 9 yuan, 3 million writes 15 yuan, 400,000 GBs 44.43 yuan), and its list price of function calls. A package has other prices, and
 * these change: what comes of them is an estimate, without storage and traffic.
 */
export const PRICES = {
  databaseReads: 0.015 / 10_000,
  databaseWrites: 0.05 / 10_000,
  calls: 0.0133 / 10_000,
  gigabyteSecond: 0.00011108,
} as const;
/** Memory of our functions; `config.json` of each says 256 MB. */
const GIGABYTES = 0.25;

/** @returns fen, with fractions: a day may cost less than one */
export function costOf({ calls, databaseReads, databaseWrites, ms }: Omit<UsedOn, 'on' | 'failed'>): number {
  const yuan =
    calls * PRICES.calls +
    databaseReads * PRICES.databaseReads +
    databaseWrites * PRICES.databaseWrites +
    (ms / 1000) * GIGABYTES * PRICES.gigabyteSecond;
  return yuan * 100;
}

export interface Forecast {
  /** this month so far */
  soFarFen: Fen;
  /** this month until its end, when the days left are as the last seven whole ones were */
  monthFen: Fen;
  /** whole days that the mean rests on; 0 = there is none yet, and today stands for the rest */
  days: number;
}

const MEAN_DAYS = 7;

/**
 * What the month will cost if it goes on like this: what it cost so far, and for each day left the mean of the last seven whole
 * days that were counted. What is left of today costs what today falls short of that mean.
 *
 * @param used any order; days that are missing cost nothing
 */
export function forecastOf(used: readonly UsedOn[], today: Day): Forecast {
  const cost = new Map(used.map((one) => [one.on, costOf(one)]));
  const month = today.slice(0, 7);
  const soFar = used.reduce((sum, one) => sum + (one.on.startsWith(month) ? costOf(one) : 0), 0);
  const last = Array.from({ length: MEAN_DAYS }, (_, n) => cost.get(addDays(today, -1 - n)));
  const counted = last.filter((one): one is number => one !== undefined);
  const ofToday = cost.get(today) ?? 0;
  const mean = counted.length === 0 ? ofToday : counted.reduce((sum, one) => sum + one, 0) / counted.length;
  const daysLeft = daysOfMonth(today) - Number(today.slice(8));
  const monthFen = soFar + Math.max(0, mean - ofToday) + mean * daysLeft;
  return { soFarFen: Math.round(soFar), monthFen: Math.round(monthFen), days: counted.length };
}

/** @example daysOfMonth(day('2024-02-05')) // → 29 */
function daysOfMonth(on: Day): number {
  const inNext = addDays(day(`${on.slice(0, 7)}-28`), 4);
  return Number(addDays(day(`${inNext.slice(0, 7)}-01`), -1).slice(8));
}
