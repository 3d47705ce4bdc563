import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import { table } from './table';

/** So much of a script's words tells it from the others. */
const SHOWN = 18;
/** Nearly all begin by calling her by name, which tells nothing; blanks are read as words. */
const short = (text: string): string => {
  const words = text.replace(/^\{称呼\}[，,、]?\s*/, '').replace(/[{}]/g, '');
  return words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
};

/**
 * The first words of scripts, by id; `''` = the clerk's own words. One call where one of them is the chain's own.
 *
 * @example (await scriptTitles([''])).get('') // → '导购自己的话'
 */
export async function scriptTitles(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>([['', '导购自己的话']]);
  for (const { id, text } of STARTER_SCRIPTS) titles.set(id, short(text));
  const unknown = ids.filter((id) => !titles.has(id));
  for (const { _id, script } of await table('scripts').findMany(unknown))
    if (script) titles.set(_id, short(script.text));
  return titles;
}
