import { createHmac } from 'node:crypto';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { Sending } from './channel';
import type { Outlet } from './settings';
import { recordMessage } from './wechat';

const PATIENCE_MS = 8_000;

/**
 * What goes to a gateway of the chain's own (docs/running-on-cloudbase.md): a small service that speaks to its SMS operator
 * or its WeCom. `id` names the message: the gateway sends one id once, whatever comes twice.
 */
export interface GatewayMessage {
  id: string;
  /** her member number */
  member: string;
  /** SMS only */
  phone?: string;
  text: string;
  page: string | null;
}

/** What a gateway's answer means: 2xx taken, 4xx never (but 408, 425 and 429: later), everything else later. */
function meaningOf(status: number): Sending {
  if (status >= 200 && status < 300) return { as: 'sent' };
  const isFinal = status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  return { as: isFinal ? 'refused' : 'failed', reason: `发送通道答复 ${status}` };
}

async function post(url: string, secret: string, message: GatewayMessage, now: Ms): Promise<Sending> {
  const body = JSON.stringify(message);
  const timestamp = String(now);
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex');
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-huitou-timestamp': timestamp,
        'x-huitou-signature': signature,
      },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return meaningOf(answer.status);
  } catch (error) {
    // The gateway sends one id once, so asking again is safe even when only its answer was lost.
    return { as: 'failed', reason: `连不上发送通道（${(error as Error).name}）` };
  }
}

/** Hands a message to where this installation sends it. One call. */
export async function handTo(
  outlet: Outlet,
  channel: 'sms' | 'wecom',
  message: GatewayMessage,
  now: Ms,
): Promise<Sending> {
  if (outlet.kind === 'gateway') return post(outlet.url, outlet.secret, message, now);
  // What is only kept for looking at needs no whole number.
  const { phone, ...rest } = message;
  const shown = phone === undefined ? rest : { ...rest, phone: `*******${phone.slice(-4)}` };
  const { errCode, errMsg } = await recordMessage(channel, shown);
  if (errCode === 0) return { as: 'sent' };
  return { as: errCode === null ? 'unknown' : 'failed', reason: `没有记下来：${errMsg.slice(0, 80)}` };
}
