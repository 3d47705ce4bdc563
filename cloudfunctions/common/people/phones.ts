import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SealedPhone } from '../store/documents';

/** The environment variable of a function that holds the chain's key: 32 bytes in base64. */
const KEY_NAME = 'HUITOU_PHONE_KEY';
/** The key of before, while numbers are sealed anew: what it sealed can still be opened and found. */
const OLD_KEY_NAME = 'HUITOU_PHONE_KEY_OLD';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Keys {
  seal: Buffer;
  hash: Buffer;
}

const derived = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `huitou phone ${purpose}`, 32));

/**
 * The two keys that follow from the chain's one: who may look a number up need not be able to open it.
 *
 * @throws when the key is malformed, with a sentence that says how to make one
 */
function keysFrom(name: string, text: string): Keys {
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) {
    throw new Error(
      `${name} must be ${KEY_BYTES} bytes in base64 (44 characters); make one with: openssl rand -base64 32`,
    );
  }
  return { seal: derived(key, 'seal'), hash: derived(key, 'hash') };
}

const kept = new Map<string, { text: string; keys: Keys }>();
let isWarned = false;

/** The keys of one variable, derived once for as long as it stays the same; null where it is not set. */
function keysNamed(name: string): Keys | null {
  const text = process.env[name] ?? '';
  if (text === '') return null;
  const known = kept.get(name);
  if (known?.text === text) return known.keys;
  const keys = keysFrom(name, text);
  kept.set(name, { text, keys });
  return keys;
}

/** The chain's keys; null where none is set, which is said once in the log. */
function keys(): Keys | null {
  const found = keysNamed(KEY_NAME);
  if (!found && !isWarned) {
    console.warn(`${KEY_NAME} is not set: of phone numbers only the last four digits are kept`);
    isWarned = true;
  }
  return found;
}

/** The keys of before, while the key is being changed. */
const oldKeys = (): Keys | null => keysNamed(OLD_KEY_NAME);

function keysOrThrow(): Keys {
  const found = keys();
  if (!found) throw new Error(`${KEY_NAME} is not set; ask mayKeepPhones() first`);
  return found;
}

/**
 * May numbers be kept here? Without a key only their last four digits are, and nobody can be found by her number.
 *
 * @throws when a key is set but malformed
 */
export function mayKeepPhones(): boolean {
  return keys() !== null;
}

const hashUnder = (phone: string, { hash }: Keys): string =>
  createHmac('sha256', hash).update(phone, 'utf8').digest('hex');

/**
 * The keyed hash a number is kept by: HMAC-SHA256, 64 hex digits, the same for the same key and number.
 *
 * @param phone eleven digits, as `readPhone` leaves them
 * @throws without a key
 */
export function phoneHash(phone: string): string {
  return hashUnder(phone, keysOrThrow());
}

/**
 * Every hash the number may stand under: the current key's first, and the one of before while keys are being changed.
 * Whoever looks a number up asks for all of them.
 *
 * @throws without a key
 */
export function phoneHashes(phone: string): string[] {
  return [keysOrThrow(), oldKeys()].flatMap((some) => (some ? [hashUnder(phone, some)] : []));
}

/**
 * Are two numbers at rest the same? By their hashes alone; while keys are being changed, one may lie under the old key
 * and one under the new, so then both are opened. Of people whose number nobody knows nothing is said.
 */
export function isSamePhone(
  one: SealedPhone | null | undefined,
  other: SealedPhone | null | undefined,
): boolean {
  if (!one || !other) return false;
  if (one.hash === other.hash) return true;
  return rekeyName() !== null && openPhone(one) === openPhone(other);
}

/**
 * A number as it may lie in the database: AES-256-GCM under a fresh nonce, so sealing twice never gives the same text;
 * compare by `hash`.
 *
 * @param phone eleven digits
 * @throws without a key
 * @example openPhone(sealPhone('13800001234')) // → '13800001234'
 */
export function sealPhone(phone: string): SealedPhone {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keysOrThrow().seal, nonce, { authTagLength: TAG_BYTES });
  const text = Buffer.concat([cipher.update(phone, 'utf8'), cipher.final()]);
  return {
    sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64'),
    hash: phoneHash(phone),
  };
}

function openedUnder(sealed: string, { seal }: Keys): string {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', seal, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/**
 * The number itself, whether it was sealed with the key of today or with the one of before.
 *
 * @throws without the key it was sealed with, or when a byte of it was changed
 */
export function openPhone({ sealed }: Pick<SealedPhone, 'sealed'>): string {
  const current = keysOrThrow();
  const before = oldKeys();
  if (!before) return openedUnder(sealed, current);
  try {
    return openedUnder(sealed, current);
  } catch {
    return openedUnder(sealed, before);
  }
}

/**
 * A number that lies under the key of before, sealed and hashed anew; null when it lies under the current one.
 *
 * @throws when neither key opens it
 */
export function sealedAnew(phone: SealedPhone): SealedPhone | null {
  const number = openPhone(phone);
  return phone.hash === phoneHash(number) ? null : sealPhone(number);
}

/**
 * Names a change of keys without telling anything about them; null while none is under way.
 *
 * @example rekeyName() // → '5be01c2f9a10'
 */
export function rekeyName(): string | null {
  const [current, before] = [keysNamed(KEY_NAME), oldKeys()];
  if (!current || !before || current.seal.equals(before.seal)) return null;
  return createHmac('sha256', current.hash).update(before.hash).digest('hex').slice(0, 12);
}
