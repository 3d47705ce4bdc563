import type { Day } from '../../../domain/kernel/day';
import { LAPSE_REASON_WORDS, OUTCOME_WORDS } from '../../../domain/outreach/types';
import type { FollowUpOutcome, LapseReason } from '../../../domain/outreach/types';
import { laterDays } from '../days';
import type { DayChoice } from '../days';

export interface Choice<T extends string> {
  id: T;
  word: string;
}

const choicesOf = <T extends string>(words: Record<T, string>): Choice<T>[] =>
  (Object.entries(words) as [T, string][]).map(([id, word]) => ({ id, word }));

export const OUTCOME_CHOICES = choicesOf(OUTCOME_WORDS);
export const REASON_CHOICES = choicesOf(LAPSE_REASON_WORDS);

/** What each outcome usually asks for next: index into `nextDays`. The clerk may choose otherwise. */
const USUAL_NEXT: Record<FollowUpOutcome, number> = {
  willCome: 1,
  noReply: 1,
  notNow: 2,
  lostForGood: 3,
  wrongPerson: 3,
};

/** 明天, 3天后, 一周后 and 不再提醒. */
export function nextDays(today: Day): DayChoice[] {
  return [...laterDays(today), { word: '不再提醒', on: null }];
}

export function usualNext(outcome: FollowUpOutcome): number {
  return USUAL_NEXT[outcome];
}

/** Whether it makes sense to ask why she stopped coming. */
export function asksReason(outcome: FollowUpOutcome | null): boolean {
  return outcome === 'notNow' || outcome === 'lostForGood';
}

/** Whether nobody will reach her this way again, so that the task ends with the record. */
export function endsTask(outcome: FollowUpOutcome | null): boolean {
  return outcome === 'lostForGood' || outcome === 'wrongPerson';
}

export function outcomeNamed(id: string): FollowUpOutcome | null {
  return OUTCOME_CHOICES.find((each) => each.id === id)?.id ?? null;
}

export function reasonNamed(id: string): LapseReason | null {
  return REASON_CHOICES.find((each) => each.id === id)?.id ?? null;
}

/** What the form hands over; the page adds whose task it is. */
export interface FollowUpForm {
  outcome: FollowUpOutcome;
  lapseReason: LapseReason | null;
  note: string;
  nextContactOn: Day | null;
}
