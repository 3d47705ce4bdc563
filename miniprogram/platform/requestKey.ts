/**
 * Names one act of one person, so that a repeated tap or a retried call is done once.
 * Make it when the act begins, not when the call is sent, and keep it for retries.
 *
 * @example newRequestKey() // → 'lq3x8k2a-9f4c1d7e'
 */
export function newRequestKey(): string {
  const random = Math.floor(Math.random() * 0x1_0000_0000).toString(16);
  return `${Date.now().toString(36)}-${random.padStart(8, '0')}`;
}
