import type { Ms } from '../domain/kernel/day';

/** The phone's own clock: for greetings and for how long ago something arrived, never for what is still valid. */
export function phoneNow(): Ms {
  return Date.now();
}

/** Calls `turn` after `ms`. @returns a function that calls it off */
export function later(ms: number, turn: () => void): () => void {
  const timer = setTimeout(turn, ms);
  return () => clearTimeout(timer);
}
