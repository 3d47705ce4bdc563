import { sentenceOfMessage } from '../../../miniprogram/domain/outreach/messages';
import { outwardIdOf } from './channel';
import type { Channel } from './channel';
import { handTo } from './outlets';
import { wecomOutlet } from './settings';

/**
 * 企业微信. Which external contact a member is, only the chain's own WeCom knows: the gateway finds her by her member number.
 * One call.
 */
export const wecom: Channel = {
  objection: () => (wecomOutlet() ? null : '没有配置企业微信通道'),
  async send(message, { memberId }, now) {
    const outlet = wecomOutlet();
    if (!outlet) return { as: 'refused', reason: '没有配置' };
    const { kind, words, page } = message;
    const text = sentenceOfMessage(kind, words);
    return handTo(outlet, 'wecom', { id: outwardIdOf(message), member: memberId, text, page }, now);
  },
};
