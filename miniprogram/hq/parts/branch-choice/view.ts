/** A branch as far as choosing it needs. */
export interface NamedBranch {
  branchId: string;
  name: string;
}

/** From so many branches on a name is found by typing it. */
export const SEARCH_FROM = 9;
const MOST_SHOWN = 12;

export interface ChoiceRow {
  id: string;
  name: string;
  on: boolean;
  /** of several, where she mainly works */
  main: boolean;
}

/** The branches to choose from: the picked ones first in their order, then the others that hold the words. */
export function choiceShown(
  branches: readonly NamedBranch[],
  picked: readonly string[],
  many: boolean,
  search: string,
): { rows: ChoiceRow[]; hidden: number } {
  const byId = new Map(branches.map((one) => [one.branchId, one]));
  const chosenOnes = picked.map((id) => ({
    id,
    name: byId.get(id)?.name ?? id,
    on: true,
    main: many && id === picked[0],
  }));
  const others = branches
    .filter(({ branchId, name }) => !picked.includes(branchId) && name.includes(search))
    .map(({ branchId: id, name }) => ({ id, name, on: false, main: false }));
  const rows = [...chosenOnes, ...others].slice(0, Math.max(MOST_SHOWN, chosenOnes.length));
  return { rows, hidden: chosenOnes.length + others.length - rows.length };
}

/**
 * What is picked after a tap: of one the tapped, of several it comes or goes.
 *
 * @example chosen(['B1'], 'B2', true) // → ['B1', 'B2']
 * @example chosen(['B1'], 'B2', false) // → ['B2']
 */
export function chosen(picked: readonly string[], id: string, many: boolean): string[] {
  if (!many) return [id];
  return picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id];
}
