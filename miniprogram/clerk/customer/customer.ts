import { sentenceOf } from '../../contract/failures';
import type { TaskCard, TaskOpened } from '../../contract/outreach';
import { dayOf } from '../../domain/kernel/day';
import type { Channel } from '../../domain/outreach/types';
import { later, phoneNow } from '../../platform/clock';
import { copyText } from '../../platform/device';
import { newRequestKey } from '../../platform/requestKey';
import { choose, goBack, say, tell, tick } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { noteChange } from '../changes';
import type { FollowUpForm } from '../parts/follow-up/choices';
import { SENT_NOTES } from './touch';
import type { Touch } from './touch';
import { customerView, firstFit, scriptsView, shareTitle } from './view';
import type { CustomerShown, ScriptShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  sentence: string;
  /** trying again would not help: the task is not hers, or gone */
  away: boolean;
  shown: CustomerShown | null;
  scripts: ScriptShown[];
  chosen: string;
  canCopy: boolean;
  sheet: '' | 'desk' | 'sent' | 'followUp';
  deskText: string;
  validHours: number;
  sentNote: string;
  busy: boolean;
  refusal: string;
}

interface Custom {
  taskId: string;
  opened: TaskOpened | null;
  drafts: Record<string, string>;
  touch: Touch | null;
  followUpKey: string;
  /** a shared card that has not been asked about yet */
  shared: boolean;
  callOff: (() => void) | null;
  load(): Promise<void>;
  showScripts(chosen: string): void;
  renew(card: TaskCard): void;
  askSent(channel: Channel, scriptId: string | null, text: string | null): void;
  askShared(): void;
  beginFollowUp(): void;
  onRetry(): void;
  onFact(e: WechatMiniprogram.TouchEvent): void;
  onChoose(e: WechatMiniprogram.TouchEvent): void;
  onEdit(e: WechatMiniprogram.TouchEvent): void;
  onSaveDraft(e: WechatMiniprogram.CustomEvent<{ text: string }>): void;
  onCopy(): Promise<void>;
  onMore(): Promise<void>;
  onSent(): Promise<void>;
  onFollowUp(e: WechatMiniprogram.CustomEvent<FollowUpForm>): Promise<void>;
  onCloseSheet(): void;
}

/** Without its own picture WeChat would send a screenshot of this page, and with it what the shop knows of her. */
const CARD_PICTURE = '/clerk/customer/gift-card.png';
/** WeChat hides the page while a chat is chosen; where it does not, the question comes by itself. */
const SHARE_SETTLES_MS = 1500;

