import { sentenceOf } from '../../contract/failures';
import type { Outcome } from '../../contract/outcome';
import { newRequestKey } from '../../platform/requestKey';
import { say } from '../../platform/screen';

/** A page that edits settings. Its WXML shows `isSaving` and `refusal`. */
export interface SettingsPage {
  data: { isSaving: boolean };
  /** kept until a save is answered, so that a lost try is repeated as the same act */
  saveKey: string;
  load(): Promise<void>;
  setData(change: { isSaving?: boolean; refusal?: string }): void;
}

/**
 * Saves what a settings page holds and reads it anew, or says on the page why not. A second tap meanwhile does nothing.
 *
 * @param fault what is wrong with it as it stands, without the full stop; null = nothing
 * @param send asks the function, under the key of this act
 * @param done what is said when it is saved
 * @example await saveSettings(this, careFault(settings), (key) => outreach('care.save', { settings }, key), '保存好了');
 */
export async function saveSettings(
  page: SettingsPage,
  fault: string | null,
  send: (key: string) => Promise<Outcome<unknown>>,
  done: string,
): Promise<void> {
  if (page.data.isSaving) return;
  if (fault) return page.setData({ refusal: `${fault}。` });
  page.setData({ isSaving: true, refusal: '' });
  page.saveKey ||= newRequestKey();
  const answer = await send(page.saveKey);
  page.setData({ isSaving: false });
  if (!answer.ok) return page.setData({ refusal: sentenceOf(answer.failure) });
  page.saveKey = '';
  say(done);
  await page.load();
}
