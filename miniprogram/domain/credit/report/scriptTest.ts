import type { Ms } from '../../kernel/day';
import { alwaysValid } from '../statistics/alwaysValid';
import type { Estimate, Share } from '../statistics/proportion';
import { sampleLacking } from '../statistics/enough';

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

/** A script in use for long. */
export interface ScriptUseFact {
  firstUsedAt: Ms;
  /** contacts in the last 28 days and in the 28 days before those, and of each those answered */
  recent: Share;
  earlier: Share;
}

/**
 * Has a script worn out? Stale (该换了) when it is answered clearly less often than four weeks before; without enough
 * contacts nothing is said.
 *
 * @example staleSentence({ recent: { hits: 2, of: 20 }, … }) // → null, too few
 */
export function staleSentence({ recent, earlier }: ScriptUseFact): string | null {
  if (sampleLacking(recent, earlier)) return null;
  const change = alwaysValid(recent, earlier);
  if (change === null || change.high >= 0) return null;
  return `近 28 天有回应 ${share(recent)}，之前 28 天 ${share(earlier)}：大家看腻了，换一条吧。`;
}
