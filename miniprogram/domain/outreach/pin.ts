import type { Day, Ms } from '../kernel/day';
import { dayOf } from '../kernel/day';

/** 手动调整: the clerk puts a customer before or behind the place the rules gave her. */
export type PinWay = 'up' | 'down';
export const PIN_WAY_WORDS: Record<PinWay, string> = { up: '往前排', down: '往后放' };

export type PinReason =
  'promised' | 'askedMe' | 'freeToday' | 'needsNow' | 'justSeen' | 'badDay' | 'waitForGoods' | 'other';
export const PIN_REASON_WORDS: Record<PinReason, string> = {
  promised: '约好今天联系',
  askedMe: '她刚问过我',
  freeToday: '她今天有空',
  needsNow: '她正用得上',
  justSeen: '刚见过面',
  badDay: '她今天不方便',
  waitForGoods: '等货到了再说',
  other: '其他',
};
const REASONS: Record<PinWay, readonly PinReason[]> = {
  up: ['promised', 'askedMe', 'freeToday', 'needsNow', 'other'],
  down: ['justSeen', 'badDay', 'waitForGoods', 'other'],
};

/** The reasons that make sense for a way. @example pinReasonsFor('down')[0] // → 'justSeen' */
export function pinReasonsFor(way: PinWay): readonly PinReason[] {
  return REASONS[way];
}

/** Who put her where, why and when. */
export interface Pin {
  way: PinWay;
  reason: PinReason;
  note: string;
  byName: string;
  at: Ms;
}

/**
 * Why a pin cannot be kept, or null: a reason of the other way, or 其他 without a word of what it is.
 *
 * @example pinFault({ way: 'up', reason: 'other', note: ' ' }) // → '选“其他”时写一句原因'
 */
export function pinFault({ way, reason, note }: Pick<Pin, 'way' | 'reason' | 'note'>): string | null {
  if (!REASONS[way].includes(reason)) return `“${PIN_REASON_WORDS[reason]}”不是${PIN_WAY_WORDS[way]}的原因`;
  return reason === 'other' && note.trim() === '' ? '选“其他”时写一句原因' : null;
}

/**
 * Does it still hold? Until the end of its day, or until she was contacted: it was about today's order, and tomorrow the
 * rules know better again.
 *
 * @example pinHolds({ …, at: startOf(day('2025-03-04'), 18) }, null, day('2025-03-05')) // → false
 */
export function pinHolds(pin: Pick<Pin, 'at'>, lastTouchedAt: Ms | null, today: Day): boolean {
  return dayOf(pin.at) === today && (lastTouchedAt === null || lastTouchedAt < pin.at);
}

/** As the card says it. @example pinWords({ reason: 'other', note: '下午去她家送货', … }) // → '下午去她家送货' */
export function pinWords({ reason, note }: Pick<Pin, 'reason' | 'note'>): string {
  if (reason === 'other') return note.trim();
  return note.trim() ? `${PIN_REASON_WORDS[reason]}：${note.trim()}` : PIN_REASON_WORDS[reason];
}
