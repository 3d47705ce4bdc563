import { createHmac, timingSafeEqual } from 'node:crypto';
import { HOUR_MS } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';

const MINUTE_MS = 60_000;
/** A code can be used this long after it was shown; phone and watch may be some minutes apart. */
export const OFFLINE_GOOD_MS = 10 * MINUTE_MS;
const CLOCKS_APART_MS = 5 * MINUTE_MS;
/** A branch hands its written-down codes in within this time. */
export const OFFLINE_LATE_MS = 48 * HOUR_MS;
const SECRET_NAME = 'HUITOU_COUPON_SECRET';
const LEAST_SECRET = 16;
const MAC_LETTERS = 10;

/** The installation's secret for offline codes; null while nobody has set one. */
export function offlineSecret(): string | null {
  const secret = process.env[SECRET_NAME] ?? '';
  return secret.length >= LEAST_SECRET ? secret : null;
}

/** Base 32 without letters that are mistaken for digits: a clerk writes it down by hand. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

function macOf(secret: string, code: string, minute: number): string {
  const digest = createHmac('sha256', secret).update(`offline:${code}:${minute}`).digest();
  return Array.from(digest.subarray(0, MAC_LETTERS), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/**
 * A code that a till without network can write down: the coupon's eight digits, the minute (its last four digits in
 * base 36), and a signature of both.
 *
 * @example offlineCodeOf(secret, '12345678', now) // → '12345678-K3F2-ABCDEFGHJK'
 */
export function offlineCodeOf(secret: string, code: string, now: Ms): string {
  const minute = Math.floor(now / MINUTE_MS);
  const stamp = (minute % 36 ** 4).toString(36).toUpperCase().padStart(4, '0');
  return `${code}-${stamp}-${macOf(secret, code, minute)}`;
}

/**
 * Reads a code that was written down, and when it was shown. Null when it is none of ours, or was changed.
 *
 * @param usedAt tells which of the times that share a stamp is meant; they are three years apart
 */
export function readOfflineCode(
  secret: string,
  written: string,
  usedAt: Ms,
): { code: string; shownAt: Ms } | null {
  const parts = /^(\d{8})-?([0-9A-Z]{4})-?([A-Z2-9]{10})$/.exec(written.toUpperCase().replace(/\s/g, ''));
  if (!parts) return null;
  const [, code = '', stamp = '', mac = ''] = parts;
  const period = 36 ** 4;
  const about = Math.floor(usedAt / MINUTE_MS);
  const base = Math.floor(about / period) * period + parseInt(stamp, 36);
  const [minute = base] = [base - period, base, base + period].sort(
    (a, b) => Math.abs(a - about) - Math.abs(b - about),
  );
  const expected = Buffer.from(macOf(secret, code, minute));
  const given = Buffer.from(mac);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  return { code, shownAt: minute * MINUTE_MS };
}

/** Why a code cannot have been used at that moment; null when it can. */
export function offlineFault(shownAt: Ms, usedAt: Ms, now: Ms): string | null {
  if (usedAt > now + CLOCKS_APART_MS) return '使用时间还没到';
  if (usedAt < shownAt - CLOCKS_APART_MS) return '早于离线码显示的时间';
  if (usedAt > shownAt + OFFLINE_GOOD_MS + CLOCKS_APART_MS) return '离线码只在显示后十分钟内有效';
  return usedAt < now - OFFLINE_LATE_MS ? '超过两天才补' : null;
}
