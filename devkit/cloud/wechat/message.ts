/** A call to a WeChat API that a function made; kept instead of being sent. */
export interface WechatMessage {
  at: number;
  /** For instance `subscribeMessage.send` or `/cgi-bin/message/subscribe/send`. */
  api: string;
  openid?: string;
  templateId?: string;
  request: Record<string, unknown>;
  /** 0 when accepted; 43101 when the person's quota for the template was used up. */
  errcode: number;
  requestId: string;
}
