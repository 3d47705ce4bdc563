import type { MessageKind } from '../../../miniprogram/domain/outreach/messages';

/**
 * Which channels this installation has, from the environment of the function (docs/running-on-cloudbase.md). A variable
 * that is missing leaves its channel out; nothing here throws.
 */
type Environment = Readonly<Record<string, string | undefined>>;

/** Where messages of SMS or WeCom go: `record:` keeps them for looking at, an address is a gateway of the chain's own. */
export type Outlet = { kind: 'record' } | { kind: 'gateway'; url: string; secret: string };

/** A template of WeChat's library: its id, and which of our words goes into which of its blanks. */
export interface SubscribeTemplate {
  id: string;
  /** blank of the template (`thing1`) → our word (`title`); empty = our words' own names */
  blanks: readonly (readonly [blank: string, word: string])[];
}

const TEMPLATE_VARIABLES: Record<MessageKind, string> = {
  couponEnding: 'HUITOU_SUBSCRIBE_COUPON',
  pointsEnding: 'HUITOU_SUBSCRIBE_POINTS',
  levelEnding: 'HUITOU_SUBSCRIBE_LEVEL',
  careReminder: 'HUITOU_SUBSCRIBE_CARE',
};

const told = (env: Environment, name: string): string => (env[name] ?? '').trim();

/**
 * The template of a kind of message; null = this installation has none.
 *
 * @example subscribeTemplate('couponEnding', { HUITOU_SUBSCRIBE_COUPON: 'AbC_1?thing1=title&time2=until' })
 * // → { id: 'AbC_1', blanks: [['thing1', 'title'], ['time2', 'until']] }
 */
export function subscribeTemplate(
  kind: MessageKind,
  env: Environment = process.env,
): SubscribeTemplate | null {
  const [id = '', query = ''] = told(env, TEMPLATE_VARIABLES[kind]).split('?', 2);
  return id === '' ? null : { id, blanks: [...new URLSearchParams(query)] };
}

/** Which version of the mini program a message opens: `formal` unless told otherwise. */
export function miniprogramState(env: Environment = process.env): 'formal' | 'trial' | 'developer' {
  const state = told(env, 'HUITOU_MINIPROGRAM_STATE');
  return state === 'trial' || state === 'developer' ? state : 'formal';
}

function outlet(env: Environment, name: string): Outlet | null {
  const url = told(env, name);
  if (url === 'record:') return { kind: 'record' };
  const secret = told(env, 'HUITOU_GATEWAY_SECRET');
  // A gateway on the same machine is for trying it out; over a network only what is encrypted.
  return /^(https:\/\/|http:\/\/127\.0\.0\.1[:/])\S+$/.test(url) && secret !== ''
    ? { kind: 'gateway', url, secret }
    : null;
}

export interface SmsSettings {
  outlet: Outlet;
  /** 短信签名, as registered with the operator */
  sign: string;
}

/** SMS wants a way out and a registered signature; null = without one of them. */
export function smsSettings(env: Environment = process.env): SmsSettings | null {
  const sign = told(env, 'HUITOU_SMS_SIGN');
  const by = outlet(env, 'HUITOU_SMS_URL');
  return by && sign !== '' ? { outlet: by, sign } : null;
}

export const wecomOutlet = (env: Environment = process.env): Outlet | null => outlet(env, 'HUITOU_WECOM_URL');

/** Where short links to gifts begin; null = this installation has none, and no SMS is offered to clerks. */
export function linkBase(env: Environment = process.env): string | null {
  const base = told(env, 'HUITOU_LINK_BASE');
  return /^https:\/\/[^\s?#]+$/.test(base) ? base : null;
}

/** Whether clerks use WeCom. Their phones still have to be in it: the page looks for `wx.qy`. */
export const clerksUseWecom = (env: Environment = process.env): boolean =>
  told(env, 'HUITOU_WECOM') === 'yes';
