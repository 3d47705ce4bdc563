import { randomBytes } from 'node:crypto';

/** Letters and digits that are not mistaken for each other; 32 of them, so that every byte falls evenly. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** The unguessable part of a share card: 16 letters and digits are 80 bits. @example linkToken().length // → 16 */
export function linkToken(): string {
  return Array.from(randomBytes(16), (byte) => LETTERS[byte % LETTERS.length]).join('');
}
