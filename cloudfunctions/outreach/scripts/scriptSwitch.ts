import * as z from 'zod';
import type { ScriptsContract } from '../../../miniprogram/contract/scripts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { withChainWords } from '../../../miniprogram/domain/outreach/scripts/chainWords';
import { scriptFault } from '../../../miniprogram/domain/outreach/scripts/checkScript';
import type { Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { ScriptDoc } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { forgetScripts, ownWords } from '../../common/store/scripts';
import { table } from '../../common/store/table';
import { actsWith, scriptInSight } from './kept';
import { shownAlone, wordsOf } from './shown';

type Ask = ScriptsContract['script.switch']['ask'];
type Reply = ScriptsContract['script.switch']['reply'];

/** Switched, if it is still as it was read; null when it is not. At most two calls. */
async function switched(read: ScriptDoc, active: boolean, requestKey: string): Promise<ScriptDoc | null> {
  if (read.acts?.includes(requestKey) || read.active === active) return read;
  const change = { active, acts: actsWith(read, requestKey) };
  // The first thing the chain does with a script that came with huitou.
  if (read.script === null && (await table('scripts').addNew({ ...read, ...change })))
    return { ...read, ...change };
  const where = { _id: read._id, version: read.version, active: read.active };
  return (await table('scripts').changeIf(where, change)) ? { ...read, ...change } : null;
}

/**
 * Takes a script out of use, or back into it. Clerks' phones follow within a minute. Back into use comes only what may
 * be sent by today's words. Some five database calls.
 */
export const scriptSwitch: Action<Ask, Reply> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ scriptId: anId, active: z.boolean() }),
  async run({ scope, now, requestKey }, { scriptId, active }) {
    const [first, words] = await Promise.all([scriptInSight(scriptId, scope), ownWords()]);
    const script = first && wordsOf(first);
    if (!first || !script) return refuse({ code: 'not-found', detail: '这条话术' });
    const fault = active && scriptFault(script, withChainWords(words ?? { words: [], allow: [] }));
    if (fault) return refuse({ code: 'script-unfit', detail: fault });

    let known: ScriptDoc | null = first;
    const stands = await againWhenRaced(async () => {
      const read: ScriptDoc | null = known ?? (await scriptInSight(scriptId, scope));
      known = null;
      return read && switched(read, active, requestKey);
    });
    forgetScripts();
    if (!stands) return refuse({ code: 'busy' });
    return done(await shownAlone(stands, scope.branchId, now));
  },
};
