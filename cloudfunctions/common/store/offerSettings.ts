import { DEFAULT_OFFERS } from '../../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../../miniprogram/domain/offers/settings';
import type { ChainDoc } from './documents';
import { chainToChange } from './chain';
import { table } from './table';

type Offers = NonNullable<ChainDoc['offers']>;

/** What headquarters decided about gifts, or the settings as they come. */
export const offersOf = (chain: Pick<ChainDoc, 'offers'> | null): OfferSettings =>
  chain?.offers?.settings ?? DEFAULT_OFFERS;

/**
 * Saves what was decided, if it stands as it was read. Two calls, more for a chain that was never set up.
 *
 * @returns false when somebody saved meanwhile
 */
export async function saveOffers(offers: Omit<Offers, 'rebated'>): Promise<boolean> {
  const chain = await chainToChange();
  const readVersion = offers.settings.version - 1;
  if (offersOf(chain).version !== readVersion) return false;
  const rebated = rebatedWith(chain, offers);
  return table('chain').changeIf(
    { _id: 'chain', 'offers.settings.version': readVersion === 0 ? null : readVersion },
    { offers: { ...offers, ...(rebated ? { rebated } : {}) } },
  );
}

/** Orders earn a rebate from the moment it is switched on, none for those paid before. */
function rebatedWith({ offers }: ChainDoc, next: Omit<Offers, 'rebated'>): Offers['rebated'] {
  if (!next.settings.rebate.isOn) return offers?.rebated;
  const before = offers?.rebated;
  const since = before && offers?.settings.rebate.isOn ? before.since : next.savedAt;
  return { since, first: before?.first ?? since };
}
