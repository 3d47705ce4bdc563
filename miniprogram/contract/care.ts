import type { Day } from '../domain/kernel/day';
import type { Value } from '../domain/membership/types';
import type { CareSettings } from '../domain/outreach/care/settings';
import type { CareOccasion } from '../domain/outreach/care/types';

/** One care task in the calendar. */
export interface CareRow {
  taskId: string;
  name: string;
  phoneTail: string;
  value: Value;
  occasion: CareOccasion;
  /** 生日关怀 and the like */
  word: string;
  why: string;
  isContacted: boolean;
}

/** A day of the calendar; the first holds what is overdue as well. */
export interface CareDay {
  on: Day;
  rows: CareRow[];
}

export interface CareContract {
  /** clerk: her care tasks of today and the 13 days behind it; what is overdue stands under today */
  'care.calendar': { ask: Record<string, never>; reply: { today: Day; days: CareDay[] } };
  /** HQ: what was decided, or the settings as they come (version 0) */
  'care.settings': {
    ask: Record<string, never>;
    reply: {
      settings: CareSettings;
      /** when and by whom; null = nobody has changed them */
      saved: { at: number; by: string } | null;
      /** the newest night of care; null = none yet */
      lastNight: { on: Day; read: number; given: Partial<Record<CareOccasion, number>> } | null;
    };
  };
  /** HQ: saves them on top of the version they were read as; the next night goes by them. Carries a requestKey */
  'care.save': { ask: { settings: CareSettings }; reply: { settings: CareSettings } };
}
