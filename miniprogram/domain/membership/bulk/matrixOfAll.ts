import type { Matrix } from '../matrix';
import { LIFECYCLES, VALUES } from '../types';
import type { Placements } from './placeAll';

/** How many members stand in each field of lifecycle × value; fields nobody stands in are absent, as in `matrixOf`. */
export function matrixOfAll(placed: Placements): Matrix {
  const counts = new Uint32Array(LIFECYCLES.length * VALUES.length);
  placed.lifecycle.forEach((lifecycle, i) => {
    const cell = lifecycle * VALUES.length + (placed.value[i] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  const matrix: Matrix = {};
  LIFECYCLES.forEach((lifecycle, l) => {
    VALUES.forEach((value, v) => {
      const members = counts[l * VALUES.length + v] ?? 0;
      if (members > 0) (matrix[lifecycle] ??= {})[value] = members;
    });
  });
  return matrix;
}
