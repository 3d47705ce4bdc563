import { DEFAULT_OFFERS } from '../../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../../miniprogram/domain/offers/settings';
import type { ChainDoc } from './documents';
import { chainToChange } from './chain';
import { table } from './table';

/** What headquarters decided about gifts, or the settings as they come. */
export const offersOf = (chain: Pick<ChainDoc, 'offers'> | null): OfferSettings =>
  chain?.offers?.settings ?? DEFAULT_OFFERS;

/**
 * Saves what was decided, if it stands as it was read. Two calls, more for a chain that was never set up.
 *
 * @returns false when somebody saved meanwhile
 */
export async function saveOffers(offers: NonNullable<ChainDoc['offers']>): Promise<boolean> {
  const chain = await chainToChange();
  const readVersion = offers.settings.version - 1;
  if (offersOf(chain).version !== readVersion) return false;
  return table('chain').changeIf(
    { _id: 'chain', 'offers.settings.version': readVersion === 0 ? null : readVersion },
    { offers },
  );
}
