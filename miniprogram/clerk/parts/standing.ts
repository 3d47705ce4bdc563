import type { TaskCard } from '../../contract/outreach';
import { spokenDay } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { whatWouldMove } from '../../domain/outreach/priority';
import { PIN_WAY_WORDS } from '../../domain/outreach/pin';

/** What would change a card's place, from the card alone: the list need not carry it. */
export function movesOf(card: TaskCard, today: Day): string[] {
  const { lifecycle, value, urged, dueOn, stage, status, live, pin } = card;
  if (status !== 'open' && status !== 'contacted') return [];
  if (card.care)
    return [
      '她自己办了这件事，比如付款、下单、补货，这条就自动结束',
      `过了${spokenDay(card.care.until)}，这条也自动结束`,
    ];
  return whatWouldMove(
    {
      lifecycle,
      value,
      urged,
      dueOn,
      claimedUnused: live === true,
      openedUnclaimed: stage === 'opened',
      redeemed: stage === 'redeemed',
      lastPaidOn: null,
      pinned: pin?.way ?? null,
    },
    today,
  );
}

/** The mark of a card its clerk moved; empty = she did not. @example pinMark(card) // → '往前排 · 约好今天联系' */
export function pinMark({ pin }: Pick<TaskCard, 'pin'>): string {
  return pin ? `${PIN_WAY_WORDS[pin.way]} · ${pin.why}` : '';
}
