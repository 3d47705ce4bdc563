/** A source of chances that the caller holds. Two dice with one seed give the same throws for ever. */
export interface Dice {
  /** in [0, 1) */
  share(): number;
  /** a whole number from `from` to `to`, both included */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** the item whose stretch of the summed weights was hit */
  weighted<T>(from: readonly (readonly [item: T, weight: number])[]): T;
  /** a draw around `median` whose logarithm is normal: many near it, some far above */
  around(median: number, spread: number): number;
}

/**
 * Dice from a seed (Mulberry32 by Tommy Ettinger, public domain: 32 bits of state, ample for a demo).
 *
 * @example diceOf(1).whole(1, 6) === diceOf(1).whole(1, 6) // → true
 */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const weighted = <T>(from: readonly (readonly [T, number])[]): T => {
    let left = share() * from.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of from) {
      left -= weight;
      if (left < 0) return item;
    }
    return last(from)[0];
  };
  return {
    share,
    weighted,
    whole: (from, to) => from + Math.floor(share() * (to - from + 1)),
    chance: (probability) => share() < probability,
    pick: (from) => from[Math.floor(share() * from.length)] ?? last(from),
    around: (median, spread) => {
      // Box–Muller; 1 − share() keeps the logarithm finite.
      const normal = Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
      return median * Math.exp(spread * normal);
    },
  };
}

function last<T>(from: readonly T[]): T {
  const item = from[from.length - 1];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

/**
 * Deals each share of the deck in its exact proportion, in an order the dice decide: a small chain then has every kind
 * of member, which independent draws would not promise.
 *
 * @example deal([['a', 0.75], ['b', 0.25]], 4, diceOf(1)).sort() // → ['a', 'a', 'a', 'b']
 */
export function deal<T>(shares: readonly (readonly [T, number])[], count: number, dice: Dice): T[] {
  const whole = shares.reduce((sum, [, share]) => sum + share, 0);
  const deck: T[] = [];
  let upTo = 0;
  for (const [item, share] of shares) {
    upTo += share;
    const end = Math.round((count * upTo) / whole);
    while (deck.length < end) deck.push(item);
  }
  for (let i = deck.length - 1; i > 0; i--) {
    const j = dice.whole(0, i);
    const [a, b] = [deck[i], deck[j]];
    if (a !== undefined && b !== undefined) [deck[i], deck[j]] = [b, a];
  }
  return deck;
}
