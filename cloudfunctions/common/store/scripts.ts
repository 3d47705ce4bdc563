import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { withChainWords } from '../../../miniprogram/domain/outreach/scripts/chainWords';
import { overlaid } from '../../../miniprogram/domain/outreach/scripts/library';
import type { KeptScript } from '../../../miniprogram/domain/outreach/scripts/library';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { WordLists } from '../../../miniprogram/domain/outreach/scripts/words';
import type { Script } from '../../../miniprogram/domain/outreach/types';
import type { ScriptDoc, WordsDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** A warm function may go by scripts and words that are this much older than the chain's. */
const REMEMBER_MS = 60_000;

/** Whose scripts: the chain's (with what it did to those that come with huitou), or one branch's own. */
const CHAIN = { kind: 'chain' } as const;
export type Shelf = typeof CHAIN | { kind: 'branch'; branchId: string };

export function shelfWhere(shelf: Shelf): Condition<ScriptDoc> {
  if (shelf.kind === 'chain') return { 'owner.kind': command().in(['starter', 'hq']) };
  return { 'owner.kind': 'branch', 'owner.branchId': shelf.branchId };
}

/** The shelves a branch is served from. */
export function shelvesOf(branchId: string | null): Shelf[] {
  return branchId === null ? [CHAIN] : [CHAIN, { kind: 'branch', branchId }];
}

const FIELDS: (keyof KeptScript)[] = ['_id', 'owner', 'script', 'active'];
const shelves = new Map<string, { kept: readonly KeptScript[]; at: Ms }>();
/** What was put together of shelves, as long as they are the same ones. */
const libraries = new Map<
  string | null,
  { kept: readonly (readonly KeptScript[])[]; library: readonly Script[] }
>();
let words: { own: WordsDoc | null; lists: WordLists; at: Ms } | null = null;

const isFresh = (at: Ms, now: Ms): boolean => now >= at && now - at < REMEMBER_MS;

async function shelfNow(shelf: Shelf, now: Ms): Promise<readonly KeptScript[]> {
  const key = shelf.kind === 'chain' ? '' : shelf.branchId;
  const known = shelves.get(key);
  if (known && isFresh(known.at, now)) return known.kept;
  const kept = await table('scripts').all(shelfWhere(shelf), PAGE_LIMIT, FIELDS);
  shelves.set(key, { kept, at: now });
  return kept;
}

/**
 * The scripts (话术) that clerks of a branch are offered, at most a minute old. Two calls, at the same time, when it is
 * not remembered; none else.
 *
 * @param branchId null = the chain's alone
 * @example const script = (await scriptLibrary(task.branchId, now)).find(({ id }) => id === scriptId);
 */
export async function scriptLibrary(branchId: string | null, now: Ms): Promise<readonly Script[]> {
  const kept = await Promise.all(shelvesOf(branchId).map((shelf) => shelfNow(shelf, now)));
  const known = libraries.get(branchId);
  if (known && kept.every((shelf, i) => shelf === known.kept[i])) return known.library;
  const library = overlaid(STARTER_SCRIPTS, kept.flat(), branchId);
  libraries.set(branchId, { kept, library });
  return library;
}

/**
 * A script as it read at an instant, whether or not it is offered any more: what a touch of the past was made with. At
 * most one call.
 *
 * @returns null when there never was such a script
 */
export async function scriptAsOf(id: string, at: Ms): Promise<Script | null> {
  const starter = STARTER_SCRIPTS.find((one) => one.id === id) ?? null;
  const doc = await table('scripts').find(id);
  if (!doc?.script || doc.savedAt === null) return starter;
  const written = [...doc.versions, { version: doc.version, script: doc.script, savedAt: doc.savedAt }];
  const then = written.filter(({ savedAt }) => savedAt <= at).at(-1);
  return then?.script ?? starter ?? written[0]?.script ?? null;
}

/** The chain's own words; null = it has none yet. One call. */
export function ownWords(): Promise<WordsDoc | null> {
  return table('words').find('words');
}

/**
 * The lists drafts are checked by: the chain's own words with those that come with huitou, at most a minute old. One call
 * when they are not remembered.
 *
 * @example const marks = lintWith(await chainWords(now), text, facts);
 */
export async function chainWords(now: Ms): Promise<WordLists> {
  return (await wordsNow(now)).lists;
}

/** The chain's own words alone, as old and as dear as `chainWords`; null = it has none yet. */
export async function ownWordsNow(now: Ms): Promise<WordsDoc | null> {
  return (await wordsNow(now)).own;
}

async function wordsNow(now: Ms): Promise<NonNullable<typeof words>> {
  if (words && isFresh(words.at, now)) return words;
  const own = await ownWords();
  words = { own, lists: withChainWords(own ?? { words: [], allow: [] }), at: now };
  return words;
}

/** What this warm function remembers is out of date: somebody has just saved here. */
export function forgetScripts(): void {
  shelves.clear();
  words = null;
}
