import type { UsedOn } from '../../../../miniprogram/domain/kernel/billing';
import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { TroubleKind } from '../../../../miniprogram/contract/operations';

/** When a timer ran last, and how that ended. */
export interface TimerRun {
  at: Ms;
  ms: number;
  isOk: boolean;
}

/**
 * 用量: what one day asked of the service. `_id` = the day. Of calls from phones and tills one in some is drawn and counts for that
 * many, so that no call pays for being counted: the figures are right on the whole, not to the last call.
 */
export interface UsageDoc extends UsedOn {
  _id: Day;
  timers?: Record<string, TimerRun>;
}

/** 报错: one kind of trouble on one day, from whatever phones. `_id` = `day:fingerprint`. Nobody's name or account is in it. */
export interface TroubleDoc {
  _id: string;
  on: Day;
  kind: TroubleKind;
  text: string;
  page: string;
  /** as reported; phones report each of theirs once, and not all of them */
  count: number;
  firstAt: Ms;
  lastAt: Ms;
}
