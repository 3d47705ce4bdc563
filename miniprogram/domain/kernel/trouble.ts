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

/** So many different troubles one phone reports while it is open. */
export const MOST_A_SESSION = 5;
/** Of failed calls, which the cloud has in its own log, one in four is reported. */
const SHARE: Readonly<Record<string, number>> = { call: 0.25 };
/** What is no trouble: somebody gave up, said no, or has no network. */
const NO_TROUBLE = /:fail (auth deny|cancel|privacy permission)|fail cancel|request:fail|timeout/i;

/**
 * Is this worth a call? Each kind once, at most five while the phone is open, and of what the cloud knows anyway only a share.
 *
 * @param said fingerprints that were reported
 * @param drawn a number in [0, 1)
 */
export function isReported(
  { kind, text, fingerprint }: { kind: string; text: string; fingerprint: string },
  said: ReadonlySet<string>,
  drawn: number,
): boolean {
  if (NO_TROUBLE.test(text) || said.has(fingerprint) || said.size >= MOST_A_SESSION) return false;
  return drawn < (SHARE[kind] ?? 1);
}
