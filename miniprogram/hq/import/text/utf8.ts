import type { Units } from './units';

const REPLACEMENT = 0xfffd;

/** How many bytes follow a first byte, and between what the first of those lies; null for bytes that begin nothing. */
function sequenceOf(lead: number): { more: number; low: number; high: number } | null {
  if (lead >= 0xc2 && lead <= 0xdf) return { more: 1, low: 0x80, high: 0xbf };
  if (lead >= 0xe0 && lead <= 0xef)
    return { more: 2, low: lead === 0xe0 ? 0xa0 : 0x80, high: lead === 0xed ? 0x9f : 0xbf };
  if (lead >= 0xf0 && lead <= 0xf4)
    return { more: 3, low: lead === 0xf0 ? 0x90 : 0x80, high: lead === 0xf4 ? 0x8f : 0xbf };
  return null;
}

/**
 * Decodes UTF-8 as browsers do: what belongs to no character becomes U+FFFD, one for each broken sequence.
 *
 * @param isEnd whether nothing follows; else a character that is cut at the end is left for the next piece
 * @returns where the next piece begins
 */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number, isEnd: boolean, into: Units): number {
  let i = from;
  next: while (i < to) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      into.push(lead);
      i += 1;
      continue;
    }
    const sequence = sequenceOf(lead);
    if (!sequence) {
      into.push(REPLACEMENT);
      i += 1;
      continue;
    }
    let codePoint = lead & (0x3f >> sequence.more);
    let { low, high } = sequence;
    for (let j = 1; j <= sequence.more; j++) {
      if (i + j >= to) {
        if (!isEnd) return i;
        into.push(REPLACEMENT);
        return to;
      }
      const byte = bytes[i + j] ?? 0;
      if (byte < low || byte > high) {
        into.push(REPLACEMENT);
        i += j;
        continue next;
      }
      codePoint = (codePoint << 6) | (byte & 0x3f);
      [low, high] = [0x80, 0xbf];
    }
    into.pushCodePoint(codePoint);
    i += sequence.more + 1;
  }
  return i;
}
