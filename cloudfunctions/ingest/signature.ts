import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import type { FailureCode } from '../../miniprogram/contract/failures';

/** A delivery is good for five minutes; a recorded one cannot be played again later. */
const WINDOW_MS = 5 * 60_000;

export interface Signed {
  /** `x-huitou-timestamp`: milliseconds since 1970, as text */
  timestamp: string;
  /** `x-huitou-signature`: hex of HMAC-SHA256 over `timestamp.body` */
  signature: string;
  body: string;
}

/** @example signatureOf('secret', '1700000000000', '{}').length // → 64 */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex');
}

/**
 * What is wrong with a delivery's signature; null when nothing is. Without a secret nothing is ever right.
 *
 * The signature is looked at before the time, so that a stranger learns nothing about our clock; the comparison takes
 * as long for a nearly right one as for any other.
 */
export function signatureFault(secret: string, signed: Signed, now: Ms): FailureCode | null {
  if (secret === '' || !/^\d{1,16}$/.test(signed.timestamp)) return 'bad-signature';
  const wanted = Buffer.from(signatureOf(secret, signed.timestamp, signed.body), 'utf8');
  const given = Buffer.from(signed.signature.toLowerCase(), 'utf8');
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return 'bad-signature';
  return Math.abs(now - Number(signed.timestamp)) > WINDOW_MS ? 'stale-timestamp' : null;
}

/**
 * The same while keys change hands: a delivery is right by the key of today or by the one of before. Of several faults the
 * one that helps the sender most is told: a right signature that is too old.
 *
 * @param secrets the current one first; empty ones count for nothing
 */
export function faultUnderAny(secrets: readonly string[], signed: Signed, now: Ms): FailureCode | null {
  const faults = secrets.map((secret) => signatureFault(secret, signed, now));
  if (faults.includes(null)) return null;
  return faults.find((fault) => fault !== 'bad-signature') ?? 'bad-signature';
}
