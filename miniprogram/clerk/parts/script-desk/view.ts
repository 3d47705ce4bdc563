import { withChainWords } from '../../../domain/outreach/scripts/chainWords';
import type { ChainWords } from '../../../domain/outreach/scripts/chainWords';
import { applyReplacement, lintWith } from '../../../domain/outreach/scripts/lint';
import { STARTER_WORDS } from '../../../domain/outreach/scripts/words';
import type { LintMark } from '../../../domain/outreach/types';

/** A run of the draft; `mark` says how loudly it is underlined. */
export interface DraftRun {
  n: number;
  text: string;
  mark: 'none' | 'advice' | 'block';
}

export interface Finding {
  n: number;
  word: string;
  replacement: string | null;
  /** words on the one-tap button */
  act: string;
  sentence: string;
  blocks: boolean;
}

export interface DeskShown {
  marks: LintMark[];
  runs: DraftRun[];
  findings: Finding[];
  /** why the draft cannot be used yet; empty = it can */
  blocked: string;
}

/**
 * What the writing desk shows about a draft: its runs with the marked ones apart, one finding per mark with a one-tap
 * remedy, and whether it may be used.
 *
 * @param own the chain's own words, so that the phone marks what the cloud would stop
 * @param validHours how long the coupon lives: the live fact that 「48小时」 must agree with; null = there is none
 */
export function deskView(draft: string, validHours: number | null, own: ChainWords | null = null): DeskShown {
  const lists = own ? withChainWords(own) : STARTER_WORDS;
  const marks = lintWith(lists, draft, { validHours, stockLeft: null, placesLeft: null });
  const blocking = marks.filter((mark) => mark.blocks).length;
  return {
    marks,
    runs: runsOf(draft, marks),
    findings: marks.map((mark, n) => ({
      n,
      word: mark.word,
      replacement: mark.replacement,
      act: mark.replacement === null ? '删掉' : `换成「${mark.replacement}」`,
      sentence: mark.sentence,
      blocks: mark.blocks,
    })),
    blocked: !draft.trim() ? '还没有写内容' : blocking ? `还有 ${blocking} 处不能发，改好就能用` : '',
  };
}

/** The draft after the one-tap remedy of a mark: its replacement, or without the word where only deletion helps. */
export function remedied(draft: string, mark: LintMark): string {
  return mark.replacement === null
    ? draft.slice(0, mark.from) + draft.slice(mark.to)
    : applyReplacement(draft, mark);
}

function runsOf(draft: string, marks: readonly LintMark[]): DraftRun[] {
  const runs: DraftRun[] = [];
  const add = (text: string, mark: DraftRun['mark']): void => {
    if (text) runs.push({ n: runs.length, text, mark });
  };
  let at = 0;
  for (const mark of marks) {
    add(draft.slice(at, mark.from), 'none');
    add(draft.slice(mark.from, mark.to), mark.blocks ? 'block' : 'advice');
    at = mark.to;
  }
  add(draft.slice(at), 'none');
  return runs;
}
