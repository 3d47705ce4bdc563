import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../../miniprogram/domain/kernel/fen';
import type { OfferSettings } from '../../../../miniprogram/domain/offers/settings';
import type { CareSettings } from '../../../../miniprogram/domain/outreach/care/settings';
import type { AovCut, ChainRhythm, TierRules } from '../../../../miniprogram/domain/membership/types';

/** The chain's settings, one document `_id: 'chain'`. */
export interface ChainDoc {
  _id: 'chain';
  name: string;
  rules: TierRules;
  aovCut: AovCut | null;
  /** when the cut-off was computed; missing = it came with the chain */
  recut?: {
    /** the day it was computed on, also when nobody had bought anything */
    on?: Day;
    at?: Ms;
    /** members placed by new orders since */
    placedSince?: number;
  };
  rhythm?: ChainRhythm | null;
  /** who saved the rules in force; missing = they came with the chain */
  rulesSaved?: { at: Ms; by: string; note: string; requestKey: string };
  /**
   * 开店准备: since when the chain is being set up, and when somebody said that it is over. Missing = it came with its data, or is
   * older than the first-run page
   */
  setUp?: { beganAt: Ms; endedAt: Ms | null };
  /** what headquarters wants to spend on the service in a month; missing or null = nobody asked */
  budget?: { monthFen: Fen; savedAt: Ms; savedBy: string } | null;
  /**
   * what headquarters decided about gifts; missing = as they come. Part of the chain, because whoever records an order has
   * read the chain already
   */
  offers?: {
    settings: OfferSettings;
    savedAt: Ms;
    savedBy: string;
    requestKey: string;
    /** since when orders earn a rebate, and since when the first did; missing = it was never on */
    rebated?: { since: Ms; first: Ms };
  };
  /** the newest pass over all members, under way or finished */
  pass?: PassDoc;
}

/**
 * A pass over all members because the rules or the cut-off moved. Its split is kept with the settings it belongs to, so
 * that whoever finds it without its parts makes the same ones.
 */
export interface PassDoc {
  /** e.g. `rebuild:4` */
  job: string;
  kind: 'rebuild' | 'cut';
  rulesVersion: number;
  /** the last member of each part but the last, by id */
  bounds: string[];
  /** members of each part but the last, and of all */
  share: number;
  total: number;
  startedAt: Ms;
  finishedAt: Ms | null;
}

/** One version of the rules, never changed after it was saved. `_id` = the version. */
export interface RulesDoc {
  _id: string;
  rules: TierRules;
  savedAt: Ms;
  savedBy: string;
  note: string;
  /** the act that saved it; missing = it came with the chain */
  requestKey?: string;
}

/** A cut-off as it held from an instant on, kept for replay. `_id` = the instant, 15 digits. */
export interface CutDoc {
  _id: string;
  at: Ms;
  cut: AovCut;
}

/** What headquarters decided about care tasks, one document `_id: 'care'`; missing = as they come. */
export interface CareSettingsDoc {
  _id: 'care';
  settings: CareSettings;
  savedAt: Ms;
  savedBy: string;
  /** the act that saved this version */
  requestKey: string;
}
