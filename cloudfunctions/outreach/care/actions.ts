import type { CareContract } from '../../../miniprogram/contract/care';
import type { Actions } from '../../common/entry/action';
import { careCalendar } from './calendar';
import { readCareSettings, saveCare } from './settings';

/** Care tasks besides the list: their calendar, and what headquarters decides about them. */
export const careActions: Actions<CareContract> = {
  'care.calendar': careCalendar,
  'care.settings': readCareSettings,
  'care.save': saveCare,
};
