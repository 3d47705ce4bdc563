import type { ClerkChannel } from '../../domain/outreach/types';

/** A touch the clerk is about to state: made when she copied, shared or called, kept until she says what became of it. */
export interface Touch {
  channel: ClerkChannel;
  scriptId: string | null;
  text: string | null;
  /** the act that was allowed and holds the contact; null = she reached her by other means */
  held: string | null;
  key: string;
}

/** What she is asked after each way of reaching a customer: WeChat tells nobody whether a message was sent. */
export const SENT_NOTES: Readonly<Record<ClerkChannel, string>> = {
  copy: '话术已复制。去微信粘贴给顾客，发完回来点一下，下次就不会重复打扰。',
  shareCard: '礼包卡发给顾客了吗？点一下，下次就不会重复打扰。',
  call: '电话打通了吗？点一下，下次就不会重复打扰。',
  sms: '短信已复制。去手机短信里粘贴发给顾客，发完回来点一下，下次就不会重复打扰。',
  wecom: '在企业微信里发给顾客了吗？点一下，下次就不会重复打扰。',
};
export const SENT_WORDS: Readonly<Record<ClerkChannel, string>> = {
  copy: '已发送',
  shareCard: '已发送',
  call: '打通了',
  sms: '已发送',
  wecom: '已发送',
};
