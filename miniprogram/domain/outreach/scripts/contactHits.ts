/** Something in a draft that leads the reader away from the shop: a number, an address, somebody's own account. */
export interface ContactHit {
  from: number;
  to: number;
  blocks: boolean;
  sentence: string;
}

interface ContactRow {
  /** the first group is what stands before the hit, where something must; no look-behind: older iPhones cannot compile it */
  pattern: RegExp;
  blocks: boolean;
  sentence: (words: string) => string;
}

const WECHAT = '(?:微\\s?信|薇信|威信|[vV]\\s?[xX]|[wW][xX]|[vV]信|扣扣|[qQ]{2})';
const ENDINGS =
  'com|cn|net|org|top|shop|vip|xyz|cc|me|io|link|co|app|site|store|club|info|ltd|online|tech|fun|icu|live|mobi';

const CONTACT_ROWS: readonly ContactRow[] = [
  {
    pattern: /(^|[^\d])((?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2})(?!\d)/g,
    blocks: true,
    sentence: (words) => `“${words}”是手机号，话术里不留个人号码，请删掉`,
  },
  {
    pattern: /()((?:https?:\/\/|www\.)[^\s\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]+)/gi,
    blocks: true,
    sentence: (words) => `“${words}”是外部链接，微信容易拦，顾客也不放心，请删掉；要发礼包就用礼包卡片`,
  },
  {
    pattern: new RegExp(
      `(^|[^a-z0-9.-])((?:[a-z0-9][a-z0-9-]*\\.)+(?:${ENDINGS})(?![a-z0-9])(?:/[^\\s\\u4e00-\\u9fff\\u3000-\\u303f\\uff00-\\uffef]*)?)`,
      'gi',
    ),
    blocks: true,
    sentence: (words) => `“${words}”是外部链接，微信容易拦，顾客也不放心，请删掉；要发礼包就用礼包卡片`,
  },
  {
    pattern: new RegExp(`()(${WECHAT}号?\\s?[:：是]?\\s?[a-zA-Z0-9][\\w-]{4,19})`, 'g'),
    blocks: true,
    sentence: (words) => `“${words}”是个人账号，话术里不留，请删掉`,
  },
  {
    pattern: new RegExp(`()(加(?:一下|个)?(?:我的?)?(?:个人)?${WECHAT}号?)(?![:：a-zA-Z0-9])`, 'g'),
    blocks: false,
    sentence: (words) => `“${words}”会让顾客以为换了人，建议删掉，就在现在的聊天里说`,
  },
];

/**
 * Every phone number, foreign link and private account in a draft; they may overlap. A chain's own hotline or site passes
 * when headquarters allows it as a phrase.
 *
 * @example contactHits('电话138 0000 0000').map(({ from, to }) => [from, to]) // → [[2, 15]]
 */
export function contactHits(text: string): ContactHit[] {
  // Full-width letters and digits become plain ones, one for one, so positions stay.
  const plain = text.replace(/[！-～]/g, (c) =>
    /[０-９Ａ-Ｚａ-ｚ．／]/.test(c) ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c,
  );
  return CONTACT_ROWS.flatMap(({ pattern, blocks, sentence }) =>
    [...plain.matchAll(pattern)].map((match) => {
      const from = match.index + (match[1] ?? '').length;
      const to = match.index + match[0].length;
      return { from, to, blocks, sentence: sentence(text.slice(from, to)) };
    }),
  );
}
