/** How far a chain is with what it needs before the first customer can be called back. */
export interface SetUpFacts {
  name: string;
  /** rules somebody chose; what comes with the installation does not count */
  rulesSaved: boolean;
  branches: number;
  /** clerks and managers at work */
  staff: number;
  /** codes that nobody has taken yet */
  openInvites: number;
  members: number;
  /** members whose orders came in but who have not been placed yet */
  waiting: number;
  /** campaigns that went out, and those still on paper */
  launched: number;
  drafts: number;
}

export type SetUpStepId = 'name' | 'rules' | 'import' | 'branches' | 'staff' | 'campaign';
/** `next` = the first that can be done now; `open` = can be done as well; `waiting` = needs `needs` first */
export type SetUpState = 'done' | 'next' | 'open' | 'waiting';

export interface SetUpStep {
  id: SetUpStepId;
  state: SetUpState;
  /** the step that has to come first; null = none */
  needs: SetUpStepId | null;
}

interface Rule {
  id: SetUpStepId;
  isDone(facts: SetUpFacts): boolean;
  needs: readonly SetUpStepId[];
}

/**
 * The order in which a chain is set up. An import brings the branches along, so it comes before them; a clerk is invited
 * into a branch; a campaign needs somebody to call and somebody who calls.
 */
const RULES: readonly Rule[] = [
  { id: 'name', isDone: ({ name }) => name.trim() !== '', needs: [] },
  { id: 'rules', isDone: ({ rulesSaved }) => rulesSaved, needs: [] },
  { id: 'import', isDone: ({ members, waiting }) => members > 0 && waiting === 0, needs: [] },
  { id: 'branches', isDone: ({ branches }) => branches > 0, needs: [] },
  { id: 'staff', isDone: ({ staff }) => staff > 0, needs: ['branches'] },
  { id: 'campaign', isDone: ({ launched }) => launched > 0, needs: ['import', 'staff'] },
];

/**
 * The steps of a first run, each with its true state. Nothing is remembered: a step is done when what it makes is there.
 *
 * @example stepsOf({ name: '', members: 0, … })[0] // → { id: 'name', state: 'next', needs: null }
 */
export function stepsOf(facts: SetUpFacts): SetUpStep[] {
  const done = new Set(RULES.filter((rule) => rule.isDone(facts)).map(({ id }) => id));
  let isNextGiven = false;
  return RULES.map(({ id, needs }) => {
    if (done.has(id)) return { id, state: 'done', needs: null };
    const missing = needs.find((one) => !done.has(one)) ?? null;
    if (missing !== null) return { id, state: 'waiting', needs: missing };
    const state = isNextGiven ? 'open' : 'next';
    isNextGiven = true;
    return { id, state, needs: null };
  });
}
