/**
 * An endless row of numbers from 0 to below 1 that depends on nothing but the seed and the stream
 * (mulberry32): each rule has a stream of its own, so adding a rule does not move another's dice.
 *
 * @example const roll = dice(1, 0); [roll(), roll()]; // → the same two numbers on every machine
 */
export function dice(seed: number, stream: number): () => number {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
