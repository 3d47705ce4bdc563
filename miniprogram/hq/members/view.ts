import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';
import type { Lifecycle, Value } from '../../domain/membership/types';

/** Which members are listed; '' = all. */
export interface Cell {
  lifecycle: Lifecycle | '';
  value: Value | '';
}

/** Reads the cell from a page's query; anything unknown means all. @example cellOf({ lifecycle: 'lost' }) // → { lifecycle: 'lost', value: '' } */
export function cellOf(query: Record<string, string | undefined>): Cell {
  return {
    lifecycle: LIFECYCLES.find((stage) => stage === query.lifecycle) ?? '',
    value: VALUES.find((value) => value === query.value) ?? '',
  };
}

export interface Chip {
  id: string;
  word: string;
  on: boolean;
}

export interface ChipsShown {
  lifecycles: Chip[];
  values: Chip[];
  /** the chip that is scrolled into sight */
  lifecycleView: string;
}

/** The two rows of filters above the list. */
export function chipsShown(cell: Cell): ChipsShown {
  return {
    lifecycleView: `stage-${cell.lifecycle}`,
    lifecycles: [
      { id: '', word: '全部分层', on: cell.lifecycle === '' },
      ...LIFECYCLES.map((id) => ({ id, word: LIFECYCLE_WORDS[id], on: cell.lifecycle === id })),
    ],
    values: [
      { id: '', word: '全部价值', on: cell.value === '' },
      ...VALUES.map((id) => ({ id, word: VALUE_WORDS[id], on: cell.value === id })),
    ],
  };
}

/** What an empty list says. @example emptyText('王', cell) // → '没有找到“王”，换个姓名、会员号或手机号试试。' */
export function emptyText(search: string, cell: Cell): string {
  if (search) return `没有找到“${search}”，换个姓名、会员号或手机号试试。`;
  if (cell.lifecycle === '' && cell.value === '') return '还没有会员，请先到总览导入订单。';
  return '这一格里没有会员，换个分层看看。';
}
