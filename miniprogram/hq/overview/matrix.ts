import { countText, exactCount } from '../../components/stat-tile/count';
import type { TierMatrix } from '../../contract/members';
import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';
import type { Lifecycle, Value } from '../../domain/membership/types';

export interface MatrixCell {
  value: Value;
  text: string;
  /** depth of the tint, 0 to 0.52, by share of the fullest cell */
  tint: number;
  spoken: string;
}
export interface MatrixRow {
  lifecycle: Lifecycle;
  word: string;
  cells: MatrixCell[];
  total: string;
  spoken: string;
}
export interface MatrixShown {
  columns: string[];
  rows: MatrixRow[];
  totals: { column: string; text: string }[];
}

/**
 * Lifecycle × value as the screen shows it: coldest at the bottom, totals on both edges. The tint grows with the square
 * root of the share, so that a cell of hundreds is still seen beside one of ten thousands.
 *
 * @example matrixShown({ dormant: { high: 3 } }).rows.at(-2)?.cells[0]?.text // → '3'
 */
export function matrixShown(matrix: TierMatrix): MatrixShown {
  const count = (lifecycle: Lifecycle, value: Value): number => matrix[lifecycle]?.[value] ?? 0;
  const most = Math.max(1, ...LIFECYCLES.flatMap((stage) => VALUES.map((value) => count(stage, value))));
  const rows = LIFECYCLES.map((lifecycle): MatrixRow => {
    const word = LIFECYCLE_WORDS[lifecycle];
    const total = VALUES.reduce((sum, value) => sum + count(lifecycle, value), 0);
    return {
      lifecycle,
      word,
      total: cellText(total),
      spoken: `${word}合计${exactCount(total)}人，查看名单`,
      cells: VALUES.map((value) => {
        const people = count(lifecycle, value);
        return {
          value,
          text: cellText(people),
          tint: people === 0 ? 0 : Math.round((0.08 + 0.44 * Math.sqrt(people / most)) * 100) / 100,
          spoken: `${word}${VALUE_WORDS[value]}${exactCount(people)}人，查看名单`,
        };
      }),
    };
  });
  const perValue = VALUES.map((value) => LIFECYCLES.reduce((sum, stage) => sum + count(stage, value), 0));
  const all = perValue.reduce((sum, people) => sum + people, 0);
  return {
    columns: [...VALUES.map((value) => VALUE_WORDS[value]), '合计'],
    rows,
    totals: [...perValue, all].map((people, i) => ({ column: VALUES[i] ?? 'all', text: cellText(people) })),
  };
}

function cellText(people: number): string {
  return people === 0 ? '–' : countText(people);
}
