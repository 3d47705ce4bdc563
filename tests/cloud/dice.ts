/**
 * A small seeded generator (mulberry32) of numbers from 0 to below 1: a failure names the seed that
 * repeats it.
 *
 * @example dice(1)(); // → 0.6270739405881613
 */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
