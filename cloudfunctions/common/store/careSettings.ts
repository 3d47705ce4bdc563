import { DEFAULT_CARE } from '../../../miniprogram/domain/outreach/care/settings';
import type { CareSettings } from '../../../miniprogram/domain/outreach/care/settings';
import type { CareSettingsDoc } from './documents';
import { table } from './table';

/** What headquarters decided, or the settings as they come. One call. */
export async function careSettings(): Promise<CareSettings> {
  return (await careSettingsDoc())?.settings ?? DEFAULT_CARE;
}

/** With who saved them; null = nobody has. One call. */
export function careSettingsDoc(): Promise<CareSettingsDoc | null> {
  return table('careSettings').find('care');
}

/** Saves what was decided, if it stands as it was read. One or two calls. @returns false when somebody saved meanwhile */
export async function saveCareSettings(doc: CareSettingsDoc): Promise<boolean> {
  const readVersion = doc.settings.version - 1;
  const { _id, ...whole } = doc;
  if (readVersion === 0 && (await table('careSettings').addNew(doc))) return true;
  return table('careSettings').changeIf({ _id, 'settings.version': readVersion }, whole);
}
