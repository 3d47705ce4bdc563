import { forgetSubscription, giveBackSubscription, takeSubscription } from '../flows/subscriptions';
import type { Channel, Message, Sending } from './channel';
import { miniprogramState, subscribeTemplate } from './settings';
import type { SubscribeTemplate } from './settings';
import { sendSubscribeMessage } from './wechat';

/** A `thing` holds twenty characters; a longer one makes WeChat refuse the whole message (47003). */
const LONGEST_THING = 20;
/** What opens when a message names no page. */
const FRONT_PAGE = 'pages/entry/entry';

/** 43101: she has said no, or her yes is used up. */
const NO_SUBSCRIPTION = 43101;
/** 40003: this account does not exist for us, or no longer. */
const NO_SUCH_ACCOUNT = 40003;

function dataOf({ blanks }: SubscribeTemplate, words: Message['words']): Record<string, { value: string }> {
  const pairs = blanks.length > 0 ? blanks : Object.keys(words).map((word) => [word, word] as const);
  return Object.fromEntries(
    pairs.map(([blank, word]) => {
      const value = words[word] ?? '';
      const isLong = /^thing/.test(blank) && value.length > LONGEST_THING;
      return [blank, { value: isLong ? `${value.slice(0, LONGEST_THING - 1)}…` : value }];
    }),
  );
}

/**
 * 订阅消息. One of the messages she said yes to is taken before it leaves, so that two can never go for one yes; it is given
 * back when WeChat says that it did not take it. Three calls at most.
 */
export const subscribe: Channel = {
  objection({ kind }, { openid }) {
    if (!subscribeTemplate(kind)) return '这类订阅消息没有配置模板';
    return openid === null ? '她还没有用微信打开过小程序' : null;
  },
  async send({ kind, words, page }, { openid }, now): Promise<Sending> {
    const template = subscribeTemplate(kind);
    if (!template || openid === null) return { as: 'refused', reason: '没有配置' };
    if (!(await takeSubscription(openid, template.id, now)))
      return { as: 'refused', reason: '她没有订阅这类提醒，或订阅次数已用完' };
    const { errCode, errMsg } = await sendSubscribeMessage({
      touser: openid,
      templateId: template.id,
      page: (page ?? FRONT_PAGE).replace(/^\//, ''),
      data: dataOf(template, words),
      miniprogramState: miniprogramState(),
    });
    if (errCode === 0) return { as: 'sent' };
    if (errCode === null) return { as: 'unknown', reason: '微信没有答复，不知道对方收到没有' };
    if (errCode === NO_SUBSCRIPTION) {
      await forgetSubscription(openid, template.id, now);
      return { as: 'refused', reason: '微信说她没有订阅，或订阅次数已用完（43101）' };
    }
    await giveBackSubscription(openid, template.id, now);
    const reason = `微信没有接受（${errCode}）：${errMsg.slice(0, 120)}`;
    return errCode === NO_SUCH_ACCOUNT ? { as: 'refused', reason } : { as: 'failed', reason };
  },
};
