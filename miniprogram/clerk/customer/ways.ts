import { sentenceOf } from '../../contract/failures';
import type { TaskOpened } from '../../contract/outreach';
import { copyText, NOT_COPIED } from '../../platform/device';
import { newRequestKey } from '../../platform/requestKey';
import { choose, tell } from '../../platform/screen';
import { hasWecom, sendToChat } from '../../platform/wecom';
import { outreach } from '../../services/functions';
import { CARD_PICTURE } from './reaching';
import type { Custom, Data } from './state';
import { shareTitle } from './view';

type Ways = Pick<Custom, 'onMore' | 'onSms' | 'onWecom'>;
type Act = 'onCall' | 'onSms' | 'onWecom' | 'onVisit' | 'onOptOut' | 'beginFollowUp';

/**
 * What 更多 offers: a way of reaching her stands there only where this installation and this phone have it.
 *
 * @example waysShown({ moreWays: [], giftPath: null }, false).map(({ word }) => word) // → ['记跟进结果', '打电话', '她今天到店了', '她说不要再发']
 */
export function waysShown(
  opened: Pick<TaskOpened, 'moreWays' | 'giftPath'> | null,
  isInWecom: boolean,
): { word: string; act: Act }[] {
  const has = (way: 'sms' | 'wecom') => opened?.moreWays.includes(way) ?? false;
  return [
    { word: '记跟进结果', act: 'beginFollowUp' as const },
    { word: '打电话', act: 'onCall' as const },
    ...(has('sms') ? [{ word: '发短信', act: 'onSms' as const }] : []),
    ...(has('wecom') && isInWecom && opened?.giftPath
      ? [{ word: '企业微信发礼包卡', act: 'onWecom' as const }]
      : []),
    { word: '她今天到店了', act: 'onVisit' as const },
    { word: '她说不要再发', act: 'onOptOut' as const },
  ];
}

/** Ways of reaching her that not every installation has; each asks the same gate as copying does. */
export const ways: Ways & ThisType<WechatMiniprogram.Page.Instance<Data, Custom>> = {
  async onMore() {
    const shown = waysShown(this.opened, hasWecom());
    const chosen = await choose(shown.map(({ word }) => word));
    const act = chosen === null ? undefined : shown[chosen]?.act;
    if (act) await this[act]();
  },

  async onSms() {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const held = newRequestKey();
    const answer = await outreach('touch.begin', { taskId: this.taskId, channel: 'sms' }, held);
    this.setData({ busy: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    const { text, phone } = answer.reply;
    if (text === undefined) return;
    if (!(await copyText(text))) {
      await tell(NOT_COPIED);
      return;
    }
    const to = phone === null ? '没有登记完整号码，请从通讯录里找她。' : `她的号码：${phone}`;
    await tell(`短信内容已复制，请在手机短信里粘贴发送。${to}`, '发短信');
    this.askSent('sms', { scriptId: null, text, held });
  },

  async onWecom() {
    const { opened } = this;
    // A care task has no gift, so there is no card to send.
    if (this.data.busy || !opened?.offer || opened.giftPath === null) return;
    const { offer, giftPath } = opened;
    this.setData({ busy: true });
    const held = newRequestKey();
    const answer = await outreach('touch.begin', { taskId: this.taskId, channel: 'wecom' }, held);
    this.setData({ busy: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    const card = { title: shareTitle(offer.title), path: giftPath, imageUrl: CARD_PICTURE };
    const sent = await sendToChat(card);
    if (sent === 'elsewhere') await tell('请在企业微信里打开和她的聊天，从聊天工具栏进入，再发礼包卡。');
    if (sent === 'sent') this.askSent('wecom', { scriptId: null, text: null, held });
  },
};
