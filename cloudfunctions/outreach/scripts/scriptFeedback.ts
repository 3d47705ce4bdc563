import * as z from 'zod';
import type { ScriptsContract } from '../../../miniprogram/contract/scripts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import type { ScriptDoc } from '../../common/store/documents';
import { fieldOf } from '../../common/store/scriptShelves';
import type { Said } from '../../common/store/scriptShelves';
import { table } from '../../common/store/table';
import { scriptInSight } from './kept';
import { counted } from './shown';

type Ask = ScriptsContract['script.feedback']['ask'];
type Reply = ScriptsContract['script.feedback']['reply'];

/** Notes her newest judgement and word; what she said before is gone. At most two calls. */
async function note(doc: ScriptDoc, field: string, { good, word }: Said): Promise<void> {
  const change = { [`feedback.${field}`]: good, [`said.${field}`]: word };
  if (await table('scripts').changeIf({ _id: doc._id }, change)) return;
  // Nobody has done anything yet with this script that came with huitou.
  const first = {
    ...doc,
    feedback: { ...doc.feedback, [field]: good },
    said: { ...doc.said, [field]: word },
  };
  if (!(await table('scripts').addNew(first))) await table('scripts').changeIf({ _id: doc._id }, change);
}

/**
 * A member of staff says whether a script works, and why if she likes. One word each, the newest counts, so saying it twice is saying it once.
 * Three to five database calls.
 */
export const scriptFeedback: Action<Ask, Reply> = {
  who: STAFF,
  writes: true,
  ask: z.strictObject({ scriptId: anId, good: z.boolean(), word: someText(60).optional() }),
  async run({ scope }, { scriptId, good, word }) {
    const doc = await scriptInSight(scriptId, scope);
    if (!doc || !scope.staff) return refuse({ code: 'not-found', detail: '这条话术' });
    const field = fieldOf(scope.staff._id);
    const said = { good, word: word?.trim() ?? '' };
    const isKnown = doc.feedback[field] === good && (doc.said?.[field] ?? '') === said.word;
    if (!isKnown) await note(doc, field, said);
    const then = (await scriptInSight(scriptId, scope)) ?? doc;
    const { good: up, bad } = counted(then);
    return done({ good: up, bad });
  },
};
