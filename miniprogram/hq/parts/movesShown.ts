import { countText, exactCount } from '../../components/stat-tile/count';
import type { TierMove } from '../../contract/rules';
import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';
import type { Lifecycle, Value } from '../../domain/membership/types';
import { examplesOf } from './sumMoves';
import type { MovesSum } from './sumMoves';

const EXAMPLES = 10;

/** What a move means to the shop; each member who moves belongs to exactly one. */
export type MoveKind = 'colder' | 'warmer' | 'valueDown' | 'valueUp' | 'other';

const KINDS: readonly { kind: MoveKind; word: string }[] = [
  { kind: 'colder', word: '变冷' },
  { kind: 'warmer', word: '变暖' },
  { kind: 'valueUp', word: '价值升' },
  { kind: 'valueDown', word: '价值降' },
  { kind: 'other', word: '其他变化' },
];

export interface MoveLine {
  id: string;
  from: string;
  to: string;
  members: string;
  /** of the longest line of its group, 1 to 100 */
  percent: number;
}

export interface ExampleShown {
  memberId: string;
  name: string;
  from: { lifecycle: Lifecycle; value: Value };
  to: { lifecycle: Lifecycle; value: Value };
  before: string;
  after: string;
}

export interface MovesShown {
  /** how many of how many move */
  headline: string;
  /** everyone who moves, once; as parts of one bar */
  kinds: { kind: MoveKind; word: string; members: string; grow: number }[];
  lifecycles: MoveLine[];
  values: MoveLine[];
  /** '' unless some members stand in both lists */
  both: string;
  examples: ExampleShown[];
}

/** Members who pay, from warm to cold; the other stages lie beside this scale. */
const WARM_TO_COLD = LIFECYCLES.slice(LIFECYCLES.indexOf('active'));

/** @example kindOf({ from: { lifecycle: 'active', value: 'low' }, to: { lifecycle: 'drowsy', value: 'mid' }, members: 1 }) // → 'colder' */
export function kindOf({ from, to }: TierMove): MoveKind {
  if (from.lifecycle !== to.lifecycle) {
    const [before, after] = [WARM_TO_COLD.indexOf(from.lifecycle), WARM_TO_COLD.indexOf(to.lifecycle)];
    if (before < 0 || after < 0) return 'other';
    return after > before ? 'colder' : 'warmer';
  }
  return VALUES.indexOf(to.value) < VALUES.indexOf(from.value) ? 'valueUp' : 'valueDown';
}

/** A comparison as the screen shows it: large moves first, lifecycle and value apart. */
export function movesShown(sum: MovesSum): MovesShown {
  const perKind = new Map<MoveKind, number>();
  for (const move of sum.moves) perKind.set(kindOf(move), (perKind.get(kindOf(move)) ?? 0) + move.members);
  const both = sum.moves
    .filter(({ from, to }) => from.lifecycle !== to.lifecycle && from.value !== to.value)
    .reduce((all, move) => all + move.members, 0);
  return {
    headline: headlineOf(sum),
    kinds: KINDS.filter(({ kind }) => (perKind.get(kind) ?? 0) > 0).map(({ kind, word }) => ({
      kind,
      word,
      members: countText(perKind.get(kind) ?? 0),
      grow: perKind.get(kind) ?? 0,
    })),
    lifecycles: linesOf(sum.moves, (cell) => cell.lifecycle, LIFECYCLE_WORDS),
    values: linesOf(sum.moves, (cell) => cell.value, VALUE_WORDS),
    both: both > 0 ? `其中 ${exactCount(both)} 位分层和价值都变，两边各算一次` : '',
    examples: examplesOf(sum, EXAMPLES).map(({ memberId, name, phoneTail, from, to, before, after }) => ({
      memberId,
      name: `${name || `会员 ${memberId}`}${phoneTail ? ` · 尾号 ${phoneTail}` : ''}`,
      from,
      to,
      before,
      after,
    })),
  };
}

function headlineOf({ total, moved }: MovesSum): string {
  if (total === 0) return '还没有会员，新规则从第一位会员起生效';
  if (moved === 0) return `${exactCount(total)} 位会员都留在原来的位置`;
  const share = (100 * moved) / total;
  const percent = share < 0.1 ? '不到 0.1%' : `${share.toFixed(1)}%`;
  return `${exactCount(total)} 位会员里有 ${exactCount(moved)} 位会换位置（${percent}）`;
}

function linesOf<Part extends string>(
  moves: readonly TierMove[],
  partOf: (cell: TierMove['from']) => Part,
  words: Record<Part, string>,
): MoveLine[] {
  const lines = new Map<string, { from: Part; to: Part; members: number }>();
  for (const move of moves) {
    const [from, to] = [partOf(move.from), partOf(move.to)];
    if (from === to) continue;
    const line = lines.get(`${from}>${to}`) ?? { from, to, members: 0 };
    line.members += move.members;
    lines.set(`${from}>${to}`, line);
  }
  const sorted = [...lines].sort(([, a], [, b]) => b.members - a.members);
  const most = sorted[0]?.[1].members ?? 1;
  return sorted.map(([id, { from, to, members }]) => ({
    id,
    from: words[from],
    to: words[to],
    members: countText(members),
    percent: Math.max(1, Math.round((100 * members) / most)),
  }));
}
