import type { Script } from '../types';
import { lintWith } from './lint';
import type { LiveFacts } from './lint';
import { STARTER_WORDS } from './words';
import type { WordLists, WordRow } from './words';

/** What headquarters adds to the words that come with huitou. */
export interface ChainWords {
  words: readonly { word: string; replacement: string | null; blocks: boolean }[];
  /** harmless phrases, e.g. the chain's own hotline; what lies inside one is no hit */
  allow: readonly string[];
}

const NO_FACTS: LiveFacts = { validHours: null, stockLeft: null, placesLeft: null };

/**
 * The lists a chain's drafts are checked by: those that come with huitou, and its own. A word of both is the chain's, but
 * what the law or WeChat forbids stays forbidden. Phone and cloud both make their lists of it, from the same few words.
 *
 * @example lintWith(withChainWords({ words: [{ word: '亲', replacement: null, blocks: false }], allow: [] }), '亲，在吗', facts)
 * // → one mark
 */
export function withChainWords(own: ChainWords): WordLists {
  const known = new Map(STARTER_WORDS.words.map((row) => [row.word, row]));
  const added = own.words.map(({ word, replacement, blocks }): WordRow => {
    const before = known.get(word);
    known.delete(word);
    const kind = before?.kind ?? 'riskyWord';
    return {
      word,
      kind,
      replacement,
      blocks: blocks || (before?.blocks ?? false),
      ...(before ? {} : { own: true }),
    };
  });
  return { words: [...known.values(), ...added], allow: [...STARTER_WORDS.allow, ...own.allow] };
}

export const MOST_WORDS = 300;
const LONGEST = 20;
/** Spaces, line breaks, and the braces of blanks have no place in a word. */
const NOT_IN_A_WORD = /[\s{}｛｝]/;

function faultOfWord({ word, replacement }: ChainWords['words'][number]): string | null {
  if (word === '') return '有一行还没写词';
  if (word.length > LONGEST) return `“${word.slice(0, 8)}…”太长，一个词最多 ${LONGEST} 个字`;
  if (NOT_IN_A_WORD.test(word)) return `“${word}”里有空格或花括号，请去掉`;
  if (replacement === null) return null;
  if (replacement === '') return `“${word}”的替换词是空的；只想提醒删掉就不填`;
  if (replacement.length > LONGEST) return `“${word}”的替换词太长，最多 ${LONGEST} 个字`;
  return replacement.includes(word) ? `“${word}”换成“${replacement}”以后还是会被标出来` : null;
}

function faultOfPhrase(phrase: string): string | null {
  if (phrase.length < 2) return `放行的短语“${phrase}”太短，至少 2 个字`;
  if (phrase.length > 2 * LONGEST) return `“${phrase.slice(0, 8)}…”太长，放行的短语最多 ${2 * LONGEST} 个字`;
  const forbidden = STARTER_WORDS.words.find((row) => row.blocks && row.word === phrase);
  return forbidden ? `“${phrase}”是法规或微信不允许的，不能放行` : null;
}

function repeated(list: readonly string[]): string | undefined {
  return list.find((one, i) => list.indexOf(one) !== i);
}

/**
 * What is wrong with a chain's own words, or null. Besides the form: a replacement must not be a hit again, what is
 * forbidden cannot be allowed, and a word must not stop scripts that are in use.
 *
 * @param inUse the scripts clerks are offered now
 * @example wordsFault({ words: [{ word: '您', replacement: null, blocks: true }], allow: [] }, STARTER_SCRIPTS)
 * // → '“您”设成不能发，会挡住 63 条在用的话术，请先改话术，或设成只提醒'
 */
export function wordsFault(own: ChainWords, inUse: readonly Pick<Script, 'text'>[]): string | null {
  if (own.words.length > MOST_WORDS || own.allow.length > MOST_WORDS) return `每一类最多 ${MOST_WORDS} 个`;
  for (const row of own.words) {
    const fault = faultOfWord(row);
    if (fault) return fault;
  }
  for (const phrase of own.allow) {
    const fault = faultOfPhrase(phrase);
    if (fault) return fault;
  }
  const twice = repeated(own.words.map(({ word }) => word)) ?? repeated(own.allow);
  if (twice !== undefined) return `“${twice}”写了两次`;

  const lists = withChainWords(own);
  for (const { word, replacement } of own.words) {
    if (replacement !== null && lintWith(lists, replacement, NO_FACTS).length > 0)
      return `“${word}”的替换词“${replacement}”自己也会被标出来，请换一个`;
  }
  for (const { word, blocks } of own.words) {
    if (!blocks) continue;
    const stopped = inUse.filter(({ text }) =>
      lintWith(lists, text, NO_FACTS).some((mark) => mark.blocks && mark.word === word),
    ).length;
    if (stopped > 0) return `“${word}”设成不能发，会挡住 ${stopped} 条在用的话术，请先改话术，或设成只提醒`;
  }
  return null;
}
