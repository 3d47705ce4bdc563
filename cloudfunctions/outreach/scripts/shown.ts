import type { ScriptShown } from '../../../miniprogram/contract/scripts';
import { staleSentence } from '../../../miniprogram/domain/credit/report/scriptTest';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { Script } from '../../../miniprogram/domain/outreach/types';
import type { BranchDoc, ScriptDoc } from '../../common/store/documents';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { branchesNamed } from '../../common/store/remembered';
import type { ListedScript } from '../../common/store/scriptShelves';
import { scriptUse } from '../../common/store/scriptUse';
import type { ScriptUse } from '../../common/store/scriptUse';

const UNUSED: ScriptUse = { copied: 0, edited: 0, answered: 0, byTier: [] };

/** With its judgements counted. */
export function counted({ feedback, ...doc }: ScriptDoc): ListedScript {
  const words = Object.values(feedback);
  const good = words.filter((word) => word).length;
  return { ...doc, good, bad: words.length - good };
}

/** Its words: the chain's, or those it came with; null for a script of a huitou of before that nobody rewrote. */
export function wordsOf({ _id, script }: Pick<ScriptDoc, '_id' | 'script'>): Script | null {
  return script ?? STARTER_SCRIPTS.find(({ id }) => id === _id) ?? null;
}

function ownerShown(
  { owner }: Pick<ScriptDoc, 'owner'>,
  branches: ReadonlyMap<string, BranchDoc>,
): ScriptShown['owner'] {
  if (owner.kind !== 'branch') return owner;
  const { branchId } = owner;
  return { kind: 'branch', branchId, branchName: branches.get(branchId)?.name ?? branchId };
}

/** So many words of clerks are shown, whoever said them. */
const WORDS_SHOWN = 5;
const saidWords = ({ said = {} }: Pick<ScriptDoc, 'said'>): string[] =>
  Object.values(said)
    .filter((word) => word !== '')
    .slice(-WORDS_SHOWN);

/** As headquarters' page shows it; null when there are no words to show. */
export function scriptShown(
  doc: ListedScript,
  use: ScriptUse | undefined,
  branches: ReadonlyMap<string, BranchDoc>,
): ScriptShown | null {
  const script = wordsOf(doc);
  if (!script) return null;
  const { byTier, ...used } = use ?? UNUSED;
  // Of a script that nobody is offered any more it is of no use to know.
  const stale = doc.active ? staleSentence(byTier) : null;
  const { tone, occasion, purpose, lifecycles, values, scenario, notFor = '', text } = script;
  return {
    scriptId: doc._id,
    version: doc.version,
    owner: ownerShown(doc, branches),
    ...{ tone, occasion, purpose, lifecycles, values, scenario, notFor, text },
    active: doc.active,
    savedAt: doc.savedAt,
    used,
    ...(stale === null ? {} : { stale }),
    feedback: { good: doc.good, bad: doc.bad, words: saidWords(doc) },
  };
}

/** One script with its figures, after an act on it. One aggregation, and a branch's name where it is not remembered. */
export async function shownAlone(doc: ScriptDoc, branchId: string | null, now: Ms): Promise<ScriptShown> {
  const ownerBranch = doc.owner.kind === 'branch' ? doc.owner.branchId : null;
  const [use, branches] = await Promise.all([
    scriptUse([doc._id], branchId, now),
    branchesNamed([ownerBranch], now),
  ]);
  const shown = scriptShown(counted(doc), use.get(doc._id), branches);
  if (!shown) throw new Error(`script ${doc._id} has no words`);
  return shown;
}
