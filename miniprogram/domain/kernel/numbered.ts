/**
 * A list whose entries have no name of their own, each with its place: what a page needs to keep them apart (`wx:key="n"`).
 *
 * @example numbered([{ text: '您好' }]) // → [{ n: 0, text: '您好' }]
 */
export function numbered<T extends object>(list: readonly T[]): (T & { n: number })[] {
  return list.map((one, n) => ({ n, ...one }));
}
