import type { MovesShown } from '../parts/movesShown';
import type { RebuildShown } from '../parts/rebuildShown';
import type { DraftShown, InForce, VersionShown } from './view';

const VERSIONS_AT_FIRST = 4;

/** What the page of the rules shows. */
export interface RulesScreen {
  state: 'loading' | 'error' | 'ready';
  text: string;
  inForce: InForce | null;
  draft: DraftShown | null;
  /** what is wrong with the draft, or what was refused; '' = nothing */
  fault: string;
  /** something happened that the person should read first */
  notice: string;
  changed: boolean;
  newCategory: string;
  trial: 'no' | 'running' | 'stopped' | 'done';
  progress: { percent: number; text: string };
  moves: MovesShown | null;
  trialCut: string;
  note: string;
  saving: boolean;
  nextVersion: number;
  rebuild: RebuildShown | null;
  /** why this phone no longer helps the rebuild along; '' = it does */
  rebuildStopped: string;
  versions: VersionShown[];
  versionsDrawn: number;
}

/** Before anything was read. */
export const BLANK: RulesScreen = {
  state: 'loading',
  text: '',
  inForce: null,
  draft: null,
  fault: '',
  notice: '',
  changed: false,
  newCategory: '',
  trial: 'no',
  progress: { percent: 0, text: '' },
  moves: null,
  trialCut: '',
  note: '',
  saving: false,
  nextVersion: 0,
  rebuild: null,
  rebuildStopped: '',
  versions: [],
  versionsDrawn: VERSIONS_AT_FIRST,
};
