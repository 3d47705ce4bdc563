/** What a message of the system is about. */
export const MESSAGE_KINDS = ['couponEnding', 'pointsEnding', 'levelEnding', 'careReminder'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
export const MESSAGE_KIND_WORDS: Record<MessageKind, string> = {
  couponEnding: '券快到期',
  pointsEnding: '积分快到期',
  levelEnding: '等级快到期',
  careReminder: '关怀提醒',
};

/** One SMS of 70 characters is one message of the operator's bill. */
export const SMS_LENGTH = 70;
/** Who gets advertising by SMS must be told how to end it (通信短信息服务管理规定, 2015). */
export const SMS_OPT_OUT = '回T退订';

/** The sentence of each kind, and what it says when a blank of it is not known. */
const SENTENCES: Record<MessageKind, { text: string; plain: string }> = {
  couponEnding: {
    text: '您的{title}将于{until}到期，到店即可使用',
    plain: '您有一张券快到期了，到店即可使用',
  },
  pointsEnding: {
    text: '您有{points}积分将于{until}到期，到店可以兑换',
    plain: '您有积分快到期了，到店可以兑换',
  },
  levelEnding: {
    text: '您的{level}将于{until}到期，来店逛逛就能保住',
    plain: '您的会员等级快到期了，欢迎来店',
  },
  careReminder: { text: '{text}', plain: '好久不见，欢迎有空来店坐坐' },
};

/**
 * What a message says, as one sentence.
 *
 * @param words the blanks by name; with one missing the plain sentence of the kind is taken
 * @example sentenceOfMessage('couponEnding', { title: '8折券', until: '3月8日' }) // → '您的8折券将于3月8日到期，到店即可使用'
 */
export function sentenceOfMessage(kind: MessageKind, words: Readonly<Record<string, string>>): string {
  const { text, plain } = SENTENCES[kind];
  let isWhole = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, blank: string) => {
    const word = words[blank];
    if (!word) isWhole = false;
    return word ?? '';
  });
  return isWhole ? filled : plain;
}

/**
 * A text as an SMS: signed, with its link, and with the way out where it advertises, 70 characters in all. The sentence
 * is cut where it is too long; signature, link and way out never are.
 *
 * @param ask.link a short link, null = none
 * @returns null when signature, link and way out leave no room for ten characters of text
 * @example smsText({ sign: '半日闲', body: '您好', link: null, isAdvertising: true }) // → '【半日闲】您好 回T退订'
 */
export function smsText(ask: {
  sign: string;
  body: string;
  link: string | null;
  isAdvertising: boolean;
}): string | null {
  const head = `【${ask.sign}】`;
  const tail = [ask.link ?? '', ask.isAdvertising ? SMS_OPT_OUT : '']
    .map((part) => part && ` ${part}`)
    .join('');
  const room = SMS_LENGTH - head.length - tail.length;
  if (room < 10) return null;
  const body = ask.body.length <= room ? ask.body : `${cutAt(ask.body, room - 1)}…`;
  return head + body + tail;
}

/** Never half a character of two units. */
function cutAt(text: string, units: number): string {
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units);
}

/**
 * The address behind a gift's short link.
 *
 * @param base where the installation forwards short links to the mini program, e.g. `https://t.example.cn/`
 * @example shortLink('https://t.example.cn', 'abc') // → 'https://t.example.cn/sabc'
 */
export function shortLink(base: string, token: string): string {
  return `${base.replace(/\/+$/, '')}/s${token}`;
}
