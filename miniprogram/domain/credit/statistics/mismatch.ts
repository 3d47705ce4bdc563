import { normalCdf } from './normal';

/** Below this nobody believes in chance any more; the usual threshold for this test. */
const SUSPICIOUS = 0.001;

/**
 * Were as many members held out as should have been? A share that is off by more than chance means that something
 * between the draw and the count lost members of one side, and then no lift can be believed (sample ratio mismatch).
 * Fabijan et al., "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019; here as the normal test of
 * one proportion, which for two groups equals the chi-square test.
 *
 * @param share of the holdout as planned, 0 to 1; with 0 or 1 there is nothing to test
 * @example sampleRatio({ treated: 900, heldOut: 100 }, 0.1) // → { p: 1, isMismatch: false }
 */
export function sampleRatio(
  counted: { treated: number; heldOut: number },
  share: number,
): { p: number; isMismatch: boolean } {
  const all = counted.treated + counted.heldOut;
  if (all === 0 || share <= 0 || share >= 1) return { p: 1, isMismatch: false };
  const z = (counted.heldOut - all * share) / Math.sqrt(all * share * (1 - share));
  const p = Math.min(1, 2 * normalCdf(-Math.abs(z)));
  return { p, isMismatch: p < SUSPICIOUS };
}
