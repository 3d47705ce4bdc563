import { sentenceOf } from '../../contract/failures';
import { later } from '../../platform/clock';
import { copyText, dial, NOT_COPIED } from '../../platform/device';
import { newRequestKey } from '../../platform/requestKey';
import { say, tell, tick } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { noteChange } from '../changes';
import { perform } from '../sending';
import { noteContact, takeContactBack } from '../theDay';
import type { Custom, Data } from './state';
import { SENT_NOTES, SENT_WORDS } from './touch';
import { shareTitle } from './view';

/** Without its own picture WeChat would send a screenshot of this page, and with it what the shop knows of her. */
export const CARD_PICTURE = '/clerk/customer/gift-card.png';
/** WeChat hides the page while a chat is chosen; where it does not, the question comes by itself. */
const SHARE_SETTLES_MS = 1500;
/** The server allows a minute; the button goes a little earlier, so that a slow tap is not refused. */
const UNDO_SHOWN_MS = 55_000;

type Reaching = Pick<
  Custom,
  | 'onCopy'
  | 'onShare'
  | 'onCall'
  | 'onShareAppMessage'
  | 'askShared'
  | 'askSent'
  | 'onSent'
  | 'onUndo'
  | 'forgetUndo'
>;

/** How the page reaches a customer. Every way asks the server first; what it allows is held until she says what became of it. */
export const reaching: Reaching & ThisType<WechatMiniprogram.Page.Instance<Data, Custom>> = {
  async onCopy() {
    const { chosen, busy } = this.data;
    if (busy || !this.data.canCopy) return;
    this.setData({ busy: true });
    const draft = this.drafts[chosen] ?? null;
    // A try whose answer was lost is the same act; other words are another.
    const words = `${chosen}\n${draft ?? ''}`;
    if (this.copyAct?.words !== words) this.copyAct = { words, key: newRequestKey() };
    const { key } = this.copyAct;
    const answer = await outreach('script.copy', { taskId: this.taskId, scriptId: chosen, draft }, key);
    this.setData({ busy: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      void this.load();
      return;
    }
    // Not copied is not done: the next tap is the same act.
    if (!(await copyText(answer.reply.text))) {
      await tell(NOT_COPIED);
      return;
    }
    this.copyAct = null;
    this.askSent('copy', { scriptId: chosen, text: answer.reply.text, held: key });
  },

  async onShare() {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const key = newRequestKey();
    const answer = await outreach('touch.begin', { taskId: this.taskId, channel: 'shareCard' }, key);
    this.setData({ busy: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      void this.load();
      return;
    }
    this.shareKey = key;
    this.setData({ sheet: 'share', refusal: '' });
  },
  onShareAppMessage() {
    const { opened, shareKey } = this;
    if (!opened?.offer || opened.giftPath === null || shareKey === '') {
      return { title: '回头客', path: '/pages/entry/entry', imageUrl: CARD_PICTURE };
    }
    this.shared = true;
    this.callOff?.();
    this.callOff = later(SHARE_SETTLES_MS, () => this.askShared());
    return { title: shareTitle(opened.offer.title), path: opened.giftPath, imageUrl: CARD_PICTURE };
  },
  askShared() {
    this.callOff?.();
    if (!this.shared) return;
    this.shared = false;
    const held = this.shareKey;
    this.shareKey = '';
    this.askSent('shareCard', { scriptId: null, text: null, held });
  },

  async onCall() {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const key = newRequestKey();
    const answer = await outreach('touch.begin', { taskId: this.taskId, channel: 'call' }, key);
    this.setData({ busy: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    const { phone } = answer.reply;
    if (phone === null) await tell('没有登记完整号码。你若有她的号码，打完回来记一下就好。');
    else if (!(await dial(phone))) return;
    this.askSent('call', { scriptId: null, text: null, held: key });
  },

  askSent(channel, said) {
    this.touch = { channel, ...said, key: newRequestKey() };
    const asked = { sentNote: SENT_NOTES[channel], sentWord: SENT_WORDS[channel] };
    this.setData({ sheet: 'sent', ...asked, refusal: '', busy: false });
  },
  async onSent() {
    const { touch } = this;
    if (!touch || this.data.busy) return;
    this.setData({ busy: true });
    const { key, ...said } = touch;
    const answer = await perform('touch.record', { taskId: this.taskId, ...said }, key);
    if (answer.ok === false) {
      this.setData({ busy: false, refusal: sentenceOf(answer.failure) });
      return;
    }
    this.touch = null;
    tick();
    this.forgetUndo();
    noteContact(this.taskId);
    this.setData({ stated: true });
    if (answer.ok === true) {
      this.renew(answer.reply.card);
      this.undoKey = key;
      this.undoTaskId = this.taskId;
      this.setData({ canUndo: true, undoName: answer.reply.card.name });
      this.undoOff = later(UNDO_SHOWN_MS, () => this.forgetUndo());
      void this.load();
    } else {
      this.renew();
      this.syncIn(answer.tryIn);
    }
    this.beginFollowUp();
  },

  forgetUndo() {
    this.undoOff?.();
    this.undoOff = null;
    this.undoKey = '';
    if (this.data.canUndo) this.setData({ canUndo: false });
  },
  async onUndo() {
    const { undoKey } = this;
    if (undoKey === '' || this.data.busy) return;
    this.setData({ busy: true });
    const taskId = this.undoTaskId;
    const answer = await outreach('touch.undo', { taskId, touch: undoKey }, `undo-${undoKey}`);
    this.setData({ busy: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    this.forgetUndo();
    takeContactBack(taskId);
    say('已撤回，不算联系过');
    // She may have gone on to the next customer meanwhile.
    if (taskId !== this.taskId) {
      noteChange(answer.reply.card);
      return;
    }
    this.setData({ stated: false });
    this.renew(answer.reply.card);
    void this.load();
  },
};
