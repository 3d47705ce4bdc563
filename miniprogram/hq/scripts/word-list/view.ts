import type { ScriptsContract } from '../../../contract/scripts';

export type Words = Omit<ScriptsContract['words.get']['reply'], 'version'>;
export type Word = Words['words'][number];

export interface WordShown {
  n: number;
  word: string;
  says: string;
  blocks: boolean;
}

/** @example wordsShown([{ word: '亲', replacement: null, blocks: false }])[0].says // → '提醒删掉' */
export function wordsShown(words: readonly Word[]): WordShown[] {
  return words.map(({ word, replacement, blocks }, n) => {
    const instead = replacement === null ? '删掉' : `换成“${replacement}”`;
    return { n, word, blocks, says: blocks ? `不能发，要${instead}` : `提醒${instead}` };
  });
}

/** The list with a word in front; one that stands already is replaced. */
export function withWord(words: readonly Word[], word: Word): Word[] {
  return [word, ...words.filter((one) => one.word !== word.word)];
}
