import type { Script } from '../types';
import { CARE_SCRIPTS } from './starterCare';
import { FRESH_SCRIPTS } from './starterFresh';
import { DORMANT_SCRIPTS, DROWSY_SCRIPTS } from './starterQuiet';
import { LOOKED_SCRIPTS } from './starterLooked';
import { STARTER_NOT_FOR } from './starterNotFor';
import { LOST_SCRIPTS } from './starterLost';
import { OCCASION_SCRIPTS } from './starterOccasions';

/**
 * The scripts (话术) a chain starts with, written to be read aloud by a clerk who means them. They praise nothing, press
 * nobody, and say only what the blanks or the clerk herself can vouch for; `scenario` tells her when to use one, `notFor`
 * when not.
 * The only urgency is the coupon's own life, through the blank `{有效期}`.
 */
export const STARTER_SCRIPTS: readonly Script[] = [
  ...FRESH_SCRIPTS,
  ...DROWSY_SCRIPTS,
  ...DORMANT_SCRIPTS,
  ...LOST_SCRIPTS,
  ...CARE_SCRIPTS,
  ...OCCASION_SCRIPTS,
  ...LOOKED_SCRIPTS,
].map((script) => ({ ...script, notFor: STARTER_NOT_FOR[script.id] ?? '' }));
