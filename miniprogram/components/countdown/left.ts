import { DAY_MS, HOUR_MS } from '../../domain/kernel/day';

/** What is left, in the digits a clock shows. */
export interface TimeLeft {
  days: number;
  hours: string;
  minutes: string;
  seconds: string;
  over: boolean;
  /** the same for people who listen */
  spoken: string;
}

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * Splits what is left into clock digits. Up to 99 hours are shown as hours, because 「48小时」 is what was promised;
 * longer waits are shown with days. A started second counts, so 00:00:00 is shown only when it is really over.
 *
 * @param leftMs milliseconds left; zero and less is over
 * @example timeLeft(3_723_000) // → { days: 0, hours: '01', minutes: '02', seconds: '03', over: false, … }
 */
export function timeLeft(leftMs: number): TimeLeft {
  const left = Math.max(0, Math.ceil(leftMs / 1000) * 1000);
  const days = left > 99 * HOUR_MS ? Math.floor(left / DAY_MS) : 0;
  const rest = left - days * DAY_MS;
  const hours = Math.floor(rest / HOUR_MS);
  const minutes = Math.floor((rest % HOUR_MS) / 60_000);
  return {
    days,
    hours: two(hours),
    minutes: two(minutes),
    seconds: two(Math.floor((rest % 60_000) / 1000)),
    over: left === 0,
    spoken: left === 0 ? '已到期' : `还剩${days ? `${days}天` : ''}${hours}小时${minutes}分`,
  };
}
