import type WxServerSdk from 'wx-server-sdk';

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

/** Codes of the SDK itself for a request that never left or never came back begin here; WeChat's own are above. */
const isWechats = (code: unknown): code is number => typeof code === 'number' && code > -1000;
/** Nothing was listening, or the name is not known: it cannot have arrived. */
const NEVER_LEFT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/;

async function answerOf(call: () => Promise<unknown>): Promise<WechatAnswer> {
  try {
    await call();
    return { errCode: 0, errMsg: 'ok' };
  } catch (error) {
    const { errCode, errMsg, message } = error as { errCode?: unknown; errMsg?: unknown; message?: unknown };
    const text = String(errMsg ?? message ?? error);
    if (isWechats(errCode)) return { errCode, errMsg: text };
    return { errCode: NEVER_LEFT.test(text) ? -1 : null, errMsg: text };
  }
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
  type Call = (asked: Record<string, unknown>) => Promise<unknown>;
  const { record } = wechat().openapi as unknown as { record: Record<string, Call> };
  const send = record[channel];
  return send ? answerOf(() => send(message)) : Promise.resolve({ errCode: -1, errMsg: channel });
}
