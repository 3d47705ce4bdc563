import { money } from '../../kernel/fen';
import { dressOf, parseAmount } from './amount';
import { cellText } from './cell';
import { ENCODING_WORDS } from './encoding';
import type { Encoding } from './encoding';
import { parseBirthday, yearLastOf } from './moment';
import type { DateOrder } from './moment';
import type { OrderFound, Watched } from './watching';

/** Something that was recognised about a file, as a person reads it before anything is sent. */
export interface Finding {
  /** what it is about, e.g. 编码 or 付款时间 */
  label: string;
  text: string;
  /** it might be otherwise: a person should look */
  isDoubtful: boolean;
}

export interface FileSeen {
  encoding: Encoding;
  separator: string;
  /** our column → header of the file */
  columns: Readonly<Record<string, string | undefined>>;
  /** our column → how it is called towards people */
  words: Readonly<Record<string, { word: string }>>;
  watched: Watched;
  /** how a person decided that dates with the year last are read; null = as found */
  decided: DateOrder | null;
}

const SEPARATOR_WORDS: Readonly<Record<string, string>> = {
  ',': '逗号',
  '\t': '制表符（Tab）',
  ';': '分号',
  '|': '竖线',
  '，': '中文逗号',
  '；': '中文分号',
  '、': '顿号',
};
const ORDER_WORDS: Record<DateOrder, string> = { dayFirst: '日在前', monthFirst: '月在前' };

const SHAPES: readonly (readonly [word: string, test: RegExp])[] = [
  ['年/月/日', /^\d{4}\/\d/],
  ['年-月-日', /^\d{4}-\d/],
  ['年.月.日', /^\d{4}\.\d{1,2}\.\d/],
  ['×年×月×日', /^\d{4}年/],
  ['8位数字', /^\d{8}(?:\d{6})?(?!\d)/],
  ['Excel 日期序号', /^\d{5}(?:\.\d+)?$/],
];

/** `2024/3/5 14:05` → 年/月/日 时:分. */
function shapeOf(text: string): string | null {
  const plain = text.normalize('NFKC');
  const shape = SHAPES.find(([, test]) => test.test(plain))?.[0];
  if (shape === undefined) return null;
  const clock = /\d{1,2}(?::|时|点)\d{1,2}(?::|分)\d/.test(plain)
    ? ' 时:分:秒'
    : /\d(?::|时|点)\d/.test(plain)
      ? ' 时:分'
      : '';
  return shape + clock;
}

/** Why such a date is read so; `turned` = because a person said so. */
function whyOf({ because, order }: OrderFound, turned: boolean): string {
  if (turned) return '，按您的选择';
  if (because === 'days') return `，因为${order === 'dayFirst' ? '第一个' : '第二个'}数大于12，只能是日`;
  if (because === 'both') return '；列里两种写法都有，多数是这样，读不通的行会被拒绝';
  return '；列里没有大于12的日可以判断，请核对';
}

/** `03/05/2024 读作2024年3月5日（月在前）` and why. */
function yearLastText(found: OrderFound, texts: readonly string[], decided: DateOrder | null): string {
  const order = decided ?? found.order;
  const turned = decided !== null && decided !== found.order;
  const readable = [found.example, ...texts].find(
    (text) => yearLastOf(text) && parseBirthday(text, order) !== null,
  );
  const example = readable ?? found.example;
  const on = parseBirthday(example, order);
  const [y, m, d] = (on ?? '').split('-').map(Number);
  const read = on === null ? '读不通' : `读作${y}年${m}月${d}日（${ORDER_WORDS[order]}）`;
  return `${example} ${read}${whyOf(found, turned)}`;
}

function dateFinding(
  word: string,
  texts: readonly string[],
  found: OrderFound | undefined,
  decided: DateOrder | null,
): Finding | null {
  const shapes = new Map<string, string>();
  for (const text of texts) {
    const shape = shapeOf(text);
    if (shape !== null && !shapes.has(shape)) shapes.set(shape, text);
  }
  const said = [...shapes].map(([shape, example]) => `${shape}，例如 ${example}`);
  if (found) said.push(yearLastText(found, texts, decided));
  if (said.length > 0) {
    const turned = decided !== null && decided !== found?.order;
    return {
      label: word,
      text: said.join('；'),
      isDoubtful: found ? found.because !== 'days' || turned : false,
    };
  }
  if (texts.length === 0) return null;
  return { label: word, text: '认不出日期的写法，请核对这一列是否对错了', isDoubtful: true };
}

function amountFinding(word: string, texts: readonly string[]): Finding | null {
  const dress = dressOf(texts);
  const dressed = texts.find((text) => dressOf([text]).length > 0) ?? texts[0];
  const fen = dressed === undefined ? null : parseAmount(dressed);
  if (dressed === undefined) return null;
  if (fen === null)
    return { label: word, text: '认不出金额的写法，请核对这一列是否对错了', isDoubtful: true };
  const how = dress.length > 0 ? `元，带${dress.join('、')}` : '元';
  return { label: word, text: `${how}，${dressed} 读作 ${money(fen)}`, isDoubtful: false };
}

const DATES = ['paidAt', 'createdAt', 'refundedAt', 'birthday', 'childBirthday'];
const AMOUNTS = ['amount', 'refunded'];

/**
 * What was recognised about a file: encoding, separator, how each column of dates and amounts is written and read.
 *
 * @example describeFile(seen)[2] // → { label: '付款时间', text: '年/月/日 时:分，例如 2024/3/5 14:05', isDoubtful: false }
 */
export function describeFile({ encoding, separator, columns, words, watched, decided }: FileSeen): Finding[] {
  const findings: (Finding | null)[] = [
    { label: '编码', text: ENCODING_WORDS[encoding], isDoubtful: false },
    { label: '分隔', text: SEPARATOR_WORDS[separator] ?? `“${separator}”`, isDoubtful: false },
  ];
  for (const [column, { word }] of Object.entries(words)) {
    const header = columns[column];
    if (header === undefined || !(DATES.includes(column) || AMOUNTS.includes(column))) continue;
    const texts = watched.samples.map((record) => cellText(record[header])).filter((text) => text !== '');
    findings.push(
      DATES.includes(column)
        ? dateFinding(word, texts, watched.dateOrders[header], decided)
        : amountFinding(word, texts),
    );
  }
  return findings.filter((finding) => finding !== null);
}

/** Whether a person's word would change how dates are read: some column writes the year last. */
export function hasYearLast(columns: FileSeen['columns'], { dateOrders }: Watched): boolean {
  return DATES.some((column) => dateOrders[columns[column] ?? ''] !== undefined);
}
