import { numbered } from '../../domain/kernel/numbered';
import { exactCount } from '../../components/stat-tile/count';
import type { ScriptShown } from '../../contract/scripts';
import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';
import { blanksOf } from '../../domain/outreach/scripts/render';
import { OCCASION_WORDS, PURPOSE_WORDS, TONE_WORDS } from '../../domain/outreach/types';
import type { ScriptPiece } from '../../domain/outreach/types';

export interface Wish {
  /** '' = all */
  lifecycle: string;
  occasion: string;
}
export interface Chip {
  id: string;
  word: string;
  on: boolean;
}

const chips = (words: Record<string, string>, ids: readonly string[], chosen: string): Chip[] =>
  ['', ...ids].map((id) => ({ id, word: words[id] ?? '全部', on: id === chosen }));

/** The two rows of chips the library is narrowed by. */
export function chipsOf(wish: Wish): { lifecycles: Chip[]; occasions: Chip[] } {
  return {
    lifecycles: chips(LIFECYCLE_WORDS, LIFECYCLES, wish.lifecycle),
    occasions: chips(OCCASION_WORDS, Object.keys(OCCASION_WORDS), wish.occasion),
  };
}

/** A text with its blanks apart, e.g. to highlight them. @example piecesOf('{称呼}，您好')[0] // → { text: '称呼', filled: true } */
export function piecesOf(text: string): ScriptPiece[] {
  return text
    .split(/(\{[^{}]+\})/)
    .filter((run) => run !== '')
    .map((run) =>
      /^\{.+\}$/.test(run) ? { text: run.slice(1, -1), filled: true } : { text: run, filled: false },
    );
}

/** The part of a scenario that says when to leave it. */
const LEAVE_IT = /^(?:不|别|没有就别)|别(?:发|用|补发)|不要|不用来|过了就/;

/**
 * When to use a script and when not, for training. What was written for it comes first; older scripts say both in one line,
 * parted by ；; what the blanks
 * need is added: clerks wonder why a script is not offered.
 *
 * @example usageOf({ scenario: '店里确实有新品时用；没有就别发', text: '…' }).not // → ['没有就别发']
 */
export function usageOf({
  scenario,
  notFor = '',
  text,
}: Pick<ScriptShown, 'scenario' | 'text'> & { notFor?: string }): {
  use: string;
  not: string[];
} {
  const parts = scenario.split(/[；;]/).map((part) => part.trim());
  const isNot = (part: string, i: number) => i > 0 && LEAVE_IT.test(part);
  const not = [...(notFor ? [notFor] : []), ...parts.filter(isNot)];
  const blanks = blanksOf(text);
  if (blanks.includes('有效期')) not.push('礼包已领或已过期时不会出现');
  else if (blanks.includes('优惠') || blanks.includes('赠品')) not.push('没有礼包时不会出现');
  if (blanks.includes('节日')) not.push('不在节前不会出现');
  return { use: parts.filter((part, i) => !isNot(part, i)).join('；'), not };
}

export interface ScriptCard {
  scriptId: string;
  tags: { word: string; kind: 'tone' | 'occasion' | 'purpose' }[];
  owner: string;
  off: boolean;
  pieces: (ScriptPiece & { n: number })[];
  use: string;
  not: string[];
  whom: string;
  /** figures of the last 90 days in words; '' = nobody has used it */
  used: string;
  said: string;
  /** why it should be replaced; '' = it need not */
  stale: string;
  mayEdit: boolean;
  maySwitch: boolean;
  /** HQ may try it against another one of the chain's */
  mayTry: boolean;
  inTest: boolean;
}

const ownerWords = ({ owner, version }: ScriptShown): string => {
  if (owner.kind === 'starter') return '自带';
  return `${owner.kind === 'hq' ? '总部' : owner.branchName} · 第${version}版`;
};

const share = (part: number, whole: number): string =>
  `${exactCount(part)}（${Math.round((part / whole) * 100)}%）`;

/** Every rate with what it is a rate of. @example usedWords({ copied: 8, edited: 2, answered: 1 }) // → '复制 8 · 改过 2（25%）· 有回应 1（13%）' */
export function usedWords({ copied, edited, answered }: ScriptShown['used']): string {
  if (copied === 0) return '';
  return `复制 ${exactCount(copied)} · 改过 ${share(edited, copied)} · 有回应 ${share(answered, copied)}`;
}

