import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import {
  MOST_CATEGORIES,
  MOST_RETURN_MONTHS,
  offersFault,
  settingsWords,
} from '../../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../../miniprogram/domain/offers/settings';
import type { Actions } from '../../common/entry/action';
import { nothing, someFen, someText } from '../../common/entry/asks';
import { aCategory } from '../../common/entry/offerAsk';
import { someCategories } from '../../common/store/audience';
import { note } from '../../common/store/audit';
import { chainSettings } from '../../common/store/chain';
import { offersOf, saveOffers } from '../../common/store/offerSettings';
import { staffNamed } from '../../common/store/remembered';

/** Two calls at once beside the caller's scope, and the name of whoever saved, which is remembered for a minute. */
export const readOfferSettings: Actions<GiftsContract>['offers.settings'] = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run({ now }) {
    const [chain, categories] = await Promise.all([chainSettings(), someCategories()]);
    const { offers = null } = chain;
    const by =
      offers && ((await staffNamed([offers.savedBy], now)).get(offers.savedBy)?.name ?? offers.savedBy);
    return done({
      settings: offersOf(chain),
      saved: offers && { at: offers.savedAt, by: by ?? '' },
      categories,
      typicalFen: chain.aovCut?.medianFen ?? null,
    });
  },
};

const aShare = z.number().min(0).max(1);
const aCount = z.number().int().min(0).max(1_000_000);

const someSettings: z.ZodType<OfferSettings> = z.strictObject({
  version: z.number().int().min(0),
  returnMonths: z.number().int().min(0).max(MOST_RETURN_MONTHS),
  margin: z
    .strictObject({
      chain: aShare,
      byCategory: z.array(z.strictObject({ category: aCategory, rate: aShare })).max(MOST_CATEGORIES),
      floor: aShare,
    })
    .nullable(),
  rebate: z.strictObject({
    isOn: z.boolean(),
    rule: z.strictObject({
      marginRate: aShare,
      shareBack: aShare,
      trialShare: aShare,
      trialProduct: someText(60),
      validity: z.strictObject({ kind: z.literal('businessDays'), days: aCount }),
      leastFen: someFen,
    }),
  }),
  referral: z.strictObject({
    isOn: z.boolean(),
    terms: z.strictObject({
      leastFen: someFen,
      refundDays: aCount,
      inviterPoints: aCount,
      friendPoints: aCount,
    }),
  }),
});

/**
 * Saves what headquarters decides, on top of the version it was read as, and accounts for it. Repeating the act finds its
 * own key, and writes the account that a cut-off left out. At most four calls.
 */
export const saveOfferSettings: Actions<GiftsContract>['offers.save'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ settings: someSettings }),
  async run({ scope, now, requestKey }, { settings }) {
    const fault = offersFault(settings);
    if (fault) return refuse({ code: 'offers-unfit', detail: fault });
    const savedBy = scope.staff?._id ?? '';
    const next = { ...settings, version: settings.version + 1 };
    if (!(await saveOffers({ settings: next, savedAt: now, savedBy, requestKey }))) {
      const { offers } = await chainSettings();
      if (offers?.requestKey !== requestKey || offers.savedBy !== savedBy)
        return refuse({ code: 'offers-stale' });
    }
    await note({
      _id: `offers:${next.version}`,
      at: now,
      what: 'offers',
      staffId: savedBy,
      memberId: null,
      detail: settingsWords(next),
    });
    return done({ settings: next });
  },
};
