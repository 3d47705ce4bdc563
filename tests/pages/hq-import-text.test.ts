import { TextDecoder } from 'node:util';
import fc from 'fast-check';
import type { Encoding } from '../../miniprogram/domain/membership/csv/encoding';
import { decoded } from '../../miniprogram/hq/import/text/decode';

// Node decodes what the phone has to decode alone: it is the judge.
const ours = (bytes: Uint8Array, encoding: Encoding) => [...decoded(bytes, encoding)].join('');
const judged = (bytes: Uint8Array, encoding: Encoding) =>
  new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n');

/** Long enough for several pieces, with a character of several bytes across each cut. */
const long = (unit: readonly number[], first: readonly number[], times = 60_000) =>
  Uint8Array.from([...first, ...Array.from({ length: times }, () => unit).flat()]);

describe('decoding GB18030 without the help of the phone', () => {
  it('knows every character of two bytes', () => {
    const bytes: number[] = [];
    for (let lead = 0x81; lead <= 0xfe; lead++)
      for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) bytes.push(lead, trail);
    const all = Uint8Array.from(bytes);
    expect(ours(all, 'gb18030') === judged(all, 'gb18030')).toBe(true);
    expect(ours(Uint8Array.of(0xcd, 0xf5, 0xb7, 0xbc), 'gb18030')).toBe('王芳');
  });

  it('knows every character of four bytes, up to the rarest', () => {
    const bytes: number[] = [];
    for (let number = 0; number < 39_420; number++)
      bytes.push(
        0x81 + Math.floor(number / 12_600),
        0x30 + (Math.floor(number / 1_260) % 10),
        0x81 + (Math.floor(number / 10) % 126),
        0x30 + (number % 10),
      );
    const all = Uint8Array.from([
      ...bytes,
      0x90,
      0x30,
      0x81,
      0x30,
      0x95,
      0x32,
      0x82,
      0x36,
      0xe3,
      0x32,
      0x9a,
      0x35,
    ]);
    expect(ours(all, 'gb18030') === judged(all, 'gb18030')).toBe(true);
    expect(ours(Uint8Array.of(0x95, 0x32, 0x82, 0x36), 'gb18030')).toBe('𠀀');
  });

  it('never lets a damaged character swallow the comma or the line end behind it', () => {
    for (const damaged of [
      [0xcd, 0x2c],
      [0xcd, 0x0a],
      [0xff, 0x2c],
      [0x81, 0x30, 0x2c],
      [0x81, 0x30, 0x81, 0x2c],
    ]) {
      const text = ours(Uint8Array.from([0x61, ...damaged, 0x62]), 'gb18030');
      expect(text).toContain('\uFFFD');
      expect(text.slice(-2)).toBe(String.fromCharCode(damaged[damaged.length - 1] ?? 0) + 'b');
    }
    expect(ours(Uint8Array.of(0x61, 0xcd), 'gb18030')).toBe('a\uFFFD');
  });

  it('reads a file of several pieces just as in one', () => {
    for (const first of [[], [0x61], [0x61, 0x62], [0x61, 0x62, 0x63]]) {
      const two = long([0xcd, 0xf5, 0xb7, 0xbc, 0x2c], first);
      expect(ours(two, 'gb18030') === judged(two, 'gb18030')).toBe(true);
      const four = long([0x95, 0x32, 0x82, 0x36, 0xb7, 0xbc, 0x0d, 0x0a], first);
      expect(ours(four, 'gb18030') === judged(four, 'gb18030')).toBe(true);
    }
  });
});

describe('decoding UTF-8 and UTF-16', () => {
  it('decodes any text as Node does, and anything else too', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }),
          fc.string({ unit: 'binary' }).map((text) => new Uint8Array(Buffer.from(text))),
        ),
        (bytes) => {
          expect(ours(bytes, 'utf-8')).toBe(judged(bytes, 'utf-8'));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('takes the byte order mark away and makes line ends plain, also across pieces', () => {
    expect(ours(new Uint8Array(Buffer.from('\uFEFFa\r\nb\rc\r')), 'utf-8')).toBe('a\nb\nc\n');
    for (const pad of [0, 1, 2]) {
      const bytes = new Uint8Array(Buffer.from('x'.repeat(pad) + '王芳\r\n'.repeat(80_000)));
      expect(ours(bytes, 'utf-8') === judged(bytes, 'utf-8')).toBe(true);
    }
  });

  it('decodes UTF-16 either way round', () => {
    const text = '订单号\t王芳😀\n'.repeat(30_000);
    const low = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const high = low.slice();
    for (let i = 0; i < high.length; i += 2) [high[i], high[i + 1]] = [low[i + 1] ?? 0, low[i] ?? 0];
    expect(ours(low, 'utf-16le') === text).toBe(true);
    expect(ours(high, 'utf-16be') === text).toBe(true);
    expect(ours(Uint8Array.of(0xff, 0xfe, 0x41), 'utf-16le')).toBe('\uFFFD');
  });
});

it('decodes five megabytes piece by piece, without keeping a phone busy for long', () => {
  const bytes = long(
    [
      0xcd, 0xf5, 0xb7, 0xbc, 0x2c, 0x31, 0x32, 0x33, 0x2e, 0x35, 0x0a, 0xbb, 0xe1, 0xd4, 0xb1, 0xba, 0xc5,
      0x2c, 0x4d, 0x31, 0x32, 0x33, 0x34, 0x35, 0x0a,
    ],
    [],
    200_000,
  );
  expect(bytes.length).toBe(5_000_000);
  ours(bytes.subarray(0, 500_000), 'gb18030');
  const begun = performance.now();
  for (const piece of decoded(bytes, 'gb18030')) expect(piece.length).toBeLessThanOrEqual(256 * 1024 + 4);
  expect(performance.now() - begun).toBeLessThan(5_000);
});