const joined = (words: string[], all: number, allWord: string): string =>
  words.length === all ? allWord : words.join('、');

/** @example saidWords({ good: 2, bad: 1, words: ['太长了'] }) // → '好用 2 · 不好用 1（太长了）' */
export function saidWords({ good, bad, words }: ScriptShown['feedback']): string {
  if (good + bad === 0) return '';
  return `好用 ${good} · 不好用 ${bad}${words.length > 0 ? `（${words.join('、')}）` : ''}`;
}

export type Role = 'hq' | 'manager' | 'clerk' | 'none';

/** One card of the library. */
export function cardOf(script: ScriptShown, role: Role, inTest = false): ScriptCard {
  const { scriptId, tone, occasion, purpose, lifecycles, values, text, feedback, owner } = script;
  const whom = joined(
    lifecycles.map((one) => LIFECYCLE_WORDS[one]),
    LIFECYCLES.length,
    '所有会员',
  );
  const worth = joined(
    values.map((one) => VALUE_WORDS[one]),
    VALUES.length,
    '',
  );
  const tags: ScriptCard['tags'] = [
    { word: OCCASION_WORDS[occasion], kind: 'occasion' },
    { word: PURPOSE_WORDS[purpose], kind: 'purpose' },
  ];
  if (TONE_WORDS[tone] !== OCCASION_WORDS[occasion]) tags.unshift({ word: TONE_WORDS[tone], kind: 'tone' });
  return {
    scriptId,
    tags,
    owner: ownerWords(script),
    off: !script.active,
    pieces: numbered(piecesOf(text)),
    ...usageOf(script),
    whom: worth ? `${whom} · ${worth}` : whom,
    used: usedWords(script.used),
    said: saidWords(feedback),
    stale: script.stale ?? '',
    mayEdit: role === 'hq' || (role === 'manager' && owner.kind === 'branch'),
    maySwitch: role === 'hq',
    mayTry: role === 'hq' && owner.kind !== 'branch',
    inTest,
  };
}

/** Those that fit the chips: the worn-out ones first, in use before out of use, else in the order they came. */
export function wanted(scripts: readonly ScriptShown[], { lifecycle, occasion }: Wish): ScriptShown[] {
  const fits = scripts.filter(
    (one) =>
      (lifecycle === '' || one.lifecycles.some((each) => each === lifecycle)) &&
      (occasion === '' || one.occasion === occasion),
  );
  const inUse = fits.filter(({ active }) => active);
  const isStale = ({ stale }: ScriptShown) => stale !== undefined;
  return [
    ...inUse.filter(isStale),
    ...inUse.filter((one) => !isStale(one)),
    ...fits.filter(({ active }) => !active),
  ];
}

/** @example countWords([on, on, off]) // → '2 条在用，1 条停用' */
export function countWords(scripts: readonly ScriptShown[]): string {
  const off = scripts.filter(({ active }) => !active).length;
  const stale = scripts.filter((one) => one.active && one.stale !== undefined).length;
  const [offWords, staleWords] = [off > 0 ? `，${off} 条停用` : '', stale > 0 ? `，${stale} 条该换了` : ''];
  return `${scripts.length - off} 条在用${offWords}${staleWords}`;
}

export interface PageShown {
  at: number;
  words: string;
  isFirst: boolean;
  isLast: boolean;
}

/**
 * The page of a long list that is drawn, the last one where there are not so many any more; null when all fit on one.
 *
 * @example pageShown(1, 30, 63)?.words // → '第 31–60 条，共 63 条'
 */
export function pageShown(wish: number, size: number, all: number): PageShown | null {
  if (all <= size) return null;
  const last = Math.ceil(all / size) - 1;
  const at = Math.min(wish, last);
  const to = Math.min(all, (at + 1) * size);
  return {
    at,
    words: `第 ${exactCount(at * size + 1)}–${exactCount(to)} 条，共 ${exactCount(all)} 条`,
    isFirst: at === 0,
    isLast: at === last,
  };
}
