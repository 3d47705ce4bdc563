import type { Day } from '../kernel/day';
import { refuse, done } from '../kernel/result';
import type { Result } from '../kernel/result';
import { boughtIn } from './pasted/bought';
import { phonesIn } from './pasted/phones';
import { whenIn } from './pasted/when';

/** One line of a list somebody typed or pasted, as it was understood. */
export interface PastedRow {
  /** line of the text, from 1 */
  row: number;
  /** how she is called; empty when the line gives only a phone */
  name: string;
  /** eleven digits; null when the line has none */
  phone: string | null;
  /** the day, or the last day of the month, she is said to have bought last; null when the line does not say */
  lastPaidOn: Day | null;
  /** what she bought, as the line says it */
  bought: string | null;
  /** words of the line that were not understood, to be shown beside it; missing when all were */
  unread?: string;
}

export interface Pasted {
  rows: PastedRow[];
  refused: { row: number; reason: string }[];
}

const LONGEST_LINE = 200;
const LONGEST_BOUGHT = 60;
const LABELS =
  /(?:姓名|称呼|名字|顾客|客户|会员名?|联系电话|电话号?码?|手机号?码?|联系方式|tel|phone|mobile)\s*[::]/gi;
const HEADER =
  /^(?:序号|编号|姓名|称呼|名字|顾客|客户|会员|手机号?码?|电话号?码?|联系方式|上次|最近|最后|一次|购买|消费|到店|时间|日期|商品|产品|买过?什么|备注|内容|[\s,;|/])+$/;
/** Words that say nothing by themselves once the time and the goods are taken out. */
const SMALL_TALK =
  /(?:上一?次|最近一次|最近|最后一次|最后|之前|以前|曾经?|已经|大概|大约|好像|左右|来过了?|来的|来了?|到过店|到店|光顾过?|进店|过来|就|有|都|又|还|没了?|了|过|的)(?=$|[\s,;。!|])/g;
/** Not a name, whatever it looks like. */
const NO_NAME =
  /^(?:上一?次|最近|大概|大约|好像|已经|有|都|又|还|没|来|过|了|的|看了?看?|问了?价?|老客户?|客户|顾客|会员)$/;
const A_NAME = /^\p{L}[\p{L}\p{N}·.'\u00a0-]{0,19}$/u;

/**
 * Reads a list that somebody keeps in her phone, one customer a line. Nothing is invented: what a line does not say for
 * certain is null, and the words that were not understood are handed back beside it. Of words that span several days (a
 * month, a year) the last one counts, so that nobody is called colder than she is said to be; 来过 counts as a purchase,
 * as shops speak. A blank line is passed over; a line without a name and without a phone is refused with its number.
 *
 * @param today bounds every day: a month that still runs means today, and a month without a year is the newest begun
 * @example readPasted('王姐 13800001234 上次3月买过奶粉', day('2025-05-01')).rows
 * // → [{ row: 1, name: '王姐', phone: '13800001234', lastPaidOn: '2025-03-31', bought: '奶粉' }]
 */
export function readPasted(text: string, today: Day): Pasted {
  const pasted: Pasted = { rows: [], refused: [] };
  for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
    const plain = line
      .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
      .normalize('NFKC')
      .trim();
    if (plain === '') continue;
    const row = at + 1;
    const read = readLine(plain, row, today);
    if (read.ok) pasted.rows.push(read.value);
    else pasted.refused.push({ row, reason: read.failure });
  }
  return pasted;
}

function readLine(line: string, row: number, today: Day): Result<PastedRow, string> {
  if (line.length > LONGEST_LINE) return refuse(`这一行太长，最多${LONGEST_LINE}个字，请一位顾客写一行`);
  if (HEADER.test(line)) return refuse('这一行像是表头，没有导入');
  const numberless = line.replace(LABELS, ' ').replace(/^\s*\d{1,4}\s*[.、)](?!\d)\s*/, '');
  const { phones, rest: phoneless } = phonesIn(numberless);
  if (phones.length > 1) return refuse('这一行有两个手机号，请一位顾客写一行');
  const when = whenIn(phoneless, today);
  const goods = boughtIn(when.rest);
  const { name, unread } = nameIn(goods.rest);
  const phone = phones[0] ?? null;
  if (name === '' && phone === null) {
    return refuse('没有找到称呼和手机号，请写成“王姐 13800001234 上次3月买过奶粉”这样');
  }
  const lastPaidOn = goods.denied === null ? when.on : null;
  const strange = [...when.unclear, ...(goods.denied === null ? [] : [goods.denied]), ...unread].join(' ');
  return done({
    row,
    name,
    phone,
    lastPaidOn,
    bought: goods.what?.slice(0, LONGEST_BOUGHT) ?? null,
    ...(strange === '' ? {} : { unread: strange }),
  });
}

/** The first words that can be a name; the others were not understood. */
function nameIn(text: string): { name: string; unread: string[] } {
  // Blanks within a foreign name hold it together.
  const whole = text.replace(/([a-z]) (?=[a-z])/gi, '$1\u00a0');
  const talkless = whole.replace(SMALL_TALK, ' ');
  const words = talkless.split(/[ \t,;。!?、|/:()~]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const at = words.findIndex((word) => A_NAME.test(word) && !NO_NAME.test(word));
  return {
    name: (words[at] ?? '').replace(/\u00a0/g, ' '),
    unread: words.filter((_, i) => i !== at).map((word) => word.replace(/\u00a0/g, ' ')),
  };
}
