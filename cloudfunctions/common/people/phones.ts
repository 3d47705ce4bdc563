import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SealedPhone } from '../store/documents';

/** The environment variable of a function that holds the chain's key: 32 bytes in base64. */
const KEY_NAME = 'HUITOU_PHONE_KEY';
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
function keysFrom(text: string): Keys {
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) {
    throw new Error(
      `${KEY_NAME} must be ${KEY_BYTES} bytes in base64 (44 characters); make one with: openssl rand -base64 32`,
    );
  }
  return { seal: derived(key, 'seal'), hash: derived(key, 'hash') };
}

let kept: { text: string; keys: Keys } | undefined;
let isWarned = false;

/** The chain's keys; null where none is set, which is said once in the log. */
function keys(): Keys | null {
  const text = process.env[KEY_NAME] ?? '';
  if (text === '') {
    if (!isWarned)
      console.warn(`${KEY_NAME} is not set: of phone numbers only the last four digits are kept`);
    isWarned = true;
    return null;
  }
  if (kept?.text !== text) kept = { text, keys: keysFrom(text) };
  return kept.keys;
}

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

/**
 * The keyed hash a number is found by: HMAC-SHA256, 64 hex digits, the same for the same key and number.
 *
 * @param phone eleven digits, as `readPhone` leaves them
 * @throws without a key
 */
export function phoneHash(phone: string): string {
  return createHmac('sha256', keysOrThrow().hash).update(phone, 'utf8').digest('hex');
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

/** The number itself. @throws without the key it was sealed with, or when a byte of it was changed */
export function openPhone({ sealed }: Pick<SealedPhone, 'sealed'>): string {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keysOrThrow().seal, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
