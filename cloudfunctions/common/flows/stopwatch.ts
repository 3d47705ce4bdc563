import { performance } from 'node:perf_hooks';

/**
 * Work for so many seconds and then leave the rest to the next call. It measures time gone by, not the clock on the
 * wall: a call that sets the day forward must not end the work early.
 *
 * @example const isTimeUp = stopAfter(8); while (!isTimeUp()) await nextPage();
 */
export function stopAfter(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() >= end;
}
