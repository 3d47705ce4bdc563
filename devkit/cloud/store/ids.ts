import { randomBytes } from 'node:crypto';

/**
 * A maker of document ids: 32 hex digits, as the service's own, beginning with the time so that
 * documents made later come later.
 */
export function idMaker(now: () => number): () => string {
  let sequence = 0;
  return () => {
    sequence = (sequence + 1) & 0xffffff;
    const time = Math.max(0, Math.floor(now())).toString(16).padStart(12, '0');
    return time + sequence.toString(16).padStart(6, '0') + randomBytes(7).toString('hex');
  };
}
