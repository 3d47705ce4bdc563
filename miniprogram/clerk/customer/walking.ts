import { sentenceOf } from '../../contract/failures';
import { newRequestKey } from '../../platform/requestKey';
import { choose, goBack, goTo, say, tell, tick, toTop } from '../../platform/screen';
import { outreach } from '../../services/functions';
import { COMPLAINTS, complaintAt } from '../parts/complaints';
import { perform } from '../sending';
import { dayGoal, dayShown, noteDay } from '../theDay';
import type { Custom, Data } from './state';
import { finishedView } from './view';

type Walking = Pick<
  Custom,
  'onNext' | 'turnTo' | 'onBack' | 'onMine' | 'onPin' | 'onPinned' | 'onWhyHere' | 'onJudge'
>;

/** From customer to customer, and what the clerk thinks of the order and of the words. Nothing is sent by any of it. */
export const walking: Walking & ThisType<WechatMiniprogram.Page.Instance<Data, Custom>> = {
  async onNext() {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const answer = await outreach('task.next', { after: this.opened?.place ?? null });
    if (!answer.ok) {
      this.setData({ busy: false });
      await tell(sentenceOf(answer.failure));
      return;
    }
    const { opened, progress } = answer.reply;
    noteDay(progress);
    if (opened) {
      this.turnTo(opened);
      return;
    }
    this.opened = null;
    this.setData({ busy: false, shown: null, sheet: '', finished: finishedView(progress) });
  },
  turnTo(opened) {
    this.taskId = opened.card.taskId;
    this.opened = opened;
    this.drafts = {};
    this.touch = null;
    this.copyAct = null;
    this.shareKey = '';
    this.shared = false;
    this.callOff?.();
    this.visitKey = '';
    this.judged = {};
    toTop();
    this.show({ busy: false, sheet: '', refusal: '', stated: false, unfolded: false, whyHere: false }, '');
  },
  onBack() {
    goBack();
  },
  onMine() {
    goTo('/clerk/mine/mine');
  },

  onWhyHere() {
    this.setData({ whyHere: !this.data.whyHere });
  },
  onPin() {
    this.pinKey = newRequestKey();
    this.setData({ sheet: 'pin', busy: false, refusal: '' });
  },
  async onPinned(e) {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const answer = await perform('task.pin', { taskId: this.taskId, ...e.detail }, this.pinKey);
    if (answer.ok === false) {
      this.setData({ busy: false, refusal: sentenceOf(answer.failure) });
      return;
    }
    this.setData({ busy: false, sheet: '' });
    if (answer.ok === true) this.renew(answer.reply.card);
    else {
      this.renew();
      this.syncIn(answer.tryIn);
    }
    say(e.detail.way === null ? '好，照规则排' : '顺序调好了，今天有效');
  },

  async onJudge(e) {
    const { id, good } = e.currentTarget.dataset as { id: string; good: boolean };
    let word = '';
    if (!good) {
      const chosen = await choose([...COMPLAINTS]);
      if (chosen === null) return;
      word = complaintAt(chosen);
    }
    const answer = await outreach('script.feedback', { scriptId: id, good, word }, newRequestKey());
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    tick();
    this.judged = { ...this.judged, [id]: good };
    this.showScripts(this.data.chosen);
    say('记下了，总部会看到');
  },
};

/** The day's ring as it is known without asking; null = it is not. */
export const ringNow = () => {
  const goal = dayGoal();
  return goal && dayShown(goal);
};
