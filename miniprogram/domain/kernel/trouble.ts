import { stableHash } from './stableHash';

/** Letters of a trouble's text that are kept. */
export const TROUBLE_TEXT = 300;

/**
 * What may be kept of an error's words. Our own words are English: whatever is Chinese, long in digits, looks like an address or
 * stands behind a `?` came out of somebody's data. Four digits stay, for they are lines of code.
 *
 * @example scrubbed('王小红 13800001234 at gift?l=abc (a.js:12:3)') // → '‹text› ‹digits› at gift?‹query› (a.js:12:3)'
 */
export function scrubbed(text: string): string {
  return text
    .slice(0, 4 * TROUBLE_TEXT)
    .normalize('NFKC')
    .replace(/\S+@\S+/g, '‹address›')
    .replace(/\?[^\s?)'"]+/g, '?‹query›')
    .replace(/\p{Script=Han}+/gu, '‹text›')
    .replace(/\d(?:[\s-]?\d){4,}/g, '‹digits›')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, TROUBLE_TEXT);
}

/**
 * Two troubles are the same when their words are, apart from numbers. @param text scrubbed
 *
 * @example fingerprintOf('error', 'x is null (a.js:1:2)') === fingerprintOf('error', 'x is null (a.js:9:9)') // → true
 */
export function fingerprintOf(kind: string, text: string): string {
  return stableHash(`${kind}\u0000${text.replace(/\d+/g, '0')}`)
    .toString(16)
    .padStart(8, '0');
}
