import { sentenceOf } from '../contract/failures';
import type { Ms } from '../domain/kernel/day';
import { askToRemind } from '../platform/subscribe';
import { gifts } from '../services/functions';

const REFUSED = '没有打开提醒。想要时再点一次，只会收到这一条。';
const OFF = '微信里关闭了提醒。请在右上角“设置 · 订阅消息”里打开后再点。';

/** What to say to her who did not accept the message; null = she did. */
async function refusalOf(template: string): Promise<string | null> {
  const said = await askToRemind(template);
  if (said === 'accepted') return null;
  return said === 'never' ? OFF : REFUSED;
}

/**
 * 到期前提醒我: asks her for the one subscribe message, and has the coupon reminded of. Call it straight after the tap.
 *
 * @param keyOf names the act once she has accepted; the same for every retry
 * @returns when the reminder will come, or what to say to her
 */
export async function remindOf(
  couponId: string,
  template: string,
  keyOf: () => string,
): Promise<{ at: Ms } | { note: string }> {
  const refused = await refusalOf(template);
  if (refused !== null) return { note: refused };
  const answer = await gifts('coupon.remind', { couponId }, keyOf());
  return answer.ok ? { at: answer.reply.remindAt } : { note: sentenceOf(answer.failure) };
}

/**
 * The same for points or a level that end. @returns what to say to her; null = she will be reminded
 *
 * @param keyOf as above
 */
export async function remindOfLoyalty(
  what: 'points' | 'level',
  template: string,
  keyOf: () => string,
): Promise<string | null> {
  const refused = await refusalOf(template);
  if (refused !== null) return refused;
  const answer = await gifts('loyalty.remind', { what }, keyOf());
  return answer.ok ? null : sentenceOf(answer.failure);
}
