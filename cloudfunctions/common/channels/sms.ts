import { sentenceOfMessage, smsText } from '../../../miniprogram/domain/outreach/messages';
import { outwardIdOf } from './channel';
import type { Channel, Message } from './channel';
import { handTo } from './outlets';
import { linkBase, smsSettings } from './settings';

/** A message that names its own link says it as `link`; a page alone cannot be opened from an SMS. */
function textOf({ kind, purpose, words }: Message, sign: string): string | null {
  const link = words['link'] && linkBase() ? words['link'] : null;
  return smsText({ sign, body: sentenceOfMessage(kind, words), link, isAdvertising: purpose !== 'service' });
}

/** 短信. Signed, at most 70 characters, with its way out wherever she has not asked for it herself. One call. */
export const sms: Channel = {
  objection(message, to) {
    const settings = smsSettings();
    if (!settings) return '没有配置短信通道';
    if (textOf(message, settings.sign) === null) return '签名和链接太长，一条短信写不下';
    return to.phone() === null ? '没有她的手机号' : null;
  },
  async send(message, to, now) {
    const settings = smsSettings();
    const phone = to.phone();
    const text = settings && textOf(message, settings.sign);
    if (!settings || phone === null || text === null) return { as: 'refused', reason: '没有配置' };
    const { page } = message;
    const handed = { id: outwardIdOf(message), member: to.memberId, phone, text, page };
    return handTo(settings.outlet, 'sms', handed, now);
  },
};
