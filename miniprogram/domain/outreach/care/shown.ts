import { daysBetween, spokenDay } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import type { Lifecycle, QuietStage, Value } from '../../membership/types';
import { VALUE_WORDS } from '../../membership/types';
import type { BlankValues, Priority, Script } from '../types';
import { OCCASIONS } from './occasions';
import type { PinWay } from '../pin';
import type { CareReason } from './types';

/** A care task as far as its place on the list goes. */
export interface CarePlace {
  care: CareReason;
  value: Value;
  urged: boolean;
  dueOn: Day;
  /** the clerk's own word on its place, and her reason */
  pinned?: PinWay | null;
  pinnedFor?: string;
}

const VALUE_POINTS: Record<Value, number> = { high: 3, mid: 2, low: 0 };

/**
 * Where a care task stands on the clerk's list, and why. The same scale as a recall's: urged ones first of all, what is
 * hers alone among the recalls of the day, and a greeting for everybody behind every recall.
 *
 * @example carePriority({ care: aFestival, value: 'high', … }, today) // → { score: 1, reasons: ['节日问候', '高价值'] }
 */
export function carePriority(
  { care, value, urged, dueOn, pinned, pinnedFor }: CarePlace,
  today: Day,
): Priority {
  const { word, points, isCommon } = OCCASIONS[care.occasion];
  const late = Math.max(0, daysBetween(dueOn, today));
  const own = isCommon ? Number(value === 'high') : points + VALUE_POINTS[value];
  const isPutBack = pinned === 'down' && !urged;
  const lifted = own + (urged ? 1280 : 0) + (pinned === 'up' ? 640 : 0) + (late > 0 && !isCommon ? 160 : 0);
  return {
    score: isPutBack ? 0 : lifted,
    reasons: [
      ...(urged ? ['店长催办'] : []),
      ...(pinned === 'up' ? [`你排到前面：${pinnedFor ?? ''}`] : []),
      ...(isPutBack ? [`你放到后面：${pinnedFor ?? ''}`] : []),
      ...(late > 0 ? [`逾期${late}天`] : []),
      word,
      ...(value === 'low' ? [] : [VALUE_WORDS[value]]),
      `过了${spokenDay(care.until)}就不用再发`,
    ],
  };
}

/** Why this customer, why now, in one sentence. @example careWhy(aBirthdayOn('2026-03-21'), day('2026-03-18')) // → '3天后（3月21日）生日，送一句祝福' */
export const careWhy = (care: CareReason, today: Day): string => OCCASIONS[care.occasion].why(care, today);

/** The blanks that a care task fills itself: they are of its reason, not of the day on which it is opened. */
export function careBlanks({ occasion, about, amount }: CareReason): BlankValues {
  if (occasion === 'festival' && about) return { 节日: about };
  if (occasion === 'refill' && about) return { 品类: about };
  if (occasion === 'memberDay' && about) return { 会员日: about };
  // The scripts say 「的{等级}会员」 themselves.
  if (occasion === 'level' && about) return { 等级: about.replace(/会员$/u, '') };
  return occasion === 'points' && amount !== null ? { 积分: String(amount) } : {};
}

/** The scripts among which one for a care task is chosen: those of its occasion, and no others. */
export function careScripts(library: readonly Script[], { occasion }: CareReason): Script[] {
  return library.filter((script) => OCCASIONS[occasion].scripts.includes(script.occasion));
}

const BY_QUIET: Record<QuietStage, Lifecycle> = {
  awake: 'active',
  drowsy: 'drowsy',
  dormant: 'dormant',
  lost: 'lost',
};

/**
 * The lifecycle by which scripts are chosen for a care task. An order that waits for payment is a matter of its own: any
 * other occasion speaks to her as she is without it; and a look without an order is met like a visit without one.
 */
export function careLifecycle(
  { occasion }: CareReason,
  lifecycle: Lifecycle,
  quiet: QuietStage | null,
): Lifecycle {
  if (occasion === 'unpaid') return 'orderUnpaid';
  if (lifecycle !== 'orderUnpaid') return lifecycle;
  return quiet === null ? 'visitedNoOrder' : BY_QUIET[quiet];
}
