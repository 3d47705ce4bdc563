import type { Day } from '../../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { AovCut } from '../../../miniprogram/domain/membership/types';
import type { ChainDoc } from './documents';
import { command, table } from './table';

/** What a chain goes by before anybody has set it up. */
const UNNAMED: ChainDoc = { _id: 'chain', name: '', rules: rulesOf('retail', 1), aovCut: null };

/** The chain's settings as they stand this moment; placing members by old rules would be wrong. One call. */
export async function chainSettings(): Promise<ChainDoc> {
  return (await table('chain').find('chain')) ?? UNNAMED;
}

/** Remembers that so many members were placed by new orders since the cut-off was computed. One call. */
export function countPlaced(members: number): Promise<boolean> {
  return table('chain').changeIf({ _id: 'chain' }, { 'recut.placedSince': command().inc(members) });
}

/** Writes a newly computed cut-off; `cursor` '' = nobody is placed by it yet, null = it moved nobody. One call. */
export function saveCut(cut: AovCut | null, on: Day, cursor: '' | null): Promise<boolean> {
  return table('chain').changeIf({ _id: 'chain' }, { aovCut: cut, recut: { on, cursor, placedSince: 0 } });
}

/** Says how far members are placed by the cut-off. One call. @returns false when somebody else moved it on */
export function moveRecutCursor(from: string, to: string | null): Promise<boolean> {
  return table('chain').changeIf({ _id: 'chain', 'recut.cursor': from }, { 'recut.cursor': to });
}
