import { omit } from 'lodash-es';
import type { TimelineEntry } from '../../../miniprogram/contract/history';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { headlineOf } from '../../../miniprogram/domain/offers/coupon';
import type { Channel } from '../../../miniprogram/domain/outreach/types';
import type { CouponDoc, MergeDoc, TouchDoc } from '../../common/store/documents';
import type { TimelineLine } from '../../../miniprogram/domain/membership/history/timeline';

/** A line with its instant, for sorting. */
export type DatedEntry = TimelineEntry & { at: Ms };

const TOUCH_WORDS: Record<Channel, string> = {
  copy: '发了消息',
  shareCard: '发了礼包卡片',
  call: '打了电话',
  sms: '发了短信',
  wecom: '用企业微信发了消息',
  subscribe: '发了订阅消息',
};

export function entryOfLine({ at, ...line }: TimelineLine): DatedEntry {
  return { at, ...line };
}

export function entryOfTouch({ at, clerkName, channel }: TouchDoc): DatedEntry {
  return { at, on: dayOf(at), kind: 'touch', text: `${clerkName}${TOUCH_WORDS[channel]}` };
}

/** A coupon is claimed, and perhaps used. */
export function entriesOfCoupon({ claimedAt, rule, redeemed }: CouponDoc): DatedEntry[] {
  const what = headlineOf(rule);
  const entry = (at: Ms, text: string): DatedEntry => ({ at, on: dayOf(at), kind: 'coupon', text });
  return [entry(claimedAt, `领取${what}券`), ...(redeemed ? [entry(redeemed.at, `用掉${what}券`)] : [])];
}

export function entryOfMerge({ _id, at }: Pick<MergeDoc, '_id' | 'at'>): DatedEntry {
  return { at, on: dayOf(at), kind: 'merged', text: `会员号${_id}并入` };
}

/**
 * One page of the entries before a day, newest first; a day is never cut in two.
 *
 * @param least entries a page holds at least while there are more
 */
export function pageOfEntries(
  entries: readonly DatedEntry[],
  before: Day | null,
  least: number,
): { entries: TimelineEntry[]; next: Day | null } {
  const older = entries.filter(({ on }) => before === null || on < before).sort((a, b) => b.at - a.at);
  const last = older[least - 1]?.on;
  const end = last === undefined ? older.length : older.findIndex(({ on }) => on < last);
  const shown = older.slice(0, end < 0 ? older.length : end);
  return {
    entries: shown.map((entry) => omit(entry, 'at')),
    next: shown.length < older.length ? (shown.at(-1)?.on ?? null) : null,
  };
}
