import type { TaskCard } from '../../miniprogram/contract/outreach';
import { dayOf, daysBetween } from '../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../miniprogram/domain/kernel/day';
import { headlineOf } from '../../miniprogram/domain/offers/coupon';
import { OCCASIONS } from '../../miniprogram/domain/outreach/care/occasions';
import { carePriority, careWhy } from '../../miniprogram/domain/outreach/care/shown';
import { CARE_END_WORDS } from '../../miniprogram/domain/outreach/care/types';
import { priorityOf } from '../../miniprogram/domain/outreach/priority';
import { pinHolds, pinWords } from '../../miniprogram/domain/outreach/pin';
import type { Pin } from '../../miniprogram/domain/outreach/pin';
import type { Priority, PriorityFact } from '../../miniprogram/domain/outreach/types';
import { whyNow } from '../../miniprogram/domain/outreach/whyNow';
import type { TaskDoc } from '../common/store/documents';

/** When the list or the card is looked at. */
export interface Moment {
  now: Ms;
  today: Day;
}

/** Until when her claimed coupon is good and unused; null when there is none. */
export function claimedUntilOf(task: TaskDoc, now: Ms): Ms | null {
  const until = task.couponExpiresAt;
  return task.claimedAt !== null && task.redeemedAt === null && until !== null && now < until ? until : null;
}

function stageOf(task: TaskDoc): TaskCard['stage'] {
  if (task.status === 'woken') return 'woken';
  if (task.redeemedAt !== null) return 'redeemed';
  if (task.claimedAt !== null) return 'claimed';
  if (task.openedAt !== null) return 'opened';
  return task.contactedAt !== null ? 'contacted' : 'new';
}

/** The clerk's own word on the order, while it holds. */
function pinOf({ pin, member }: TaskDoc, today: Day): Pin | null {
  return pin && pinHolds(pin, member.lastTouchedAt, today) ? pin : null;
}
function pinnedOf(task: TaskDoc, today: Day): Pick<PriorityFact, 'pinned' | 'pinnedFor'> {
  const pin = pinOf(task, today);
  return pin ? { pinned: pin.way, pinnedFor: pinWords(pin) } : {};
}

/** Where a task stands on the list, and why. */
export function priorityOfTask(task: TaskDoc, { now, today }: Moment): Priority {
  if (task.care) return carePriority({ ...task, care: task.care, ...pinnedOf(task, today) }, today);
  return priorityOf(
    {
      lifecycle: task.lifecycle,
      value: task.value,
      urged: task.urged,
      dueOn: task.dueOn,
      claimedUnused: claimedUntilOf(task, now) !== null,
      openedUnclaimed: task.openedAt !== null && task.claimedAt === null,
      lastPaidOn: task.member.lastPaidOn,
      redeemed: task.redeemedAt !== null,
      ...pinnedOf(task, today),
    },
    today,
  );
}

/** The sentence on the card: a care task's own, or why a member of a campaign is asked now. */
function whyOf(task: TaskDoc, lastPaidOn: Day | null, wokenOn: Day | null, { now, today }: Moment): string {
  const { member, care, careEnd } = task;
  if (careEnd) return CARE_END_WORDS[careEnd.because];
  if (care) return careWhy(care, today);
  return whyNow({
    facts: {
      paidOrders: member.paidOrders,
      lastPaidOn,
      unpaidOn: member.unpaidOn ?? null,
      lastVisitOn: member.lastVisitOn ?? null,
    },
    lifecycle: task.lifecycle,
    today,
    claimedUntil: claimedUntilOf(task, now),
    opened: task.openedAt !== null,
    reached: {
      claimExpired: task.claimedAt !== null && task.redeemedAt === null && claimedUntilOf(task, now) === null,
      redeemedOn: task.redeemedAt === null ? null : dayOf(task.redeemedAt),
      wokenOn,
      paidFen: task.wakeFen,
    },
  });
}

/** What a care task's card says besides; nothing on a recall's. */
const careOf = ({ care }: TaskDoc): Pick<TaskCard, 'care'> =>
  care ? { care: { occasion: care.occasion, word: OCCASIONS[care.occasion].word, until: care.until } } : {};

/** One card of the list, from the task alone: the list needs no other document. */
export function cardOf(task: TaskDoc, moment: Moment): TaskCard {
  const { now, today } = moment;
  const { member, offer } = task;
  const { lastTouchedAt } = member;
  const pin = pinOf(task, today);
  const dayIf = (at: Ms | null): Day | null => (at === null ? null : dayOf(at));
  const wokenOn = dayIf(task.wokenAt);
  // The task keeps her last purchase as of entry; the one that woke her came after it.
  const lastPaidOn = wokenOn ?? member.lastPaidOn;
  return {
    taskId: task._id,
    memberId: task.memberId,
    name: member.name,
    phoneTail: member.phoneTail,
    lifecycle: task.lifecycle,
    value: task.value,
    status: task.status,
    daysSincePaid: lastPaidOn === null ? null : daysBetween(lastPaidOn, today),
    daysSinceTouched: lastTouchedAt === null ? null : daysBetween(dayOf(lastTouchedAt), today),
    ...careOf(task),
    whyNow: whyOf(task, lastPaidOn, wokenOn, moment),
    offerText: offer === null ? '' : `${headlineOf(offer.rule)}${offer.trial ? ` · 送${offer.trial}` : ''}`,
    urged: task.urged,
    dueOn: task.dueOn,
    reasons: [
      ...(task.roundReason && (task.status === 'open' || task.status === 'contacted')
        ? [task.roundReason]
        : []),
      ...priorityOfTask(task, moment).reasons,
    ],
    stage: stageOf(task),
    ...(claimedUntilOf(task, now) === null ? {} : { live: true as const }),
    ...(pin ? { pin: { way: pin.way, why: pinWords(pin), byName: pin.byName, at: pin.at } } : {}),
  };
}
