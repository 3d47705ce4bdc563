import * as z from 'zod';
import type { ScriptsContract } from '../../../miniprogram/contract/scripts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { MOST_WORDS, wordsFault } from '../../../miniprogram/domain/outreach/scripts/chainWords';
import type { Action } from '../../common/entry/action';
import { someText } from '../../common/entry/asks';
import type { WordsDoc } from '../../common/store/documents';
import { forgetScripts, ownWords } from '../../common/store/scripts';
import { keptScripts } from '../../common/store/scriptShelves';
import { table } from '../../common/store/table';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import { wordsOf } from './shown';

type Ask = ScriptsContract['words.save']['ask'];
type Reply = ScriptsContract['words.save']['reply'];

/** Every script that is offered anywhere in the chain. One call. */
async function scriptsInUse() {
  const kept = await keptScripts('all');
  const touched = new Set(kept.map(({ _id }) => _id));
  return [
    ...STARTER_SCRIPTS.filter(({ id }) => !touched.has(id)),
    ...kept.flatMap((doc) => (doc.active ? (wordsOf(doc) ?? []) : [])),
  ];
}

/**
 * Keeps the chain's own words, if the one who saves has seen those that stand. Clerks' drafts are checked by them within
 * a minute. Words that would stop scripts in use are refused. Four database calls at most.
 */
export const wordsSave: Action<Ask, Reply> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    words: z
      .array(
        z.strictObject({ word: someText(60), replacement: someText(60).nullable(), blocks: z.boolean() }),
      )
      .max(MOST_WORDS, `最多 ${MOST_WORDS} 个词`),
    allow: z.array(someText(60)).max(MOST_WORDS, `最多 ${MOST_WORDS} 个短语`),
    basedOn: z.number().int().min(0),
  }),
  async run({ requestKey }, { basedOn, ...typed }) {
    const [own, inUse] = await Promise.all([ownWords(), scriptsInUse()]);
    const isSaved = (doc: WordsDoc | null): boolean => doc?.requestKey === requestKey;
    if (isSaved(own)) return done({ version: own?.version ?? 0 });
    const version = own?.version ?? 0;
    if (version !== basedOn) return refuse({ code: 'words-stale' });
    const words = typed.words.map(({ word, replacement, blocks }) => ({
      word: word.trim(),
      replacement: replacement?.trim() ?? null,
      blocks,
    }));
    const allow = typed.allow.map((phrase) => phrase.trim());
    const fault = wordsFault({ words, allow }, inUse);
    if (fault) return refuse({ code: 'words-unfit', detail: fault });

    const next = { words, allow, version: version + 1, requestKey };
    const written = own
      ? await table('words').changeIf({ _id: 'words', version }, next)
      : await table('words').addNew({ _id: 'words', ...next });
    forgetScripts();
    if (written || isSaved(await ownWords())) return done({ version: version + 1 });
    return refuse({ code: 'words-stale' });
  },
};
