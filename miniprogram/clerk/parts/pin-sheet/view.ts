import { PIN_REASON_WORDS, pinReasonsFor } from '../../../domain/outreach/pin';
import type { PinReason, PinWay } from '../../../domain/outreach/pin';

export interface ReasonChoice {
  id: PinReason;
  word: string;
}

/** The reasons to choose from for a way. */
export function reasonChoices(way: PinWay): ReasonChoice[] {
  return pinReasonsFor(way).map((id) => ({ id, word: PIN_REASON_WORDS[id] }));
}

/** What the form hands over; the page adds whose task it is. */
export interface PinForm {
  way: PinWay | null;
  reason: PinReason | null;
  note: string;
}
