import { randomBytes } from 'node:crypto';

const RANDOM_DIGITS = 14;

/**
 * A maker of document ids: 32 hex digits, as the service's own, beginning with the time so that
 * documents made later come later.
 */
export function idMaker(now: () => number): () => string {
  let sequence = 0;
  // Random bytes are drawn for many ids at once: drawing costs more than all the rest.
  let pool = '';
  return () => {
    if (pool === '') pool = randomBytes(RANDOM_DIGITS * 128).toString('hex');
    const random = pool.slice(-RANDOM_DIGITS);
    pool = pool.slice(0, -RANDOM_DIGITS);
    sequence = (sequence + 1) & 0xffffff;
    const time = Math.max(0, Math.floor(now())).toString(16).padStart(12, '0');
    return time + sequence.toString(16).padStart(6, '0') + random;
  };
}
