/** What is really so at this moment; null = nothing of the kind stands behind the draft. */
export interface LiveFacts {
  /** hours a coupon lives from its claim */
  validHours: number | null;
  /** pieces left */
  stockLeft: number | null;
  /** places left */
  placesLeft: number | null;
}

/** Something in a draft that hurries the reader and is not borne out by a fact. */
export interface UrgencyHit {
  from: number;
  to: number;
  /** the same words with the true number, where there is one */
  replacement: string | null;
  sentence: string;
}

interface NumberRow {
  pattern: RegExp;
  /** what the number claims: the fact's value as it would be written there; null = no such fact */
  truth: (facts: LiveFacts) => number | null;
  isTrue?: (said: number, truth: number) => boolean;
  missing: string;
}

const N = '(\\d+|[一二两三四五六七八九十百]+)';
const LEFT = '(?:仅剩|只剩|仅有|最后|限量|剩余|还剩)(?:最后)?';
const HURRY = '(?:仅剩|只剩|还剩|最后|仅限|限时|倒计时|只管)';
const days = (hours: number | null): number | null =>
  hours === null || hours % 24 !== 0 ? null : hours / 24;

/** Each with exactly one number. No look-behind: older iPhones cannot compile it. */
const NUMBER_ROWS: readonly NumberRow[] = [
  {
    pattern: new RegExp(`${LEFT}${N}(?:件(?!事)|份|套|盒|瓶|双|条(?!建议|消息)|支|台)`, 'g'),
    truth: (facts) => facts.stockLeft,
    missing: '没有对应的真实库存',
  },
  {
    pattern: new RegExp(`${LEFT}${N}个?(?:名额|席位|位子)`, 'g'),
    truth: (facts) => facts.placesLeft,
    missing: '没有对应的真实名额',
  },
  {
    // The first 50 are still being served while some of 50 places are left.
    pattern: new RegExp(`[目之以日年月天午提]?前${N}(?:名|位|个人|人|单)`, 'g'),
    truth: (facts) => facts.placesLeft,
    isTrue: (said, left) => left > 0 && left <= said,
    missing: '没有对应的真实名额',
  },
  {
    pattern: new RegExp(`${HURRY}?${N}个?小时(?:之?内|以内|后|有效)?`, 'g'),
    truth: (facts) => facts.validHours,
    missing: '没有对应的券有效期',
  },
  {
    pattern: new RegExp(
      `${HURRY}${N}天|${N}天(?:之?内有效|之?内使用|之?内领取|[之以]?后到期|[之以]?后过期|[之以]?后失效)`,
      'g',
    ),
    truth: (facts) => days(facts.validHours),
    missing: '没有对应的券有效期',
  },
];

interface PhraseRow {
  phrases: string;
  isTrue: (facts: LiveFacts) => boolean;
  missing: string;
}

const PHRASE_ROWS: readonly PhraseRow[] = [
  {
    phrases: '手慢无 抢光 抢完 售罄 卖完就没 先到先得 数量有限 库存有限 库存不多 所剩不多',
    isTrue: (facts) => facts.stockLeft !== null,
    missing: '没有对应的真实库存',
  },
  { phrases: '名额有限', isTrue: (facts) => facts.placesLeft !== null, missing: '没有对应的真实名额' },
  {
    phrases: '今日截止 今天截止 仅限今天 仅限今日 最后一天',
    isTrue: (facts) => facts.validHours !== null && facts.validHours <= 24,
    missing: '与券的有效期不符',
  },
  {
    phrases: '最后机会 过期不候 过时不候 倒计时 马上过期 即将过期 快过期 限时优惠',
    isTrue: (facts) => facts.validHours !== null,
    missing: '没有对应的券有效期',
  },
];

const DIGIT = '一二三四五六七八九';
/** @example chineseNumber('四十八') // → 48 ; chineseNumber('50') // → 50 */
export function chineseNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  let [total, digit] = [0, 0];
  for (const c of text) {
    if (c === '十' || c === '百') {
      total += (digit || 1) * (c === '十' ? 10 : 100);
      digit = 0;
    } else digit = c === '两' ? 2 : DIGIT.indexOf(c) + 1;
  }
  return total + digit;
}

/** "停车2小时" is a fact about parking; half a day and more, or a hurrying word beside it, is a deadline. */
const isIdle = (words: string, said: number): boolean =>
  /小时$/.test(words) && /^[\d一二两三四五六七八九十百]/.test(words) && said < 12;

function numberHits(text: string, row: NumberRow, facts: LiveFacts): UrgencyHit[] {
  const hits: UrgencyHit[] = [];
  for (const match of text.matchAll(row.pattern)) {
    const [words] = match;
    const number = match.slice(1).find((group) => group !== undefined) ?? '';
    const said = chineseNumber(number);
    // 目前3人, 3天前5位: not "the first 3".
    if (/^[目之以日年月天午提]前/.test(words) || isIdle(words, said)) continue;
    const truth = row.truth(facts);
    if (truth !== null && (row.isTrue ?? ((a, b) => a === b))(said, truth)) continue;
    const to = match.index + words.length;
    if (truth === null || truth <= 0 || row.isTrue)
      hits.push({ from: match.index, to, replacement: null, sentence: `“${words}”${row.missing}，请删掉` });
    else {
      const replacement = words.replace(number, String(truth));
      hits.push({
        from: match.index,
        to,
        replacement,
        sentence: `“${words}”与实际不符，请改成“${replacement}”`,
      });
    }
  }
  return hits;
}

/** Every hurrying phrase of a text that no live fact bears out; they may overlap. */
export function urgencyHits(text: string, facts: LiveFacts): UrgencyHit[] {
  // Full-width digits become plain ones, one for one, so positions stay.
  const plain = text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const hits = NUMBER_ROWS.flatMap((row) => numberHits(plain, row, facts));
  for (const row of PHRASE_ROWS) {
    if (row.isTrue(facts)) continue;
    for (const phrase of row.phrases.split(' '))
      for (let from = plain.indexOf(phrase); from !== -1; from = plain.indexOf(phrase, from + 1))
        hits.push({
          from,
          to: from + phrase.length,
          replacement: null,
          sentence: `“${phrase}”${row.missing}，请删掉`,
        });
  }
  return hits;
}
