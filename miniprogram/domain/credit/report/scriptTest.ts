import { DAY_MS } from '../../kernel/day';
import type { Ms } from '../../kernel/day';
import { alwaysValid } from '../statistics/alwaysValid';
import type { Estimate, Share } from '../statistics/proportion';
import { sampleLacking } from '../statistics/enough';
import { liftOf } from '../statistics/stratified';

/** What a test of two scripts says today; it may be read every day. */
export interface TestReading {
  usual: Share;
  tried: Share;
  /** tried minus usual; wide enough to be acted on at any look */
  estimate: Estimate | null;
  suggestion: 'wait' | 'rollOut' | 'keepUsual' | 'noDifference';
  sentence: string;
}

/** A difference this small is not worth another four weeks of waiting. */
const NO_MATTER = 0.02;

const share = ({ hits, of }: Share): string =>
  of > 0 ? `${hits}/${of} = ${((hits * 100) / of).toFixed(1)}%` : '0/0';
const points = (value: number): string => (value * 100).toFixed(1);

/**
 * Reads a test of a tried script against the usual one. The interval is always valid (`alwaysValid`), so whoever looks
 * daily and stops at the first clear day is still wrong at most 5 times of 100. Below the minimum sample nobody wins.
 *
 * @example readTest({ hits: 0, of: 0 }, { hits: 0, of: 0 }).suggestion // → 'wait'
 */
export function readTest(usual: Share, tried: Share): TestReading {
  const estimate = alwaysValid(tried, usual);
  const both = `原来的 ${share(usual)}，新的 ${share(tried)}`;
  const reading = (suggestion: TestReading['suggestion'], sentence: string): TestReading => ({
    usual,
    tried,
    estimate,
    suggestion,
    sentence,
  });
  if (estimate === null || sampleLacking(usual, tried))
    return reading('wait', `${both}。人数还太少，继续测。`);
  const range = `差 ${points(estimate.value)} 个百分点，区间 ${points(estimate.low)} 到 ${points(estimate.high)}（每天看都有效）`;
  if (estimate.low > 0) return reading('rollOut', `${both}。${range}：新的更好，可以全面推开。`);
  if (estimate.high < 0) return reading('keepUsual', `${both}。${range}：新的更差，收回来，用原来的。`);
  if (estimate.high < NO_MATTER && estimate.low > -NO_MATTER)
    return reading('noDifference', `${both}。${range}：差别不到 2 个百分点，用哪条都行。`);
  return reading('wait', `${both}。${range}，包含 0：还看不出来，继续测。`);
}

/** So long after a message an opening, a claim, a visit with the coupon or a purchase counts as its answer. */
export const ANSWERED_WITHIN_DAYS = 7;
const WINDOW_DAYS = 28;

/** The two spans of four weeks that a script is compared over, each from (not with) an instant up to one. */
export interface UseWindows {
  recent: { after: Ms; until: Ms };
  earlier: { after: Ms; until: Ms };
}

/**
 * The four weeks of messages that have had their time for an answer, and the four weeks before. What was sent within the last 7 days
 * has not, and would make every script look worn.
 *
 * @example useWindows(startOf(day('2026-03-18'))).recent.until // → startOf(day('2026-03-11'))
 */
export function useWindows(now: Ms): UseWindows {
  const until = now - ANSWERED_WITHIN_DAYS * DAY_MS;
  const between = until - WINDOW_DAYS * DAY_MS;
  return {
    recent: { after: between, until },
    earlier: { after: between - WINDOW_DAYS * DAY_MS, until: between },
  };
}

/** Messages of one script to one tier in either window, and of each those answered. */
export interface TierUse {
  recent: Share;
  earlier: Share;
}

const both = (uses: readonly TierUse[], when: keyof TierUse): Share => ({
  hits: uses.reduce((sum, use) => sum + use[when].hits, 0),
  of: uses.reduce((sum, use) => sum + use[when].of, 0),
});

/**
 * Has a script worn out (该换了)? Only when both hold: it is answered less often than four weeks before by an interval that may be
 * read every day (`alwaysValid`), and less often within the same tiers too (Mantel–Haenszel, `liftOf`), for a script that was sent to
 * the easy ones first would else look worn. Without enough messages nothing is said.
 *
 * @returns the sentence with its numbers; null = it has not, or nobody can say
 * @example staleSentence([{ recent: { hits: 2, of: 20 }, earlier: { hits: 9, of: 20 } }]) // → null, too few
 */
export function staleSentence(byTier: readonly TierUse[]): string | null {
  const [recent, earlier] = [both(byTier, 'recent'), both(byTier, 'earlier')];
  if (sampleLacking(recent, earlier)) return null;
  const change = alwaysValid(recent, earlier);
  const alike = liftOf(byTier.map((use) => ({ treated: use.recent, heldOut: use.earlier })));
  if (change === null || change.high >= 0 || alike === null || alike.high >= 0) return null;
  return `近 4 周有回应 ${share(recent)}，再之前 4 周 ${share(earlier)}（发出满 7 天的才算），同样分层的会员里也少了：可能看腻了，换一条试试。`;
}
