import { numbered } from '../../../domain/kernel/numbered';
import type { ScriptDraft, ScriptShown } from '../../../contract/scripts';
import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../../domain/membership/types';
import { withChainWords } from '../../../domain/outreach/scripts/chainWords';
import type { ChainWords } from '../../../domain/outreach/scripts/chainWords';
import { lintScript, LONGEST_FILLED, scriptFault } from '../../../domain/outreach/scripts/checkScript';
import { renderScript } from '../../../domain/outreach/scripts/render';
import { BLANK_MEANINGS, SAMPLE_BLANKS } from '../../../domain/outreach/scripts/sample';
import {
  OCCASION_WORDS,
  PURPOSES,
  PURPOSE_WORDS,
  SCRIPT_BLANKS,
  TONE_WORDS,
} from '../../../domain/outreach/types';
import type { LintMark, ScriptPiece } from '../../../domain/outreach/types';
import type { Chip } from '../view';

/** The parts of a draft that are chosen by chips. */
export type ChipField = 'tone' | 'occasion' | 'purpose' | 'lifecycles' | 'values';

export interface ChipRow {
  field: ChipField;
  label: string;
  chips: Chip[];
}

/** A run of the draft; `mark` says how loudly it is underlined. */
export interface Run {
  text: string;
  mark: 'none' | 'advice' | 'block';
}

export interface EditorShown {
  rows: ChipRow[];
  /** empty when the linter finds nothing */
  runs: (Run & { n: number })[];
  findings: { n: number; sentence: string; blocks: boolean; act: string }[];
  preview: (ScriptPiece & { n: number })[];
  length: string;
  tooLong: boolean;
  /** why it cannot be saved yet; '' = it can */
  fault: string;
}

export const NEW_DRAFT: ScriptDraft = {
  tone: 'care',
  occasion: 'care',
  purpose: 'care',
  lifecycles: ['drowsy', 'dormant', 'lost'],
  values: [...VALUES],
  scenario: '',
  text: '{称呼}，我是{门店}的{导购}。',
};

/** A draft to edit, apart from the script it came from. */
export function draftOf(script: ScriptShown | null): ScriptDraft {
  const { tone, occasion, purpose, lifecycles, values, scenario, notFor = '', text } = script ?? NEW_DRAFT;
  const whom = { lifecycles: [...lifecycles], values: [...values] };
  return { tone, occasion, purpose, ...whom, scenario, notFor, text };
}

export const BLANK_CHIPS = SCRIPT_BLANKS.map((name) => ({ name, meaning: BLANK_MEANINGS[name] }));

function chipsOf<K extends string>(words: Record<K, string>, ids: readonly K[], on: readonly K[]): Chip[] {
  return ids.map((id) => ({ id, word: words[id], on: on.includes(id) }));
}
const keysOf = <K extends string>(words: Record<K, string>): K[] => Object.keys(words) as K[];

function runsOf(text: string, marks: readonly LintMark[]): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const { from, to, blocks } of marks) {
    runs.push({ text: text.slice(at, from), mark: 'none' });
    runs.push({ text: text.slice(from, to), mark: blocks ? 'block' : 'advice' });
    at = to;
  }
  runs.push({ text: text.slice(at), mark: 'none' });
  return runs.filter((run) => run.text !== '');
}

/** What the linter finds in a draft, with the chain's own words where they are known. */
export function marksOf(text: string, words: ChainWords | null): LintMark[] {
  return lintScript(withChainWords(words ?? { words: [], allow: [] }), text);
}

/** All that the editor shows of a draft, while it is typed. */
export function editorShown(draft: ScriptDraft, words: ChainWords | null): EditorShown {
  const marks = marksOf(draft.text, words);
  const { pieces, text } = renderScript(draft.text, SAMPLE_BLANKS);
  return {
    rows: [
      { field: 'lifecycles', label: '发给谁', chips: chipsOf(LIFECYCLE_WORDS, LIFECYCLES, draft.lifecycles) },
      { field: 'values', label: '会员价值', chips: chipsOf(VALUE_WORDS, VALUES, draft.values) },
      {
        field: 'occasion',
        label: '场景',
        chips: chipsOf(OCCASION_WORDS, keysOf(OCCASION_WORDS), [draft.occasion]),
      },
      { field: 'tone', label: '语气', chips: chipsOf(TONE_WORDS, keysOf(TONE_WORDS), [draft.tone]) },
      { field: 'purpose', label: '用途', chips: chipsOf(PURPOSE_WORDS, PURPOSES, [draft.purpose]) },
    ],
    runs: marks.length > 0 ? numbered(runsOf(draft.text, marks)) : [],
    findings: marks.map(({ sentence, blocks, replacement }, n) => ({
      n,
      sentence,
      blocks,
      act: replacement === null ? '删掉' : `换成“${replacement}”`,
    })),
    preview: numbered(pieces),
    length: `填好 ${text.length} / ${LONGEST_FILLED} 字`,
    tooLong: text.length > LONGEST_FILLED,
    fault: scriptFault(draft, withChainWords(words ?? { words: [], allow: [] })) ?? '',
  };
}

const toggled = <T>(list: readonly T[], one: T, order: readonly T[]): T[] =>
  order.filter((each) => (each === one ? !list.includes(each) : list.includes(each)));

/** The draft with one chip tapped; lifecycles and values may be several. An unknown chip changes nothing. */
export function withChip(draft: ScriptDraft, field: ChipField, id: string): ScriptDraft {
  const pick = <K extends string>(ids: readonly K[]): K | undefined => ids.find((one) => one === id);
  switch (field) {
    case 'lifecycles': {
      const one = pick(LIFECYCLES);
      return one ? { ...draft, lifecycles: toggled(draft.lifecycles, one, LIFECYCLES) } : draft;
    }
    case 'values': {
      const one = pick(VALUES);
      return one ? { ...draft, values: toggled(draft.values, one, VALUES) } : draft;
    }
    case 'occasion':
      return { ...draft, occasion: pick(keysOf(OCCASION_WORDS)) ?? draft.occasion };
    case 'tone':
      return { ...draft, tone: pick(keysOf(TONE_WORDS)) ?? draft.tone };
    case 'purpose':
      return { ...draft, purpose: pick(PURPOSES) ?? draft.purpose };
  }
}

/**
 * The text with a blank put in where the cursor was last; at the end when nobody knows where that was.
 *
 * @example withBlank('您好', '称呼', 0) // → { text: '{称呼}您好', cursor: 4 }
 */
export function withBlank(text: string, blank: string, cursor: number): { text: string; cursor: number } {
  const at = cursor < 0 || cursor > text.length ? text.length : cursor;
  const put = `{${blank}}`;
  return { text: text.slice(0, at) + put + text.slice(at), cursor: at + put.length };
}
