import * as z from 'zod';
import type { ScriptsContract, ScriptShown } from '../../../miniprogram/contract/scripts';
import { done } from '../../../miniprogram/domain/kernel/result';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { Action } from '../../common/entry/action';
import { STAFF } from '../../common/entry/scope';
import { branchesNamed } from '../../common/store/remembered';
import { keptScripts } from '../../common/store/scriptShelves';
import type { ListedScript } from '../../common/store/scriptShelves';
import { allTests } from '../../common/store/scriptTests';
import { scriptUse } from '../../common/store/scriptUse';
import { aLifecycle, anOccasion } from './asks';
import { untouched } from './kept';
import { counted, scriptShown, wordsOf } from './shown';
import { testsShown } from './testShown';

type Ask = ScriptsContract['script.list']['ask'];
type Reply = ScriptsContract['script.list']['reply'];

/** Those that come with huitou first, in their own order, then the chain's and the branches', the newest first. */
function inOrder(kept: readonly ListedScript[]): ListedScript[] {
  const known = new Map(kept.map((doc) => [doc._id, doc]));
  const standing = STARTER_SCRIPTS.flatMap(({ id }) => {
    const doc = known.get(id);
    known.delete(id);
    const plain = untouched(id);
    return doc ? [doc] : plain ? [counted(plain)] : [];
  });
  const added = [...known.values()].sort((a, b) => (b.savedAt ?? 0) - (a.savedAt ?? 0));
  return [...added, ...standing];
}

/**
 * The library as the caller sees it: headquarters everything, others the chain's scripts and those of their branch, with
 * the figures of the same people, and for headquarters the small tests. Two aggregations, one after the other, and two for
 * tests beside them; branch names are kept warm.
 */
export const scriptList: Action<Ask, Reply> = {
  who: STAFF,
  writes: false,
  ask: z.strictObject({ lifecycle: aLifecycle.optional(), occasion: anOccasion.optional() }),
  async run({ scope, now, today }, { lifecycle, occasion }) {
    const isWanted = (doc: ListedScript): boolean => {
      const words = wordsOf(doc);
      if (!words) return false;
      return (
        (lifecycle === undefined || words.lifecycles.includes(lifecycle)) &&
        (occasion === undefined || words.occasion === occasion)
      );
    };
    const isHq = scope.role === 'hq';
    const [kept, trials] = await Promise.all([
      keptScripts(isHq ? 'all' : scope.branchId),
      isHq ? allTests() : [],
    ]);
    const docs = inOrder(kept).filter(isWanted);
    const ids = docs.map(({ _id }) => _id);
    const owners = docs.map(({ owner }) => (owner.kind === 'branch' ? owner.branchId : null));
    const [use, branches, tests] = await Promise.all([
      scriptUse(ids, scope.branchId, now),
      branchesNamed(owners, now),
      testsShown(trials, kept),
    ]);
    const scripts = docs
      .map((doc) => scriptShown(doc, use.get(doc._id), branches))
      .filter((shown): shown is ScriptShown => shown !== null);
    return done({ scripts, today, tests });
  },
};
