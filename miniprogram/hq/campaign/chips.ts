export interface Chip {
  id: string;
  word: string;
  on: boolean;
}

/** The usual choices, and the plan's own when it is none of them. @example numberChips([10, 20], 15, String).length // → 3 */
export function numberChips(usual: readonly number[], now: number, word: (n: number) => string): Chip[] {
  const all = usual.includes(now) ? usual : [...usual, now].sort((a, b) => a - b);
  return all.map((n) => ({ id: String(n), word: word(n), on: n === now }));
}
