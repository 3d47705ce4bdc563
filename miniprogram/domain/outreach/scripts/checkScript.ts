import { SCRIPT_BLANKS } from '../types';
import type { LintMark, Script, ScriptBlank } from '../types';
import { lintWith } from './lint';
import { blanksOf } from './render';
import { sampleText } from './sample';
import type { WordLists } from './words';

export type DraftToCheck = Omit<Script, 'id' | 'version'>;

/** Filled, a script must still be read at a glance on a phone. */
export const LONGEST_FILLED = 200;
const SHORTEST = 8;
export const LONGEST_SCENARIO = 60;

/** Blanks that promise something: a text with one of them is a push, whatever it is called. */
const OFFER_BLANKS: readonly ScriptBlank[] = ['优惠', '有效期', '赠品'];

/** Every `{…}`, and every brace that belongs to none. */
const BRACES = /\{([^{}]*)\}|[{}｛｝]/g;

function faultOfBlanks(text: string): string | null {
  for (const match of text.matchAll(BRACES)) {
    const [whole, name] = match;
    if (name === undefined) return `有一个“${whole}”没有配成对，空白要写成 {称呼} 这样`;
    if (!(SCRIPT_BLANKS as readonly string[]).includes(name)) return `没有叫“${name}”的空白，请从下面选`;
  }
  return blanksOf(text).includes('称呼') ? null : '要有 {称呼}，顾客才知道是写给自己的';
}

/**
 * What the linter says of a script before it is filled. No live fact stands behind a text that is written for many, so
 * a typed 48小时 is stopped and the blank {有效期} is the way to say it. Marks lie in the text as it is written.
 *
 * @example lintScript(STARTER_WORDS, '{称呼}，48小时内有效')[0]?.word // → '48小时内'
 */
export function lintScript(lists: WordLists, text: string): LintMark[] {
  return lintWith(lists, text, { validHours: null, stockLeft: null, placesLeft: null });
}

/**
 * Why a script cannot be kept as it is, in one sentence, or null. The page says it while somebody types, and the cloud
 * asks the same before it saves.
 *
 * @param lists the chain's own words with those that come with huitou, see `withChainWords`
 * @example scriptFault({ …, text: '您好，有空来坐坐' }, STARTER_WORDS) // → '要有 {称呼}，顾客才知道是写给自己的'
 */
export function scriptFault(draft: DraftToCheck, lists: WordLists): string | null {
  const { text, scenario, lifecycles, values, purpose } = draft;
  if (lifecycles.length === 0) return '至少选一种会员状态';
  if (values.length === 0) return '至少选一种会员价值';
  if (scenario.trim() === '') return '写一句什么时候用，导购才知道该不该发';
  if (scenario.length > LONGEST_SCENARIO) return `“什么时候用”最多 ${LONGEST_SCENARIO} 个字`;
  if (text.trim().length < SHORTEST) return '正文太短了，写成一句完整的话';

  const blankFault = faultOfBlanks(text);
  if (blankFault) return blankFault;
  const filled = sampleText(text).length;
  if (filled > LONGEST_FILLED) return `填好以后有 ${filled} 个字，最多 ${LONGEST_FILLED} 个字`;

  const promise = blanksOf(text).find((blank) => OFFER_BLANKS.includes(blank));
  if (promise && purpose !== 'promo') return `用了 {${promise}} 就是推送，用途要选“推送”`;

  const stopped = lintScript(lists, text).filter((mark) => mark.blocks);
  return stopped[0]?.sentence ?? null;
}
