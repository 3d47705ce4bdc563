import type WxServerSdk from 'wx-server-sdk';
import { readPhone } from '../../../miniprogram/domain/membership/csv/cell';

type Cloud = typeof WxServerSdk;
let loaded: Cloud | undefined;

/**
 * WeChat's own SDK, loaded when the first message leaves: a run with nothing to send never pays for it, and a function
 * that does not import this file does not carry it.
 */
function wechat(): Cloud {
  if (!loaded) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded lazily on purpose, see above
    loaded = require('wx-server-sdk') as Cloud;
    loaded.init({ env: loaded.DYNAMIC_CURRENT_ENV as unknown as string });
  }
  return loaded;
}

/** What WeChat answered: 0 = taken; null = no answer, and nobody knows whether it arrived there. */
export interface WechatAnswer {
  errCode: number | null;
  errMsg: string;
}

/** WeChat's door did not let it in: no such API, not declared in config.json (or declared less than ten minutes ago), not ours. */
const AT_THE_DOOR: readonly unknown[] = [-604100, -604101, -601004];
/** Other codes of the SDK itself, for a request that never left or never came back, begin here; WeChat's own are above. */
const isWechats = (code: unknown): code is number =>
  typeof code === 'number' && (code > -1000 || AT_THE_DOOR.includes(code));
/** Nothing was listening, or the name is not known: it cannot have arrived. */
const NEVER_LEFT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/;

async function answerOf(call: () => Promise<unknown>): Promise<WechatAnswer & { body?: unknown }> {
  try {
    return { errCode: 0, errMsg: 'ok', body: await call() };
  } catch (error) {
    const { errCode, errMsg, message } = error as { errCode?: unknown; errMsg?: unknown; message?: unknown };
    const text = String(errMsg ?? message ?? error);
    if (isWechats(errCode)) return { errCode, errMsg: text };
    return { errCode: NEVER_LEFT.test(text) ? -1 : null, errMsg: text };
  }
}

type OpenCall = (asked: Record<string, unknown>) => Promise<unknown>;
/** Doors that the SDK's typings do not know; it opens any by its name. */
const unlisted = () => wechat().openapi as unknown as Record<string, Record<string, OpenCall>>;

/**
 * The phone number for a code that `<button open-type="getPhoneNumber">` gave: a mainland number of eleven digits, or null
 * with WeChat's answer in numbers. A code is good once and for five minutes, so nobody asks a second time by himself; WeChat
 * counts every number it tells. One call.
 *
 * Source: developers.weixin.qq.com, phonenumber.getPhoneNumber (40029: the code is used up, too old or made up).
 */
export async function phoneForCode(code: string): Promise<{ phone: string | null; errCode: number | null }> {
  const { errCode, body } = await answerOf(async () =>
    unlisted()['phonenumber']?.['getPhoneNumber']?.({ code }),
  );
  const { purePhoneNumber, countryCode } =
    (body as { phoneInfo?: { purePhoneNumber?: unknown; countryCode?: unknown } } | undefined)?.phoneInfo ??
    {};
  const isMainland = String(countryCode) === '86' && typeof purePhoneNumber === 'string';
  return { phone: isMainland ? readPhone(purePhoneNumber) : null, errCode };
}

export interface SubscribeMessage {
  touser: string;
  templateId: string;
  page: string;
  data: Record<string, { value: string }>;
  miniprogramState: 'formal' | 'trial' | 'developer';
}

/** Sends one subscribe message. One call. */
export function sendSubscribeMessage(message: SubscribeMessage): Promise<WechatAnswer> {
  return answerOf(() => wechat().openapi.subscribeMessage.send(message));
}

/**
 * Takes the place of an SMS or WeCom gateway: hands the message to the local cloud's sink under a name WeChat does not know,
 * so that the console shows what would have gone out. One call.
 */
export function recordMessage(channel: string, message: Record<string, unknown>): Promise<WechatAnswer> {
  const send = unlisted()['record']?.[channel];
  return send ? answerOf(() => send(message)) : Promise.resolve({ errCode: -1, errMsg: channel });
}
