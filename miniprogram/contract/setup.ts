import type { PresetName } from '../domain/membership/types';
import type { SetUpFacts, SetUpStep } from '../domain/outreach/setUp';

/** 开店准备: how far the chain is, read from what stands and not from what was ticked off. */
export interface SetUpShown {
  /** null once somebody said that it is over */
  isOpen: boolean;
  facts: SetUpFacts;
  steps: SetUpStep[];
  /** the rules in force: what `rules.save` is to be based on */
  rules: { preset: PresetName | null; version: number };
}

export interface SetUpContract {
  /** HQ */
  'setup.get': { ask: Record<string, never>; reply: SetUpShown };
  /** HQ: what the chain is called; carries a requestKey */
  'chain.name': { ask: { name: string }; reply: { name: string } };
  /** HQ: nobody is led to the first-run page any more; it can still be opened. Carries a requestKey */
  'setup.end': { ask: Record<string, never>; reply: { isOpen: boolean } };
}
