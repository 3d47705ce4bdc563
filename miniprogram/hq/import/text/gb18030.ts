import { FOUR_BYTES, TWO_BYTES } from './gbkTable';
import type { Units } from './units';

const REPLACEMENT = 0xfffd;
const EURO = 0x20ac;
/** The number of 90 30 81 30, which is U+10000; behind it both count up together to U+10FFFF. */
const FIRST_BEYOND = 189_000;
const LAST_BEYOND = 1_237_575;

/** [first number, first character] of each stretch, and how many numbers have a character at all. */
const stretches: readonly number[] = FOUR_BYTES.split(' ').map(Number);
const NUMBERED = 39_420;

/** The character of four bytes with this number. */
function fourByteCharacter(number: number): number {
  if (number >= FIRST_BEYOND) return number <= LAST_BEYOND ? number - FIRST_BEYOND + 0x10000 : REPLACEMENT;
  if (number >= NUMBERED) return REPLACEMENT;
  let low = 0;
  let high = stretches.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle * 2] ?? 0) <= number) low = middle;
    else high = middle - 1;
  }
  return (stretches[low * 2 + 1] ?? REPLACEMENT) + number - (stretches[low * 2] ?? 0);
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHigh = (byte: number): boolean => byte >= 0x81 && byte <= 0xfe;

/**
 * Decodes GB18030, and with it GBK and GB2312. What belongs to no character becomes U+FFFD; an ASCII character after a
 * broken one stays, so that a damaged cell never swallows the comma or the line end behind it.
 *
 * @param isEnd whether nothing follows; else a character that is cut at the end is left for the next piece
 * @returns where the next piece begins
 */
export function decodeGb18030(
  bytes: Uint8Array,
  from: number,
  to: number,
  isEnd: boolean,
  into: Units,
): number {
  let i = from;
  while (i < to) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      into.push(lead);
      i += 1;
      continue;
    }
    if (!isHigh(lead)) {
      into.push(lead === 0x80 ? EURO : REPLACEMENT);
      i += 1;
      continue;
    }
    const whole = i + 1 < to && isDigit(bytes[i + 1] ?? 0) ? 4 : 2;
    if (i + whole > to && !isEnd) return i;
    const second = i + 1 < to ? (bytes[i + 1] ?? 0) : 0;
    if (isDigit(second)) {
      const [third = 0, fourth = 0] = i + 3 < to ? [bytes[i + 2], bytes[i + 3]] : [];
      if (isHigh(third) && isDigit(fourth)) {
        const high = (lead - 0x81) * 10 + second - 0x30;
        into.pushCodePoint(fourByteCharacter((high * 126 + third - 0x81) * 10 + fourth - 0x30));
        i += 4;
      } else {
        into.push(REPLACEMENT);
        i += 1;
      }
    } else if (second >= 0x40 && second !== 0x7f && second !== 0xff) {
      into.push(TWO_BYTES.charCodeAt((lead - 0x81) * 190 + second - (second > 0x7f ? 0x41 : 0x40)));
      i += 2;
    } else {
      into.push(REPLACEMENT);
      i += second < 0x80 ? 1 : 2;
    }
  }
  return Math.min(i, to);
}
