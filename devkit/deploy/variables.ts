/** An environment variable of the functions: what it is for, and what is wrong with a value. */
export interface Variable {
  purpose: string;
  /** without it something that everybody expects does not work */
  isNeeded: boolean;
  /** a sentence when the value cannot be right; null when it can */
  faultOf(value: string): string | null;
  /** one that should go again after its day's work */
  isForAWhile?: boolean;
}

const atLeast =
  (letters: number) =>
  (value: string): string | null =>
    value.length >= letters ? null : `太短，至少 ${letters} 个字符（openssl rand -hex 32）`;

const aKey = (value: string): string | null =>
  /^[A-Za-z0-9+/_-]{43}=?$/.test(value) && Buffer.from(value, 'base64').length === 32
    ? null
    : '要 32 字节的 base64（openssl rand -base64 32）';

const aTemplate = (value: string): string | null =>
  /^[\w-]{20,64}(\?\S+)?$/.test(value) ? null : '不像订阅消息的模板 ID（小程序后台 → 订阅消息 → 我的模板）';

const subscribing = (what: string): Variable => ({
  purpose: `${what}的订阅消息模板`,
  isNeeded: false,
  faultOf: aTemplate,
});

/**
 * The variables we know. Which function gets which follows from its code; one that is read and not named here is passed
 * on all the same.
 */
export const VARIABLES: Readonly<Record<string, Variable>> = {
  HUITOU_WEBHOOK_SECRET: { purpose: '收银系统回传订单的签名密钥', isNeeded: true, faultOf: atLeast(32) },
  HUITOU_WEBHOOK_SECRET_OLD: {
    purpose: '换签名密钥期间仍然接受的旧密钥',
    isNeeded: false,
    faultOf: atLeast(1),
    isForAWhile: true,
  },
  HUITOU_PHONE_KEY: { purpose: '加密手机号的密钥；丢了就再也打不开号码', isNeeded: true, faultOf: aKey },
  HUITOU_PHONE_KEY_OLD: {
    purpose: '换手机号密钥期间仍能读的旧密钥',
    isNeeded: false,
    faultOf: aKey,
    isForAWhile: true,
  },
  HUITOU_COUPON_SECRET: {
    purpose: '离线码的密钥，没有就不给离线码',
    isNeeded: false,
    faultOf: atLeast(16),
  },
  HUITOU_BOOTSTRAP_SECRET: {
    purpose: '第一个总部账号的安装密钥，用完拿掉',
    isNeeded: false,
    faultOf: atLeast(16),
    isForAWhile: true,
  },
  HUITOU_USAGE_EVERY: {
    purpose: '每多少次调用抽一次记入用量（默认 20；0 = 不记）',
    isNeeded: false,
    faultOf: (value) => (/^\d{1,4}$/.test(value) ? null : '要 0 到 9999 的整数'),
  },
  HUITOU_CALLS_A_MINUTE: {
    purpose: '一位会员或陌生人一分钟最多被答复多少次（默认 120；0 = 不限）',
    isNeeded: false,
    faultOf: (value) => (/^\d{1,6}$/.test(value) ? null : '要 0 到 999999 的整数'),
  },
  HUITOU_SUBSCRIBE_COUPON: subscribing('券快到期'),
  HUITOU_SUBSCRIBE_POINTS: subscribing('积分快到期'),
  HUITOU_SUBSCRIBE_LEVEL: subscribing('等级快到期'),
  HUITOU_SUBSCRIBE_CARE: subscribing('关怀提醒'),
};

/**
 * The variables that a bundle reads, by the text of its code.
 *
 * @example variablesOf("process.env['HUITOU_PHONE_KEY']") // → ['HUITOU_PHONE_KEY']
 */
export function variablesOf(code: string): string[] {
  return [...new Set(code.match(/\bHUITOU_[A-Z][A-Z0-9_]*\b/g) ?? [])].sort();
}
