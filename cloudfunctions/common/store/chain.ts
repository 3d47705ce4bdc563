import { startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { AovCut, ChainRhythm, TierRules } from '../../../miniprogram/domain/membership/types';
import type { ChainDoc, CutDoc, PassDoc, RulesDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** What a chain goes by before anybody has set it up. */
const UNNAMED: ChainDoc = {
  _id: 'chain',
  name: '',
  rules: rulesOf('retail', 1),
  aovCut: null,
  setUp: { beganAt: 0, endedAt: null },
};

/** The chain's settings as they stand this moment; placing members by old rules would be wrong. One call. */
export async function chainSettings(): Promise<ChainDoc> {
  return (await table('chain').find('chain')) ?? UNNAMED;
}

/** The same for whoever is about to write into them: a chain that was never set up gets its document. 1 to 3 calls. */
export async function chainToChange(): Promise<ChainDoc> {
  const chain = await table('chain').find('chain');
  if (chain) return chain;
  await table('chain').addNew(UNNAMED);
  return chainSettings();
}

/** The document of a chain whose first account has just been made; one that stands stays as it is. One call. */
export function beginChain(now: Ms): Promise<boolean> {
  return table('chain').addNew({ ...UNNAMED, setUp: { beganAt: now, endedAt: null } });
}

/** Is somebody to be led through the first steps? A chain without its document was never set up. */
export const isBeingSetUp = (chain: Pick<ChainDoc, 'setUp'> | null): boolean =>
  chain === null || chain.setUp?.endedAt === null;

/** Remembers that so many members were placed by new orders since the cut-off was computed. One call. */
export function countPlaced(members: number): Promise<boolean> {
  return table('chain').changeIf({ _id: 'chain' }, { 'recut.placedSince': command().inc(members) });
}

/** What the chain is measured by: where the dear averages begin, and how often members buy. */
export interface Measured {
  aovCut: AovCut | null;
  rhythm: ChainRhythm;
}

const recutOn = (on: Day, at: Ms): ChainDoc['recut'] => ({ on, at, placedSince: 0 });

/**
 * Writes a newly computed cut-off and, where it moves members, the pass that places them by it. One call.
 *
 * @returns the chain as it stands then; null when rules or another cut-off came between
 */
export async function saveCut(
  read: ChainDoc,
  measured: Measured,
  pass: PassDoc | null,
  { on, at }: { on: Day; at: Ms },
): Promise<ChainDoc | null> {
  const change = { ...measured, recut: recutOn(on, at), ...(pass ? { pass } : {}) };
  const where = {
    _id: 'chain',
    'rules.version': read.rules.version,
    'pass.job': read.pass?.job ?? null,
  };
  return (await table('chain').changeIf(where, change)) ? ({ ...read, ...change } as ChainDoc) : null;
}

/** New rules with all that follows from them: their cut-off and the pass that places the members by both. */
export interface NextRules extends Measured {
  rules: TierRules;
  rulesSaved: NonNullable<ChainDoc['rulesSaved']>;
  pass: PassDoc;
}

/**
 * One call. A pass that had begun meanwhile ends here: this one places everybody.
 *
 * @returns the chain as it stands then; null when other rules came between
 */
export async function saveRules(read: ChainDoc, next: NextRules, on: Day): Promise<ChainDoc | null> {
  const change = { ...next, recut: recutOn(on, next.rulesSaved.at) };
  const where = { _id: 'chain', 'rules.version': read.rules.version };
  return (await table('chain').changeIf(where, change)) ? ({ ...read, ...change } as ChainDoc) : null;
}

/** One call. */
export function saveRhythm(version: number, rhythm: ChainRhythm): Promise<boolean> {
  return table('chain').changeIf({ _id: 'chain', 'rules.version': version }, { rhythm });
}

/** Says that all members have been passed. One call. @returns false when another pass has begun since */
export function endPass(pass: PassDoc, now: Ms): Promise<boolean> {
  return table('chain').changeIf({ _id: 'chain', 'pass.job': pass.job }, { 'pass.finishedAt': now });
}

/** The rules in force as a version. */
function versionOf({ rules, rulesSaved }: ChainDoc): RulesDoc {
  return {
    _id: String(rules.version),
    rules,
    savedAt: rulesSaved?.at ?? 0,
    savedBy: rulesSaved?.by ?? '',
    note: rulesSaved?.note ?? '',
    ...(rulesSaved ? { requestKey: rulesSaved.requestKey } : {}),
  };
}

/**
 * Files the rules in force among the versions. The settings are the original and this is the copy: it is made right
 * after a save and again before the next, so a save cut off between the two loses nothing and blocks nobody. One call.
 */
export function keepRules(chain: ChainDoc): Promise<boolean> {
  return table('rules').addNew(versionOf(chain));
}

/** One version, filed or in force; null when there never was such a one. One call. */
export async function rulesVersion(version: number, chain: ChainDoc): Promise<RulesDoc | null> {
  if (version === chain.rules.version) return versionOf(chain);
  return table('rules').find(String(version));
}

/** All versions of the rules, oldest first, those in force last. One that came with the chain was saved at 0. Two calls. */
export async function rulesVersions(): Promise<RulesDoc[]> {
  const [filed, chain] = await Promise.all([table('rules').all({}, PAGE_LIMIT), chainSettings()]);
  const earlier = filed.filter(({ rules }) => rules.version < chain.rules.version);
  return [...earlier.sort((a, b) => a.rules.version - b.rules.version), versionOf(chain)];
}

const cutId = (at: Ms): string => String(at).padStart(15, '0');

/** The cut-off in force as an entry of the record; null when there is none. One that came with the chain held from its day. */
function cutEntryOf({ aovCut, recut }: ChainDoc): CutDoc | null {
  if (aovCut === null) return null;
  const at = recut?.at ?? startOf(aovCut.computedOn);
  return { _id: cutId(at), at, cut: aovCut };
}

/** Files the cut-off in force, in the same way as `keepRules`. At most one call. */
export async function keepCut(chain: ChainDoc): Promise<void> {
  const entry = cutEntryOf(chain);
  if (entry) await table('cuts').addNew(entry);
}

/** The cut-offs that held up to an instant, oldest first: the newest 1000, one a day for some years. Two calls. */
export async function cutsUpTo(at: Ms): Promise<CutDoc[]> {
  const [filed, chain] = await Promise.all([
    table('cuts').page({
      where: { _id: command().lte(cutId(at)) },
      orderBy: [['_id', 'desc']],
      limit: PAGE_LIMIT,
    }),
    chainSettings(),
  ]);
  const last = cutEntryOf(chain);
  const isMissing = last !== null && last.at <= at && !filed.some(({ _id }) => _id === last._id);
  return [...filed, ...(isMissing ? [last] : [])].sort((a, b) => a.at - b.at);
}
