import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Lifecycle } from '../../../../miniprogram/domain/membership/types';

/** What one run of a timer did, for HQ's operations page. `_id` = `job:instant`. */
export interface RunDoc {
  _id: string;
  job: 'nightly' | 'rebuild' | 'care';
  on: Day;
  at: Ms;
  ms: number;
  /** members read, and of those placed anew */
  read: number;
  changed: number;
  /** `from>to` lifecycle → members; `active>active` is one whose value moved. Of care: occasion → tasks given */
  moves: Record<string, number>;
  /** members still due when the time was up; the next run goes on */
  left: number;
  /** whether the chain's average-order-value cut-off was a week old and computed anew */
  cutRenewed: boolean;
  /** the chain that night, for the trend */
  counts?: Partial<Record<Lifecycle, number>>;
}

/**
 * One part of a job that is split: the members of an id range, with a cursor and a lease of its own, so that parts are
 * worked side by side. `_id` = `job:part`.
 */
export interface JobPartDoc {
  _id: string;
  /** e.g. `rebuild:4` */
  job: string;
  kind: 'rebuild' | 'cut' | 'nightly' | 'care' | 'sweep';
  part: number;
  parts: number;
  /** members behind `from` up to and with `to`; null = to the end */
  from: string;
  to: string | null;
  /** members up to this id are done; null = all of the range */
  cursor: string | null;
  total: number;
  done: number;
  changed: number;
  /** `from>to` lifecycle → members */
  moves: Record<string, number>;
  /**
   * what is about to happen behind the cursor, written before it does. Should its worker die, the next one places who
   * is left of it and takes these figures, so that nobody is counted twice or not at all
   */
  page?: AnnouncedPage | null;
  /** milliseconds worked on it */
  ms: number;
  leaseUntil: Ms;
  /** who holds the lease: a lost one must not write */
  leaseKey: string;
  startedAt: Ms;
  finishedAt: Ms | null;
  /** how far the nights of care have come, kept from one to the next */
  care?: CareReach;
}

/** Up to which day the nights of care have looked, so that each day is looked at once and none is missed. */
export interface CareReach {
  /** the last day of each kind that was looked at; missing = none yet */
  reached: Partial<Record<'level' | 'points' | 'refill', Day>>;
  /** how long categories last (the rules' cycles) as members' refill days were last computed by, as text */
  cycles: string | null;
}

/** A page of members that is being placed: up to which one, how many, and who of them moves. */
export interface AnnouncedPage {
  to: string;
  read: number;
  changed: number;
  moves: Record<string, number>;
}
