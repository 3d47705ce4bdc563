import * as z from 'zod';
import type { ScriptDraft, ScriptsContract } from '../../../miniprogram/contract/scripts';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { scriptFault } from '../../../miniprogram/domain/outreach/scripts/checkScript';
import { withChainWords } from '../../../miniprogram/domain/outreach/scripts/chainWords';
import type { Script } from '../../../miniprogram/domain/outreach/types';
import type { Acting, Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { ScriptDoc } from '../../common/store/documents';
import { forgetScripts, ownWords, shelfWhere } from '../../common/store/scripts';
import { table } from '../../common/store/table';
import { aDraft } from './asks';
import { actsWith, isInHand, scriptInSight, untouched, VERSIONS } from './kept';
import { shownAlone, wordsOf } from './shown';

type Ask = ScriptsContract['script.save']['ask'];
type Reply = ScriptsContract['script.save']['reply'];

/** So many scripts of its own a chain or a branch may have; more than that nobody reads. */
const MOST = 200;

const scriptOf = (id: string, version: number, { notFor, ...draft }: ScriptDraft): Script => ({
  ...draft,
  id,
  version,
  scenario: draft.scenario.trim(),
  ...(notFor?.trim() ? { notFor: notFor.trim() } : {}),
  text: draft.text.trim(),
});

/** A first version. The key is made of her act, so that asking twice adds one. Two or three calls. */
async function addScript(acting: Acting, draft: ScriptDraft): Promise<Result<ScriptDoc, Failure>> {
  const { scope, now, requestKey } = acting;
  const _id = `own:${scope.staff?._id ?? ''}:${requestKey}`;
  const doc: ScriptDoc = {
    _id,
    owner: scope.branchId === null ? { kind: 'hq' } : { kind: 'branch', branchId: scope.branchId },
    script: scriptOf(_id, 1, draft),
    version: 1,
    versions: [],
    active: true,
    savedAt: now,
    savedBy: scope.staff?.name ?? '',
    feedback: {},
    acts: [requestKey],
  };
  const shelf =
    scope.branchId === null
      ? { 'owner.kind': 'hq' }
      : shelfWhere({ kind: 'branch', branchId: scope.branchId });
  if ((await table('scripts').count(shelf)) >= MOST)
    return refuse({ code: 'script-unfit', detail: `自己的话术最多 ${MOST} 条，请改一条不用的` });
  if (await table('scripts').addNew(doc)) return done(doc);
  const saved = await table('scripts').find(_id);
  return saved ? done(saved) : refuse({ code: 'busy' });
}

/** The next version, if nobody saved another one meanwhile. What stood before goes to its versions. One call. */
async function saveNext(acting: Acting, read: ScriptDoc, draft: ScriptDraft): Promise<ScriptDoc | null> {
  const { scope, now, requestKey } = acting;
  const version = read.version + 1;
  const before = wordsOf(read);
  const versions = before
    ? [
        ...read.versions,
        { version: read.version, script: before, savedAt: read.savedAt ?? 0, savedBy: read.savedBy ?? '' },
      ].slice(-VERSIONS)
    : read.versions;
  const change = {
    // What the chain has written anew is its own.
    owner: read.owner.kind === 'starter' ? { kind: 'hq' as const } : read.owner,
    script: scriptOf(read._id, version, draft),
    version,
    versions,
    savedAt: now,
    savedBy: scope.staff?.name ?? '',
    acts: actsWith(read, requestKey),
  };
  const isNew = read.acts === undefined && untouched(read._id) !== null;
  if (isNew && (await table('scripts').addNew({ ...read, ...change }))) return { ...read, ...change };
  const where = { _id: read._id, version: read.version };
  return (await table('scripts').changeIf(where, change)) ? { ...read, ...change } : null;
}

/**
 * Keeps a script: a new one, or the next version of one that stands; of a script that comes with huitou the chain then
 * has its own wording. It has to be fit (see `scriptFault`, asked with the chain's words of this moment), and the one who
 * saves must have seen the version that stands. At most six database calls.
 */
export const scriptSave: Action<Ask, Reply> = {
  who: ['hq', 'manager'],
  writes: true,
  ask: z.strictObject({ scriptId: anId.nullable(), basedOn: z.number().int().min(0), draft: aDraft }),
  async run(acting, { scriptId, basedOn, draft }) {
    const { scope, now, requestKey } = acting;
    const [read, words] = await Promise.all([
      scriptId === null ? null : scriptInSight(scriptId, scope),
      ownWords(),
    ]);
    if (scriptId !== null) {
      if (!read) return refuse({ code: 'not-found', detail: '这条话术' });
      if (!isInHand(read, scope)) return refuse({ code: 'not-allowed' });
      if (read.acts?.includes(requestKey)) return done(await shownAlone(read, scope.branchId, now));
    }
    const fault = scriptFault(draft, withChainWords(words ?? { words: [], allow: [] }));
    if (fault) return refuse({ code: 'script-unfit', detail: fault });
    if (read && read.version !== basedOn)
      return refuse({ code: 'script-stale', detail: String(read.version) });

    const saved = read ? await saveNext(acting, read, draft) : await addScript(acting, draft);
    forgetScripts();
    if (saved !== null && 'ok' in saved)
      return saved.ok ? done(await shownAlone(saved.value, scope.branchId, now)) : saved;
    if (saved) return done(await shownAlone(saved, scope.branchId, now));

    const then = await scriptInSight(scriptId ?? '', scope);
    if (then?.acts?.includes(requestKey)) return done(await shownAlone(then, scope.branchId, now));
    return refuse({ code: 'script-stale', detail: String(then?.version ?? '') });
  },
};
