import type { Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { OfferSettings } from '../domain/offers/settings';

export interface OffersContract {
  /** HQ: what was decided about gifts (礼遇设置), or the settings as they come (version 0) */
  'offers.settings': {
    ask: Record<string, never>;
    reply: {
      settings: OfferSettings;
      /** when and by whom; null = nobody has changed them */
      saved: { at: Ms; by: string } | null;
      /** categories members buy, the most frequent first, to choose from */
      categories: string[];
      /** the chain's median basket, by which coupons without a minimum are judged; null = not known yet */
      typicalFen: Fen | null;
    };
  };
  /** HQ: saves them on top of the version they were read as. Carries a requestKey */
  'offers.save': { ask: { settings: OfferSettings }; reply: { settings: OfferSettings } };
}
