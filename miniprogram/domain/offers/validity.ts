import { addDays, dayOf, endOf, HOUR_MS } from '../kernel/day';
import type { Ms } from '../kernel/day';
import type { MemberOffer, Validity } from './types';

/**
 * The instant from which a coupon is no longer good. Duration: to the second. Business days: good up to 23:59:59.999 in
 * Shanghai, so it ends with the first millisecond of the day after.
 *
 * @example expiryOf({ kind: 'seconds', seconds: 172_800 }, 0) // → 172_800_000
 * @example expiryOf({ kind: 'businessDays', days: 1 }, startOf(day('2025-03-05'), 23)) // → startOf(day('2025-03-06'))
 */
export function expiryOf(validity: Validity, claimedAt: Ms): Ms {
  switch (validity.kind) {
    case 'seconds':
      return claimedAt + validity.seconds * 1000;
    case 'businessDays':
      return endOf(addDays(dayOf(claimedAt), validity.days - 1)) + 1;
    case 'untilDay':
      return endOf(validity.on) + 1;
  }
}

/** How long the ladder's coupon of an offer is good. */
export function validityOf(offer: Pick<MemberOffer, 'validHours' | 'validity'>): Validity {
  return offer.validity ?? { kind: 'seconds', seconds: (offer.validHours * HOUR_MS) / 1000 };
}

/** @example spokenValidity({ kind: 'seconds', seconds: 172_800 }) // → '领取后48小时内' */
export function spokenValidity(validity: Validity): string {
  switch (validity.kind) {
    case 'seconds': {
      const { seconds } = validity;
      if (seconds % 3600 === 0) return `领取后${seconds / 3600}小时内`;
      return seconds % 60 === 0 ? `领取后${seconds / 60}分钟内` : `领取后${seconds}秒内`;
    }
    case 'businessDays':
      return validity.days === 1 ? '领取当天内' : `领取当天起${validity.days}天内`;
    case 'untilDay':
      return `${validity.on}当天及以前`;
  }
}
