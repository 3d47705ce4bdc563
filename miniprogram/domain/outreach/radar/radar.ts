import type { Day } from '../../kernel/day';
import { AXES } from './axes';
import type { AxisId, RadarPerson } from './axes';
import { quantilesOf, shareBelow } from './quantiles';

/** Among fewer nobody is placed: one more or less would move her by a tenth. */
export const LEAST_COMPARED = 20;
/** Among fewer the place is told with a word of care. */
const FEW_COMPARED = 100;

/** What is kept of a branch's members, so that any of them can be placed. */
export interface BranchRow {
  computedOn: Day;
  /** members of the branch who have bought, as far as they were read */
  compared: number;
  /** they were drawn evenly from a larger branch */
  isSample: boolean;
  /** by axis, as `quantilesOf` gives them; empty where too few are known */
  quantiles: Record<AxisId, number[]>;
}

export interface RadarAxis {
  id: AxisId;
  word: string;
  /** the share of the branch's buyers she stands above, 0 to 1, same ones counted half; null = not known */
  share: number | null;
  text: string;
  /** e.g. 比本店62%的顾客来得近; empty where nobody can be compared */
  says: string;
  meaning: string;
}

export interface Radar {
  axes: RadarAxis[];
  /** the picture can be drawn: every axis has its place */
  isWhole: boolean;
  /** with whom she is compared, and as of when; or why she is not */
  basis: string;
}

/**
 * What is kept of a branch: one row of quantiles for each axis, of those who have bought.
 *
 * @example branchRowOf(members, { computedOn: today, isSample: false }).compared // → how many of them have bought
 */
export function branchRowOf(
  people: readonly RadarPerson[],
  made: Pick<BranchRow, 'computedOn' | 'isSample'>,
): BranchRow {
  const buyers = people.filter(({ facts }) => facts.lastPaidOn !== null);
  const quantiles = {} as BranchRow['quantiles'];
  for (const { id, valueOf } of AXES) {
    const known = buyers.map(valueOf).filter((value) => value !== null);
    quantiles[id] = known.length >= LEAST_COMPARED ? quantilesOf(known) : [];
  }
  return { ...made, compared: buyers.length, quantiles };
}

const shortDay = (on: Day): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;

function basisOf(row: BranchRow | null): string {
  if (row === null) return '本店的对照还没有算出来，每周算一次，先看数字。';
  if (row.compared < LEAST_COMPARED)
    return `本店买过的会员只有${row.compared}位，不到${LEAST_COMPARED}位不排位置，先看数字。`;
  const whom = `${row.isSample ? '从本店均匀抽取的' : '本店'}${row.compared}位买过的会员`;
  const care = row.compared < FEW_COMPARED ? '，人数不多，看个大概' : '';
  return `和${whom}比，${shortDay(row.computedOn)}算出${care}`;
}

/**
 * The value radar of one member (价值雷达): where she stands in her branch on six axes, each with its own number. It
 * reads nobody else: the branch's row is computed once a week.
 *
 * @param row null = the branch has not been measured yet
 * @example radarOf(person, row, today).axes[0] // → { id: 'recency', word: '最近', share: 0.62, text: '214天前（…）', says: '比本店62%的顾客来得近', … }
 */
export function radarOf(person: RadarPerson, row: BranchRow | null, today: Day): Radar {
  const axes = AXES.map(({ id, word, valueOf, text, than, meaning }): RadarAxis => {
    const value = valueOf(person);
    const quantiles = row?.quantiles[id] ?? [];
    const share = value === null || quantiles.length === 0 ? null : shareBelow(quantiles, value);
    const says = share === null ? '' : `比本店${Math.round(share * 100)}%的顾客${than}`;
    return { id, word, share, text: text(person, today), says, meaning };
  });
  const hasBought = person.facts.lastPaidOn !== null;
  const isWhole = hasBought && axes.every(({ share }) => share !== null);
  return {
    axes,
    isWhole,
    basis: hasBought ? basisOf(row) : '她还没买过，暂时画不出雷达图。',
  };
}
