import type { Box, Position } from '../query/geo';
import { after } from './key-order';

/**
 * The earth as a square halved 24 times each way (cells of about two metres). A cell is filed under
 * the interleaved bits of its first corner and its level, so everything inside a cell lies together.
 */
const LEVELS = 24;
const SIDE = 2 ** LEVELS;
const CODE_BYTES = LEVELS / 4;

const column = (longitude: number) => step((longitude + 180) / 360);
const row = (latitude: number) => step((latitude + 90) / 180);
const step = (share: number) => Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE)));

/**
 * The key of the smallest cell that holds all points: one point has a cell of its own, a shape a
 * larger one.
 */
export function cellKey(points: readonly Position[]): Buffer {
  const xs = points.map(([longitude]) => column(longitude));
  const ys = points.map(([, latitude]) => row(latitude));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  // The highest bit in which the corners differ says how large the cell must be.
  const differing = (x ^ Math.max(...xs)) | (y ^ Math.max(...ys));
  const level = LEVELS - (32 - Math.clz32(differing));
  return keyOf(x, y, level);
}

/** Key ranges in which every cell lies that touches one of the boxes; they may also hold others. */
export function rangesTouching(boxes: readonly Box[]): { start: Buffer; end: Buffer }[] {
  const ranges = new Map<string, { start: Buffer; end: Buffer }>();
  const add = (start: Buffer, last: Buffer) => ranges.set(start.toString('hex'), { start, end: after(last) });
  for (const { west, south, east, north } of boxes) {
    const [x0, x1, y0, y1] = [column(west), column(east), row(south), row(north)];
    const span = Math.max(x1 - x0, y1 - y0) + 1;
    // Cells half as wide as the box: at most three by three of them cover it.
    const shift = Math.max(0, Math.ceil(Math.log2(span)) - 1);
    for (let cx = x0 >> shift; cx <= x1 >> shift; cx++) {
      for (let cy = y0 >> shift; cy <= y1 >> shift; cy++) {
        const [x, y] = [cx << shift, cy << shift];
        const width = 2 ** shift - 1;
        add(code(x, y), code(x + width, y + width));
        // Larger cells around it are filed under their own first corner.
        for (let level = LEVELS - shift - 1; level >= 0; level--) {
          const key = keyOf(x, y, level);
          add(key, key);
        }
      }
    }
  }
  return [...ranges.values()].sort((a, b) => Buffer.compare(a.start, b.start));
}

function keyOf(x: number, y: number, level: number): Buffer {
  const shift = LEVELS - level;
  const corner = (at: number) => Math.floor(at / 2 ** shift) * 2 ** shift;
  return Buffer.concat([code(corner(x), corner(y)), Buffer.from([level])]);
}

/** The bits of x and y taken in turn, the highest first. */
function code(x: number, y: number): Buffer {
  const bytes = Buffer.alloc(CODE_BYTES);
  for (let bit = 0; bit < LEVELS; bit++) {
    const from = LEVELS - 1 - bit;
    const pair = (((x >> from) & 1) << 1) | ((y >> from) & 1);
    bytes[bit >> 2] = (bytes[bit >> 2] as number) | (pair << (6 - 2 * (bit & 3)));
  }
  return bytes;
}
