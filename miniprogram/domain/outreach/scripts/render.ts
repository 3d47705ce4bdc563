import { SCRIPT_BLANKS } from '../types';
import type { BlankValues, ScriptBlank, ScriptPiece } from '../types';

export { blankValuesOf } from './blankValues';

const BLANK = new RegExp(`\\{(${SCRIPT_BLANKS.join('|')})\\}`, 'g');
const isBlank = (name: string | undefined): name is ScriptBlank =>
  (SCRIPT_BLANKS as readonly (string | undefined)[]).includes(name);

/** The blanks a script uses, in the order in which they first appear. @example blanksOf('{称呼}，您好') // → ['称呼'] */
export function blanksOf(text: string): ScriptBlank[] {
  return [...new Set([...text.matchAll(BLANK)].map((match) => match[1]).filter(isBlank))];
}

/**
 * Fills the blanks of a script (话术). A blank nobody can fill stays visible as `{有效期}` and is listed in `missing`;
 * such a text must not be copied. Values are taken as they are: braces inside a name are not filled again.
 *
 * @example renderScript('{称呼}，想您了', { 称呼: '小芳' })
 * // → { pieces: [{ text: '小芳', filled: true }, { text: '，想您了', filled: false }], text: '小芳，想您了', missing: [] }
 */
export function renderScript(
  text: string,
  values: BlankValues,
): { pieces: ScriptPiece[]; text: string; missing: ScriptBlank[] } {
  const pieces: ScriptPiece[] = [];
  const missing = new Set<ScriptBlank>();
  const plain = (run: string): void => {
    const last = pieces[pieces.length - 1];
    if (run === '') return;
    if (last && !last.filled) last.text += run;
    else pieces.push({ text: run, filled: false });
  };
  let end = 0;
  for (const match of text.matchAll(BLANK)) {
    plain(text.slice(end, match.index));
    end = match.index + match[0].length;
    const blank = match[1];
    const value = isBlank(blank) ? values[blank] : undefined;
    if (value) pieces.push({ text: value, filled: true });
    else {
      plain(match[0]);
      if (isBlank(blank)) missing.add(blank);
    }
  }
  plain(text.slice(end));
  return { pieces, text: pieces.map((piece) => piece.text).join(''), missing: [...missing] };
}
