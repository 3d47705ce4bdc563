/** A slot is a weekday and two hours of it. */
const SLOT_HOURS = 2;
/** Below so many touches of the branch nothing is said of its own. */
const LEAST_TOUCHES = 100;
/** And a slot is not named below so many of its own. */
const LEAST_IN_SLOT = 20;
/** One-sided 95 %: the slot's rate is above the branch's by more than chance would have it. */
const Z = 1.645;

/** What is said of anybody until the branch's own numbers say otherwise: Tuesday and Thursday, 15 to 17 (K6). */
const USUAL = '周二、周四 15–17 点';

/** Touches of one slot, and of those the ones she answered within two days. */
export interface SlotCount {
  /** 0 = Sunday */
  weekday: number;
  /** 14 = 14:00–15:59, Shanghai */
  fromHour: number;
  touches: number;
  answered: number;
}

/**
 * Counts by hour, as a database groups them, brought together by slot.
 *
 * @param hours `hourOfWeek`: whole hours since 1970 in Shanghai, modulo 168; 0 is the first of a Thursday
 */
export function slotsFrom(
  hours: readonly { hourOfWeek: number; touches: number; answered: number }[],
): SlotCount[] {
  const slots = new Map<string, SlotCount>();
  for (const { hourOfWeek, touches, answered } of hours) {
    const weekday = (Math.floor(hourOfWeek / 24) + 4) % 7;
    const fromHour = Math.floor((hourOfWeek % 24) / SLOT_HOURS) * SLOT_HOURS;
    const key = `${weekday} ${fromHour}`;
    const known = slots.get(key) ?? { weekday, fromHour, touches: 0, answered: 0 };
    slots.set(key, { ...known, touches: known.touches + touches, answered: known.answered + answered });
  }
  return [...slots.values()].sort((a, b) => a.weekday - b.weekday || a.fromHour - b.fromHour);
}

/** The lower end of Wilson's interval of a share. Source: E. B. Wilson, JASA 22 (1927), 209–212. */
function lowerEnd(answered: number, touches: number): number {
  const share = answered / touches;
  const z2 = Z * Z;
  const centre = share + z2 / (2 * touches);
  const reach = Z * Math.sqrt((share * (1 - share)) / touches + z2 / (4 * touches * touches));
  return (centre - reach) / (1 + z2 / touches);
}

export interface BestTime {
  /** e.g. 周三 18–20 点 */
  when: string;
  /** what it rests on, with its numbers */
  basis: string;
  /** from the branch's own numbers */
  isOwn: boolean;
}

/**
 * When a message of this branch is best sent. The branch's own numbers are named only when they are enough (100 touches,
 * 20 of them in the slot) and the slot's rate lies above the branch's by more than chance; else the trade's habit is.
 *
 * @example bestTime([]).when // → '周二、周四 15–17 点'
 */
export function bestTime(slots: readonly SlotCount[]): BestTime {
  const touches = slots.reduce((sum, slot) => sum + slot.touches, 0);
  const answered = slots.reduce((sum, slot) => sum + slot.answered, 0);
  const usual = (why: string): BestTime => ({ when: USUAL, basis: `行业常见，${why}`, isOwn: false });
  if (touches < LEAST_TOUCHES) return usual(`本店联系满${LEAST_TOUCHES}次后看自己的（90天内${touches}次）`);
  const rate = answered / touches;
  const best = slots
    .filter((slot) => slot.touches >= LEAST_IN_SLOT)
    .map((slot) => ({ slot, low: lowerEnd(slot.answered, slot.touches) }))
    .filter(({ low }) => low > rate)
    .sort((a, b) => b.low - a.low)[0]?.slot;
  if (!best) return usual(`本店90天内${touches}次联系，各时段看不出差别`);
  const { weekday, fromHour } = best;
  return {
    when: `周${'日一二三四五六'[weekday] ?? ''} ${fromHour}–${fromHour + SLOT_HOURS} 点`,
    basis: `本店90天：这时${best.touches}次联系有${best.answered}次回应，全部${touches}次里${answered}次`,
    isOwn: true,
  };
}

/** So far back the numbers reach. */
export const BEST_TIME_DAYS = 90;
