/**
 * A choice between people is never a dice: the same salt and key always give the same number, on the phone and in the
 * cloud alike. MurmurHash3 (x86, 32 bit; Austin Appleby, public domain algorithm) over the UTF-16 code units.
 *
 * @returns an integer from 0 to 2^32 − 1
 * @example stableHash('a') === stableHash('a') // → true
 */
export function stableHash(key: string): number {
  let h = 0x9747b28c;
  for (let i = 0; i < key.length; i++) {
    let k = Math.imul(key.charCodeAt(i), 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= key.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Where a person stands in [0, 1) for one question, e.g. "is she in the holdout of this campaign?".
 *
 * @example stableShare('holdout:c1', 'M001') < 0.1
 */
export function stableShare(question: string, key: string): number {
  return stableHash(`${question}\u0000${key}`) / 0x1_0000_0000;
}
