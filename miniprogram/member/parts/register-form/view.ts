import type { PhoneFate } from '../../../contract/mine';

/** What WeChat's button hands over: a code after 允许, else only why not. */
export interface PhoneAnswer {
  code?: string;
  errMsg?: string;
}

export const PHONE_ALLOWED = '手机号已授权，登记时一起保存。';
export const PHONE_REFUSED = '没有授权，不填手机号也可以登记。';
export const PHONE_FAILED = '微信没有给出手机号，可以再点一次，不填也可以登记。';

/** @example phoneNote({ errMsg: 'getPhoneNumber:fail user deny' }) // → '没有授权，不填手机号也可以登记。' */
export function phoneNote({ code, errMsg = '' }: PhoneAnswer): string {
  if (code) return PHONE_ALLOWED;
  return /deny|cancel|privacy/i.test(errMsg) ? PHONE_REFUSED : PHONE_FAILED;
}

/** What is said to her about the phone after she has registered; empty = there is nothing to say. */
export const FATES: Record<PhoneFate, string> = {
  none: '',
  kept: '手机号也保存好了。',
  united: '您原来就是我们的会员，资料已经连在一起了。',
  differs: '店里登记的是另一个手机号，没有改动；想换，请到店告诉店员。',
  taken: '这个手机号登记在另一份资料上，请到店让店员核对一下。',
  unread: '微信没有给出手机号，可以再授权一次。',
};
