import * as z from 'zod';
import type { CareContract } from '../../../miniprogram/contract/care';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import {
  careFault,
  FESTIVALS,
  MOST_AHEAD,
  MOST_DAILY,
} from '../../../miniprogram/domain/outreach/care/settings';
import { CARE_OCCASIONS } from '../../../miniprogram/domain/outreach/care/types';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { careSettingsDoc, saveCareSettings } from '../../common/store/careSettings';
import { staffNamed } from '../../common/store/remembered';
import { newestRuns } from '../../common/store/runs';
import { DEFAULT_CARE } from '../../../miniprogram/domain/outreach/care/settings';

/** Two calls at once beside the caller's scope, and the name of whoever saved, which is remembered for a minute. */
export const readCareSettings: Actions<CareContract>['care.settings'] = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run({ now }) {
    const [doc, [night]] = await Promise.all([careSettingsDoc(), newestRuns('care', 1)]);
    const by = doc && ((await staffNamed([doc.savedBy], now)).get(doc.savedBy)?.name ?? doc.savedBy);
    return done({
      settings: doc?.settings ?? DEFAULT_CARE,
      saved: doc && { at: doc.savedAt, by: by ?? '' },
      lastNight: night ? { on: night.on, read: night.read, given: night.moves } : null,
    });
  },
};

const ahead = z.number().int().min(0).max(MOST_AHEAD);

/**
 * Saves what headquarters decides, on top of the version it was read as. Repeating the act finds its own key. At most
 * three calls.
 */
export const saveCare: Actions<CareContract>['care.save'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    settings: z.strictObject({
      version: z.number().int().min(0),
      off: z.array(z.enum(CARE_OCCASIONS)).max(CARE_OCCASIONS.length),
      daysAhead: z.strictObject({
        birthday: ahead,
        level: ahead,
        points: ahead,
        refill: ahead,
        memberDay: ahead,
        festival: ahead,
      }),
      memberDays: z.array(z.number().int().min(1).max(31)).max(31),
      festivals: z.array(z.enum(FESTIVALS)).max(FESTIVALS.length),
      clerkDaily: z.number().int().min(1).max(MOST_DAILY),
    }),
  }),
  async run({ scope, now, requestKey }, { settings }) {
    const fault = careFault(settings);
    if (fault) return refuse({ code: 'care-unfit', detail: fault });
    const next = {
      ...settings,
      version: settings.version + 1,
      memberDays: [...settings.memberDays].sort((a, b) => a - b),
    };
    const savedBy = scope.staff?._id ?? '';
    if (await saveCareSettings({ _id: 'care', settings: next, savedAt: now, savedBy, requestKey })) {
      return done({ settings: next });
    }
    const standing = await careSettingsDoc();
    const isOurs = standing?.requestKey === requestKey && standing.savedBy === savedBy;
    return isOurs ? done({ settings: standing.settings }) : refuse({ code: 'care-stale' });
  },
};
