import { VALUES } from '../../membership/types';
import type { Lifecycle } from '../../membership/types';
import type { Occasion, Purpose, Script, Tone } from '../types';

export const QUIET: Lifecycle[] = ['drowsy', 'dormant', 'lost'];
/** She has bought at least once. */
export const BOUGHT: Lifecycle[] = ['active', 'oneOrderOnly', ...QUIET];
export const ALL: Lifecycle[] = [...BOUGHT, 'visitedNoOrder', 'prospect'];

/** One script for members of any value in these lifecycles. */
export const script = (
  id: string,
  [occasion, tone, purpose]: [Occasion, Tone, Purpose],
  lifecycles: Lifecycle[],
  scenario: string,
  text: string,
): Script => ({ id, version: 1, tone, occasion, purpose, lifecycles, values: [...VALUES], scenario, text });
