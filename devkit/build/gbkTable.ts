import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the table goes, below `miniprogram`. It is git-ignored; the build makes it. */
export const GBK_TABLE_FILE = path.join('hq', 'import', 'text', 'gbkTable.ts');

const TRAILS = [...range(0x40, 0x7e), ...range(0x80, 0xfe)];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Every character of two bytes, in the order of the bytes. Node's decoder knows them all; WeChat has none. */
function twoByteCharacters(): string {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const bytes = range(0x81, 0xfe).flatMap((lead) => TRAILS.flatMap((trail) => [lead, trail]));
  const text = decoder.decode(Uint8Array.from(bytes));
  if (text.length !== 126 * TRAILS.length)
    throw new Error('this Node decodes GB18030 otherwise than the build expects (is its ICU complete?)');
  return text;
}

/** The characters of four bytes below U+10000 in stretches in which both count up: [number of the bytes, character]. */
function fourByteStretches(): [pointer: number, codePoint: number][] {
  const decoder = new TextDecoder('gb18030');
  const stretches: [number, number][] = [];
  let next = -1;
  // 39420 of them: from 81 30 81 30 to 84 31 A4 39.
  for (let pointer = 0; pointer < 39_420; pointer++) {
    const bytes = Uint8Array.of(
      0x81 + Math.floor(pointer / 12_600),
      0x30 + (Math.floor(pointer / 1_260) % 10),
      0x81 + (Math.floor(pointer / 10) % 126),
      0x30 + (pointer % 10),
    );
    const codePoint = decoder.decode(bytes).codePointAt(0) ?? 0xfffd;
    if (codePoint !== next) stretches.push([pointer, codePoint]);
    next = codePoint + 1;
  }
  return stretches;
}

/**
 * Writes the characters of GB18030 as a source file of the mini program, from Node's own decoder: a phone has none.
 * Nothing is written when the file is right already.
 *
 * @param root the folder `miniprogram`
 * @returns its bytes
 */
export function writeGbkTable(root: string): number {
  const file = path.join(root, GBK_TABLE_FILE);
  const stretches = fourByteStretches().flat().join(' ');
  const source = `// Made by the build; see devkit/build/gbkTable.ts.

/** Characters of two bytes, 81 40 first, 190 for each first byte. */
export const TWO_BYTES =
  '${twoByteCharacters()}';

/** Characters of four bytes below U+10000: pairs of the first number and the first character of each stretch. */
export const FOUR_BYTES =
  '${stretches}';
`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== source) writeFileSync(file, source);
  return Buffer.byteLength(source);
}
