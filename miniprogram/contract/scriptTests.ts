import type { Ms } from '../domain/kernel/day';
import type { Occasion, Tone } from '../domain/outreach/types';

/** One of the two scripts of a small test, with what came of it: counts, no verdict. */
export interface VariantShown {
  scriptId: string;
  scenario: string;
  text: string;
  /** customers who were sent it in the test, and of those: claimed, and woken, after it */
  sent: number;
  claimed: number;
  woken: number;
}

/** 小测试, under way or ended. Who is better is not said here: that takes an interval. */
export interface TestShown {
  testId: string;
  version: number;
  occasion: Occasion;
  tone: Tone;
  /** as it has been, and what is tried against it */
  variants: [VariantShown, VariantShown];
  /** the share of customers who get the tried one */
  share: number;
  startedAt: Ms;
  startedBy: string;
  endedAt: Ms | null;
  /** rolled out; null = both stayed, or it is under way */
  chosen: string | null;
}

export interface ScriptTestsContract {
  /** HQ: tries a script against another one of the same occasion and tone; carries a requestKey */
  'test.start': { ask: { usualId: string; triedId: string; share: number }; reply: TestShown };
  /** HQ: ends it; `chosen` is rolled out and the other one switched off, null = both stay */
  'test.end': { ask: { testId: string; chosen: string | null }; reply: TestShown };
}
