import type { Day } from '../../domain/kernel/day';
import type { PastedRow } from '../../domain/membership/paste';
import type { Lifecycle, Value } from '../../domain/membership/types';
import { chooseScripts } from '../../domain/outreach/scripts/choose';
import { blankValuesOf } from '../../domain/outreach/scripts/render';
import { STARTER_SCRIPTS } from '../../domain/outreach/scripts/starter';

/** Who would say it, and on which day. */
export interface Speaker {
  name: string;
  /** the branch, or the chain where none is named */
  shop: string;
  today: Day;
}

/** Where the cloud put a customer. */
export interface Stands {
  memberId: string;
  lifecycle: Lifecycle;
  value: Value;
}

/**
 * The first words that fit a customer of a pasted list: no offer stands behind them yet, so they promise none. Empty
 * when no script is complete for her. They are shown and not copied: copying is asked of the contact ledger, and that
 * knows her once a campaign is launched.
 *
 * @example openerFor(row, { memberId: 'p1', lifecycle: 'dormant', value: 'low' }, speaker) // → '王姐，好久不见…'
 */
export function openerFor(row: PastedRow, stands: Stands, { name, shop, today }: Speaker): string {
  const values = blankValuesOf({
    memberName: row.name,
    clerkName: name,
    branchName: shop,
    lastPaidOn: row.lastPaidOn,
    today,
    offerHeadline: null,
    validHours: null,
    trial: null,
  });
  const [best] = chooseScripts(
    STARTER_SCRIPTS,
    { ...stands, values, received: [], urgencyAllowed: false, hasOffer: false },
    1,
  );
  return best && best.missing.length === 0 ? best.text : '';
}
