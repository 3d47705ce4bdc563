import type { Ms } from '../../../../miniprogram/domain/kernel/day';

/**
 * 订阅消息的次数: how many messages of one template she has said yes to and not been sent yet. `_id` = `openid:template`.
 * WeChat keeps its own count and tells nobody; 43101 says when ours was too high.
 */
export interface SubscriptionDoc {
  _id: string;
  openid: string;
  template: string;
  granted: number;
  /** the acts that raised it last, newest last: a repeated one raises nothing */
  grants: string[];
  changedAt: Ms;
}
