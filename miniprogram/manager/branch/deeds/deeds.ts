import { sentenceOf } from '../../../contract/failures';
import type { Failure } from '../../../contract/failures';
import { parseDay, spokenDay } from '../../../domain/kernel/day';
import type { Day } from '../../../domain/kernel/day';
import { newRequestKey } from '../../../platform/requestKey';
import { ask } from '../../../platform/screen';
import { outreach } from '../../../services/functions';
import type { ClerkShown } from '../view';
import { awayWords, dayChoices, handoverWords, progressWords } from './words';
import type { DeedKind } from './words';

const EVERYBODY = '店里其他在岗导购';

/**
 * The sheet in which a manager gives tasks to another clerk, notes a clerk's leave, or hands a parting clerk's work over.
 * The last two show what would move before it does. Events: `done` with a `Deed`, `close`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    kind: { type: String, value: '' },
    /** whom leave or parting is about */
    clerk: { type: Object, optionalTypes: [null], value: null as ClerkShown | null },
    clerks: { type: Array, value: [] as ClerkShown[] },
    taskIds: { type: Array, value: [] as string[] },
    today: { type: String, value: '' },
  },
  data: {
    /** '' = nobody chosen yet; for a handover: everybody */
    toClerkId: '',
    reason: '',
    days: [] as ReturnType<typeof dayChoices>,
    untilOn: '',
    untilText: '',
    spread: true,
    preview: '',
    refusal: '',
    busy: false,
    /** names the act; a new one whenever something else is meant */
    actKey: '',
    /** counts the previews asked for: only the newest is shown */
    turn: 0,
  },
  observers: {
    kind(kind: DeedKind) {
      if (kind === '') return;
      const today = parseDay(this.data.today);
      this.setData({ toClerkId: '', reason: '', preview: '', refusal: '', spread: true, busy: false });
      this.mean();
      if (kind === 'handover') void this.foresee();
      if (kind !== 'away' || !today) return;
      this.setData({ days: dayChoices(today) });
      this.until(today);
    },
  },
  methods: {
    mean() {
      this.setData({ actKey: newRequestKey() });
    },
    taker(): string {
      const { clerks, toClerkId } = this.data;
      return (clerks as ClerkShown[]).find((one) => one.clerkId === toClerkId)?.name ?? EVERYBODY;
    },
    clerkId(): string {
      return (this.data.clerk as ClerkShown | null)?.clerkId ?? '';
    },

    pickTaker(event: WechatMiniprogram.TouchEvent) {
      if (this.data.busy) return;
      this.setData({ toClerkId: String(event.currentTarget.dataset['id']), refusal: '' });
      this.mean();
      if (this.data.kind === 'handover') void this.foresee();
    },
    typeReason(event: WechatMiniprogram.Input) {
      this.setData({ reason: event.detail.value });
    },
    pickDay(event: WechatMiniprogram.TouchEvent) {
      this.until(parseDay(String(event.currentTarget.dataset['on'])));
    },
    pickDate(event: WechatMiniprogram.PickerChange) {
      this.until(parseDay(String(event.detail.value)));
    },
    until(on: Day | null) {
      if (!on || this.data.busy) return;
      this.setData({ untilOn: on, untilText: spokenDay(on) });
      this.mean();
      void this.foresee();
    },
    swapSpread() {
      if (this.data.busy) return;
      this.setData({ spread: !this.data.spread });
      this.mean();
      void this.foresee();
    },

    /** What the act would move, before it is done. */
    async foresee() {
      const { kind, toClerkId, spread } = this.data;
      const turn = this.data.turn + 1;
      this.setData({ turn, preview: '', refusal: '' });
      const untilOn = parseDay(this.data.untilOn);
      const away = { clerkId: this.clerkId(), untilOn, spread, dryRun: true };
      const handover = { fromClerkId: this.clerkId(), toClerkId: toClerkId || null, dryRun: true };
      const key = newRequestKey();
      const answer =
        kind === 'away'
          ? await outreach('clerk.away', away, key)
          : await outreach('clerk.handover', handover, key);
      if (turn !== this.data.turn) return;
      if (!answer.ok) return this.refused(answer.failure);
      const { reply } = answer;
      const preview = 'moved' in reply ? awayWords(reply, spread) : handoverWords(reply, this.taker());
      this.setData({ preview });
    },
    refused(failure: Failure) {
      this.setData({ busy: false, refusal: sentenceOf(failure) });
    },
    finish(words: string, more = '') {
      this.setData({ busy: false });
      this.triggerEvent('done', { words, more });
    },

    async regroup() {
      const { toClerkId, reason, busy, actKey } = this.data;
      if (busy || !toClerkId) return;
      this.setData({ busy: true, refusal: '' });
      const taskIds = this.data.taskIds as string[];
      const answer = await outreach('task.regroup', { taskIds, toClerkId, reason }, actKey);
      if (!answer.ok) return this.refused(answer.failure);
      const { moved, refused } = answer.reply;
      const more = refused.length ? `${refused.length} 个没有动：${refused[0]?.reason ?? ''}。` : '';
      this.finish(`${moved} 个交给了${this.taker()}`, more);
    },
    goAway() {
      void this.saveAway(parseDay(this.data.untilOn));
    },
    comeBack() {
      this.mean();
      void this.saveAway(null);
    },
    async saveAway(untilOn: Day | null) {
      const { spread, busy, actKey } = this.data;
      if (busy) return;
      this.setData({ busy: true, refusal: '' });
      const ask = { clerkId: this.clerkId(), untilOn, spread };
      const answer = await outreach('clerk.away', ask, actKey);
      if (!answer.ok) return this.refused(answer.failure);
      const { moved } = answer.reply;
      this.finish(
        untilOn === null ? '记好了，她回来了' : moved ? `记好了，分出去 ${moved} 个任务` : '记好了',
      );
    },
    async handOver() {
      const { toClerkId, busy, actKey } = this.data;
      const clerk = this.data.clerk as ClerkShown | null;
      if (busy || !clerk) return;
      const question = `${clerk.name}的会员和任务交给${this.taker()}？交接后她就看不到了，不能一键退回。`;
      if (!(await ask('离职交接', question, '交接'))) return;
      this.setData({ busy: true, refusal: '' });
      const aim = { fromClerkId: clerk.clerkId, toClerkId: toClerkId || null };
      for (;;) {
        const answer = await outreach('clerk.handover', aim, actKey);
        if (!answer.ok) return this.refused(answer.failure);
        const { members, tasks, finished } = answer.reply;
        if (finished) {
          const more = '如果她要离开，接着请到员工页办理离职，她就不会再分到新任务。';
          return this.finish(`交接了 ${members} 位会员、${tasks} 个任务`, clerk.atWork ? more : '');
        }
        this.setData({ preview: progressWords(answer.reply) });
      }
    },

    closeSheet() {
      if (!this.data.busy) this.triggerEvent('close');
    },
    popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.closeSheet();
    },
  },
});
