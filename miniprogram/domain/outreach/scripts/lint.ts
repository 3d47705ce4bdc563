import type { LintMark } from '../types';
import { contactHits } from './contactHits';
import { urgencyHits } from './urgency';
import type { LiveFacts } from './urgency';
import { STARTER_WORDS } from './words';
import type { WordLists, WordRow } from './words';

export type { LiveFacts } from './urgency';

interface Span {
  from: number;
  to: number;
}

function spansOf(text: string, word: string): Span[] {
  const spans: Span[] = [];
  for (let from = text.indexOf(word); from !== -1; from = text.indexOf(word, from + 1))
    spans.push({ from, to: from + word.length });
  return spans;
}

function sentenceOf({ word, kind, blocks, replacement, own }: WordRow): string {
  const what = own
    ? blocks
      ? '是总部规定不能发的说法'
      : '总部建议不要这样说'
    : kind === 'absoluteWord'
      ? blocks
        ? '是广告法不允许的绝对化用语'
        : '说得太满'
      : blocks
        ? '是微信或法规不允许的说法'
        : '容易被平台拦下，顾客也不爱听';
  const advice = replacement === null ? '请删掉' : `${blocks ? '请' : '建议'}换成“${replacement}”`;
  return `“${word}”${what}，${advice}`;
}

/** What blocks first, then the longest, then leftmost; each place of the text is marked once, and no advice hides a block. */
function withoutOverlaps(marks: readonly LintMark[]): LintMark[] {
  const kept: LintMark[] = [];
  const byWeight = [...marks].sort(
    (a, b) => Number(b.blocks) - Number(a.blocks) || b.to - b.from - (a.to - a.from) || a.from - b.from,
  );
  for (const mark of byWeight)
    if (kept.every((other) => mark.to <= other.from || mark.from >= other.to)) kept.push(mark);
  return kept.sort((a, b) => a.from - b.from);
}

/**
 * Checks a draft with given word lists, e.g. a chain's own. A hit that lies inside an allowed phrase is none.
 *
 * @example lintWith({ words: [{ word: '干', … }], allow: ['干净'] }, '洗得很干净', noFacts) // → []
 */
export function lintWith(lists: WordLists, text: string, facts: LiveFacts): LintMark[] {
  const allowed = lists.allow.flatMap((phrase) => spansOf(text, phrase));
  const marks: LintMark[] = lists.words.flatMap((row) =>
    spansOf(text, row.word).map((span) => ({
      ...span,
      word: row.word,
      kind: row.kind,
      blocks: row.blocks,
      replacement: row.replacement,
      sentence: sentenceOf(row),
    })),
  );
  for (const hit of urgencyHits(text, facts))
    marks.push({ ...hit, word: text.slice(hit.from, hit.to), kind: 'unboundUrgency', blocks: true });
  for (const hit of contactHits(text))
    marks.push({ ...hit, word: text.slice(hit.from, hit.to), kind: 'foreignContact', replacement: null });
  return withoutOverlaps(
    marks.filter((mark) => !allowed.some((span) => span.from <= mark.from && span.to >= mark.to)),
  );
}

/**
 * Checks a clerk's draft before it is copied: risky words, absolute words of the advertising law, phone numbers and
 * links that lead elsewhere, and urgency, which passes only when a live fact says the same. Marks come in reading order and never overlap. The same code runs while
 * typing and in the cloud, with the facts of that moment.
 *
 * @example lintDraft('免费领取', { validHours: null, stockLeft: null, placesLeft: null })[0]?.replacement // → '到店即赠'
 * @example lintDraft('领取后48小时内有效', { validHours: 48, stockLeft: null, placesLeft: null }) // → []
 */
export function lintDraft(text: string, facts: LiveFacts): LintMark[] {
  return lintWith(STARTER_WORDS, text, facts);
}

/**
 * The draft with one mark put right: replaced, or deleted where only that helps. A mark that no longer fits, because
 * the draft was edited meanwhile, changes nothing.
 *
 * @example applyReplacement('免费领取', mark) // → '到店即赠'
 */
export function applyReplacement(text: string, mark: LintMark): string {
  if (text.slice(mark.from, mark.to) !== mark.word) return text;
  return text.slice(0, mark.from) + (mark.replacement ?? '') + text.slice(mark.to);
}
