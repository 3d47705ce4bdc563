import * as z from 'zod';
import type { RulesContract } from '../../../miniprogram/contract/rules';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { someText } from '../../common/entry/asks';
import { rebuildProgress } from '../../common/flows/rebuild';
import { partsOfPass, passOver } from '../../common/flows/rebuildSplit';
import {
  chainSettings,
  chainToChange,
  keepCut,
  keepRules,
  rulesVersion,
  saveRules,
} from '../../common/store/chain';
import type { ChainDoc } from '../../common/store/documents';
import { measuredCut, measuredRhythm } from '../../common/store/figures';
import { aDraft, nonsense } from './draft';

type Ask = RulesContract['rules.save']['ask'];
type Reply = RulesContract['rules.save']['reply'];

/** Did this very act save the version after the one it was based on? At most one call. */
async function isSavedBefore(chain: ChainDoc, basedOn: number, requestKey: string): Promise<boolean> {
  if (chain.rules.version <= basedOn) return false;
  return (await rulesVersion(basedOn + 1, chain))?.requestKey === requestKey;
}

/** Whatever a save that was cut off had not come to: filing what is in force, and making the parts of its pass. */
async function completed(chain: ChainDoc): Promise<ChainDoc> {
  await Promise.all([keepRules(chain), keepCut(chain), chain.pass ? partsOfPass(chain.pass) : null]);
  return chain;
}

/**
 * Saves a draft as the next version and begins the pass that places all members by it. Some thirty database calls
 * whatever the size of the chain.
 *
 * One conditional write carries all of it: the rules, who saved them, their cut-off and how the pass is split. What
 * follows that write are copies, which the next caller makes where this one was cut off.
 */
export const rulesSave: Action<Ask, Reply> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    rules: aDraft,
    basedOn: z.number().int().min(0),
    note: someText(200),
  }),
  async run({ scope, now, today, requestKey }, { rules, basedOn, note }) {
    const refused = nonsense(rules);
    if (refused) return refused;
    const chain = await chainToChange();
    if (await isSavedBefore(chain, basedOn, requestKey)) {
      return done(await rebuildProgress(await completed(chain)));
    }
    const version = chain.rules.version + 1;
    if (chain.rules.version !== basedOn)
      return refuse({ code: 'rules-stale', detail: String(chain.rules.version) });

    const [aovCut, rhythm, pass] = await Promise.all([
      measuredCut(rules.value, today),
      measuredRhythm(today),
      passOver({ job: `rebuild:${version}`, kind: 'rebuild', rulesVersion: version }, now),
      // The versions before must be on file before they are written over.
      keepRules(chain),
      keepCut(chain),
    ]);
    const rulesSaved = { at: now, by: scope.staff?.name ?? '', note: note.trim(), requestKey };
    const next = { rules: { ...rules, version }, rulesSaved, aovCut, rhythm, pass };
    const saved = await saveRules(chain, next, today);
    if (saved) return done(await rebuildProgress(await completed(saved)));

    const then = await chainSettings();
    if (await isSavedBefore(then, basedOn, requestKey))
      return done(await rebuildProgress(await completed(then)));
    return refuse({ code: 'rules-stale', detail: String(then.rules.version) });
  },
};
