import type { Encoding } from '../../../domain/membership/csv/encoding';
import { decodeGb18030 } from './gb18030';
import { unitsFor } from './units';
import type { Units } from './units';
import { decodeUtf8 } from './utf8';

/** So many bytes become text at once; a phone stays lively between two of them. */
const PIECE_BYTES = 256 * 1024;

type Decoder = (bytes: Uint8Array, from: number, to: number, isEnd: boolean, into: Units) => number;

const utf16 =
  (lowAt: 0 | 1): Decoder =>
  (bytes, from, to, isEnd, into) => {
    let i = from;
    for (; i + 1 < to; i += 2) into.push((bytes[i + lowAt] ?? 0) | ((bytes[i + 1 - lowAt] ?? 0) << 8));
    if (i < to && isEnd) into.push(0xfffd);
    return isEnd ? to : i;
  };

const DECODERS: Record<Encoding, Decoder> = {
  'utf-8': decodeUtf8,
  'utf-16le': utf16(0),
  'utf-16be': utf16(1),
  gb18030: decodeGb18030,
};

/**
 * The text of a file piece by piece, without its byte order mark and with plain line ends. The phone has no decoder of
 * its own (`TextDecoder` is missing in WeChat); what belongs to no character comes as U+FFFD.
 *
 * @example [...decoded(Uint8Array.of(0xcd, 0xf5, 0xb7, 0xbc), 'gb18030')].join('') // → '王芳'
 */
export function* decoded(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const decode = DECODERS[encoding];
  let held = '';
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + PIECE_BYTES);
    const units = unitsFor(to - from);
    const isFirst = from === 0;
    from = decode(bytes, from, to, to === bytes.length, units);
    let piece = held + units.text();
    if (isFirst) piece = piece.replace(/^\uFEFF/, '');
    // A line end of two characters may be cut between them.
    held = piece.endsWith('\r') ? '\r' : '';
    yield (held ? piece.slice(0, -1) : piece).replace(/\r\n?/g, '\n');
  }
  if (held) yield '\n';
}
