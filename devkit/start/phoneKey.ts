import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Lies beside the data it opens: who empties the folder loses both. */
export const PHONE_KEY_FILE = 'phone.key';

/**
 * The key with which this laptop's chain seals phones: made by chance once for a data folder, and kept there for its
 * owner's eyes only. A real installation sets its own in the functions' environment.
 *
 * @returns 32 bytes in base64
 */
export function localPhoneKey(dataDir: string): string {
  const file = path.join(dataDir, PHONE_KEY_FILE);
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}
