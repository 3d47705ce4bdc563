import { sentenceOf } from '../../contract/failures';
import { dayOf } from '../../domain/kernel/day';
import { later, phoneNow } from '../../platform/clock';
import { onConnected } from '../../platform/network';
import { newRequestKey } from '../../platform/requestKey';
import { ask, choose, goBack, say, tell, tick } from '../../platform/screen';
import { members, outreach } from '../../services/functions';
import { noteChange } from '../changes';
import { foreseen, perform, sendWaiting } from '../sending';
import { reaching } from './reaching';
import { ways } from './ways';
import { ringNow, walking } from './walking';
import type { Custom, Data } from './state';
import { customerView, firstFit, scriptsView } from './view';

Page<Data, Custom>({
  ...reaching,
  ...ways,
  ...walking,
  data: {
    state: 'loading',
    sentence: '',
    away: false,
    shown: null,
    scripts: [],
    chosen: '',
    canCopy: false,
    sheet: '',
    memberId: '',
    visiting: false,
    unfolded: false,
    deskText: '',
    validHours: 0,
    ownWords: null,
    radar: null,
    stated: false,
    day: null,
    finished: null,
    whyHere: false,
    sentNote: '',
    sentWord: '',
    canUndo: false,
    undoName: '',
    waits: false,
    busy: false,
    refusal: '',
  },
  taskId: '',
  opened: null,
  drafts: {},
  touch: null,
  followUpKey: '',
  visitKey: '',
  copyAct: null,
  shareKey: '',
  shared: false,
  callOff: null,
  undoKey: '',
  undoTaskId: '',
  pinKey: '',
  judged: {},
  undoOff: null,
  syncOff: null,
  offConnected: null,

  onLoad(query) {
    // WeChat hands query values on as they were written, still encoded.
    this.taskId = decodeURIComponent(query['taskId'] ?? '');
    this.drafts = {};
    this.offConnected = onConnected(() => void this.sync());
    void this.load();
  },
  onShow() {
    if (this.shared) this.askShared();
    else if (this.opened) void this.load();
    void this.sync();
  },
  onHide() {
    this.callOff?.();
  },
  onUnload() {
    this.callOff?.();
    this.undoOff?.();
    this.syncOff?.();
    this.offConnected?.();
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
    // She may have gone on to the next one while the answer was under way.
    if (answer.reply.card.taskId !== this.taskId) return;
    this.opened = answer.reply;
    this.show({ state: 'ready' });
  },

  onRetry() {
    if (this.data.away) goBack();
    else {
      this.setData({ state: 'loading' });
      void this.load();
    }
  },

  showScripts(chosen) {
    this.show({}, chosen);
  },

  /** All of the page in one go: the customer, the words, the day. */
  show(more = {}, wanted) {
    const { opened } = this;
    if (!opened) return;
    const chosen = wanted ?? this.data.chosen;
    const { card, waits } = foreseen(opened.card);
    const shown = customerView({ ...opened, card }, dayOf(phoneNow()));
    // Words belong to a customer who may be written to: not to one who has just been in the shop.
    const offered = shown.bar.kind === 'act' ? opened.scripts : [];
    const fit = offered.some((script) => script.scriptId === chosen) ? chosen : firstFit(offered);
    const scripts = scriptsView(offered, this.drafts, this.judged);
    this.setData({
      memberId: card.memberId,
      validHours: opened.promisedHours ?? 0,
      ownWords: opened.ownWords ?? null,
      radar: opened.radar,
      day: ringNow(),
      finished: null,
      ...more,
      shown,
      waits,
      scripts,
      chosen: fit,
      canCopy: scripts.some((script) => script.scriptId === fit && !script.unfit),
    });
  },
  renew(card) {
    if (card) {
      noteChange(card);
      if (this.opened) this.opened = { ...this.opened, card };
    }
    this.show();
  },
  syncIn(ms) {
    this.syncOff?.();
    this.syncOff = later(ms, () => void this.sync());
  },
  async sync() {
    const { sent, refused } = await sendWaiting();
    if (refused.length > 0) await tell(refused.join('\n'));
    if ((sent > 0 || refused.length > 0) && this.opened) void this.load();
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

  async onOptOut() {
    const chosen = await choose(['只是不要推销，问候还可以', '什么都不要再发']);
    if (chosen === null) return;
    const scope = chosen === 0 ? 'promo' : 'all';
    const asked = scope === 'all' ? '记下后谁都不再给她发消息。' : '记下后不再给她发推销，问候和关怀还可以。';
    if (!(await ask('顾客不想收到消息？', `${asked}这个决定只有顾客本人能改。`, '记下来'))) return;
    const answer = await perform('optOut.record', { taskId: this.taskId, scope }, newRequestKey());
    if (answer.ok === false) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    if (answer.ok === true) {
      say('记下了，会照她说的做');
      void this.load();
    } else {
      this.renew();
      this.syncIn(answer.tryIn);
      say('没有网络，先记在手机里，连上就同步');
    }
  },
  async onVisit() {
    const { memberId, visiting } = this.data;
    if (visiting || !memberId) return;
    this.setData({ visiting: true });
    this.visitKey ||= newRequestKey();
    const answer = await members('visit.record', { memberId }, this.visitKey);
    this.setData({ visiting: false });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    this.visitKey = '';
    tick();
    say('记好了，她今天来过');
    void this.load();
  },
  onUnfold() {
    this.setData({ unfolded: !this.data.unfolded });
  },
  onWhole() {
    this.setData({ sheet: 'life' });
  },

  beginFollowUp() {
    this.followUpKey = newRequestKey();
    this.setData({ sheet: 'followUp', busy: false, refusal: '' });
  },
  async onFollowUp(e) {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const ask = { taskId: this.taskId, ...e.detail };
    const answer = await perform('followUp.record', ask, this.followUpKey);
    if (answer.ok === false) {
      this.setData({ busy: false, refusal: sentenceOf(answer.failure) });
      return;
    }
    this.setData({ busy: false, sheet: '' });
    if (answer.ok === true) {
      this.renew(answer.reply.card);
      say('记好了');
      void this.load();
    } else {
      this.renew();
      this.syncIn(answer.tryIn);
      say('没有网络，先记在手机里，连上就同步');
    }
  },
  onCloseSheet() {
    if (this.data.busy) return;
    this.shareKey = '';
    this.setData({ sheet: '', refusal: '' });
  },
});