Page<Data, Custom>({
  data: {
    state: 'loading',
    sentence: '',
    away: false,
    shown: null,
    scripts: [],
    chosen: '',
    canCopy: false,
    sheet: '',
    deskText: '',
    validHours: 0,
    sentNote: '',
    busy: false,
    refusal: '',
  },
  taskId: '',
  opened: null,
  drafts: {},
  touch: null,
  followUpKey: '',
  shared: false,
  callOff: null,

  onLoad(query) {
    // WeChat hands query values on as they were written, still encoded.
    this.taskId = decodeURIComponent(query['taskId'] ?? '');
    this.drafts = {};
    void this.load();
  },
  onShow() {
    if (this.shared) this.askShared();
    else if (this.opened) void this.load();
  },
  onHide() {
    this.callOff?.();
  },
  onUnload() {
    this.callOff?.();
  },

  async load() {
    const answer = await outreach('task.open', { taskId: this.taskId });
    if (!answer.ok) {
      if (this.opened) say(sentenceOf(answer.failure));
      else {
        const away = answer.failure.code === 'not-found' || answer.failure.code === 'out-of-scope';
        this.setData({ state: 'error', sentence: sentenceOf(answer.failure), away });
      }
      return;
    }
    this.opened = answer.reply;
    this.setData({
      state: 'ready',
      shown: customerView(answer.reply, dayOf(phoneNow())),
      validHours: answer.reply.offer.validHours,
    });
    const kept = answer.reply.scripts.some((script) => script.scriptId === this.data.chosen);
    this.showScripts(kept ? this.data.chosen : firstFit(answer.reply.scripts));
  },

  onRetry() {
    if (this.data.away) goBack();
    else {
      this.setData({ state: 'loading' });
      void this.load();
    }
  },

  showScripts(chosen) {
    // Words belong to a customer who may be written to: not to one who has just been in the shop.
    const may = this.data.shown?.bar.kind === 'act';
    const scripts = scriptsView((may && this.opened?.scripts) || [], this.drafts);
    const canCopy = scripts.some((script) => script.scriptId === chosen && !script.unfit);
    this.setData({ scripts, chosen, canCopy });
  },

  renew(card) {
    noteChange(card);
    if (!this.opened) return;
    this.opened = { ...this.opened, card };
    this.setData({ shown: customerView(this.opened, dayOf(phoneNow())) });
  },

  onFact(e) {
    const fact = this.data.shown?.facts[Number(e.currentTarget.dataset['n'])];
    if (fact) void tell(fact.meaning, fact.label);
  },
  onChoose(e) {
    this.showScripts(String(e.currentTarget.dataset['id']));
  },
  onEdit(e) {
    const scriptId = String(e.currentTarget.dataset['id']);
    const script = this.opened?.scripts.find((each) => each.scriptId === scriptId);
    if (!script) return;
    this.showScripts(scriptId);
    this.setData({ sheet: 'desk', deskText: this.drafts[scriptId] ?? script.text });
  },
  onSaveDraft(e) {
    this.drafts[this.data.chosen] = e.detail.text;
    this.setData({ sheet: '' });
    this.showScripts(this.data.chosen);
  },

  async onCopy() {
    const { chosen, busy } = this.data;
    if (busy || !this.data.canCopy) return;
    this.setData({ busy: true });
    const ask = { taskId: this.taskId, scriptId: chosen, draft: this.drafts[chosen] ?? null };
    const answer = await outreach('script.copy', ask);
    this.setData({ busy: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      void this.load();
      return;
    }
    await copyText(answer.reply.text);
    this.askSent('copy', chosen, answer.reply.text);
  },

  onShareAppMessage() {
    const { opened } = this;
    const { shown } = this.data;
    if (!opened || shown?.bar.kind !== 'act' || !shown.canShare) {
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
    this.askSent('shareCard', null, null);
  },

  async onMore() {
    const acts = this.data.shown?.bar.kind === 'act' ? ['记跟进结果', '记一次电话'] : ['记跟进结果'];
    const chosen = await choose(acts);
    if (chosen === 0) this.beginFollowUp();
    if (chosen === 1) this.askSent('call', null, null);
  },

  askSent(channel, scriptId, text) {
    this.touch = { channel, scriptId, text, key: newRequestKey() };
    this.setData({ sheet: 'sent', sentNote: SENT_NOTES[channel], refusal: '', busy: false });
  },
  async onSent() {
    const { touch } = this;
    if (!touch || this.data.busy) return;
    this.setData({ busy: true });
    const { key, ...said } = touch;
    const answer = await outreach('touch.record', { taskId: this.taskId, ...said }, key);
    if (!answer.ok) {
      this.setData({ busy: false, refusal: sentenceOf(answer.failure) });
      return;
    }
    this.touch = null;
    tick();
    this.renew(answer.reply.card);
    this.beginFollowUp();
    void this.load();
  },

  beginFollowUp() {
    this.followUpKey = newRequestKey();
    this.setData({ sheet: 'followUp', busy: false, refusal: '' });
  },
  async onFollowUp(e) {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const ask = { taskId: this.taskId, ...e.detail };
    const answer = await outreach('followUp.record', ask, this.followUpKey);
    if (!answer.ok) {
      this.setData({ busy: false, refusal: sentenceOf(answer.failure) });
      return;
    }
    this.setData({ busy: false, sheet: '' });
    this.renew(answer.reply.card);
    say('记好了');
    void this.load();
  },
  onCloseSheet() {
    if (!this.data.busy) this.setData({ sheet: '', refusal: '' });
  },
});
