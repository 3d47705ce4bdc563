import { sentenceOf } from '../../../contract/failures';
import { addMonths, dayOf, parseDay, spokenDay } from '../../../domain/kernel/day';
import type { Day } from '../../../domain/kernel/day';
import { phoneNow } from '../../../platform/clock';
import { members } from '../../../services/functions';
import { comparedShown, inOrder, pastDays, stoodShown } from './view';
import type { ComparedShown, PastDay, StoodShown } from './view';

const NOTHING = { failure: '', stood: null, compared: null };

/**
 * Where a member stood on a past day, or what changed between two days. Asks only when a day is chosen.
 *
 * @example <look-back member-id="{{memberId}}" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    memberId: { type: String, value: '' },
  },
  data: {
    mode: 'one' as 'one' | 'two',
    today: '' as Day | '',
    chips: [] as PastDay[],
    on: '' as Day | '',
    onText: '',
    from: '' as Day | '',
    fromText: '',
    to: '' as Day | '',
    toText: '',
    busy: false,
    failure: '',
    stood: null as StoodShown | null,
    compared: null as ComparedShown | null,
    /** counts the questions asked, so that a late answer to an earlier one is dropped */
    asked: 0,
  },
  observers: {
    memberId() {
      this.setData({ ...NOTHING, on: '', onText: '', busy: false, asked: this.data.asked + 1 });
    },
  },
  lifetimes: {
    attached() {
      // The phone's own day only bounds what can be chosen; the cloud decides by its own.
      const today = dayOf(phoneNow());
      const from = addMonths(today, -3);
      this.setData({
        today,
        chips: pastDays(today),
        from,
        fromText: spokenDay(from),
        to: today,
        toText: spokenDay(today),
      });
    },
  },
  methods: {
    pickMode(event: WechatMiniprogram.TouchEvent) {
      const { mode } = event.currentTarget.dataset as { mode: 'one' | 'two' };
      if (mode === this.data.mode) return;
      this.setData({
        mode,
        ...NOTHING,
        on: '',
        onText: '',
        busy: false,
        asked: this.data.asked + 1,
      });
    },
    pickChip(event: WechatMiniprogram.TouchEvent) {
      this.lookAt(String(event.currentTarget.dataset['on']));
    },
    pickOn(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.lookAt(event.detail.value);
    },
    lookAt(text: string) {
      const on = parseDay(text);
      if (on === null) return;
      this.setData({ on, onText: spokenDay(on) });
      void this.replay();
    },
    pickFrom(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const from = parseDay(event.detail.value);
      if (from !== null) this.setData({ from, fromText: spokenDay(from), ...NOTHING });
    },
    pickTo(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const to = parseDay(event.detail.value);
      if (to !== null) this.setData({ to, toText: spokenDay(to), ...NOTHING });
    },

    async replay() {
      const { on, memberId } = this.data;
      if (on === '') return;
      const question = this.data.asked + 1;
      this.setData({ ...NOTHING, busy: true, asked: question });
      const answer = await members('member.replay', { memberId, on });
      if (question !== this.data.asked) return;
      if (answer.ok) this.setData({ busy: false, stood: stoodShown(answer.reply) });
      else this.setData({ busy: false, failure: `${sentenceOf(answer.failure)} 点这里重试` });
    },
    async compare() {
      const { memberId } = this.data;
      if (this.data.from === '' || this.data.to === '') return;
      const [from, to] = inOrder(this.data.from, this.data.to);
      if (from === to) {
        this.setData({ ...NOTHING, failure: '请选两个不同的日子。' });
        return;
      }
      const question = this.data.asked + 1;
      this.setData({
        ...NOTHING,
        busy: true,
        asked: question,
        from,
        fromText: spokenDay(from),
        to,
        toText: spokenDay(to),
      });
      const answer = await members('member.diff', { memberId, from, to });
      if (question !== this.data.asked) return;
      if (answer.ok) this.setData({ busy: false, compared: comparedShown(answer.reply) });
      else this.setData({ busy: false, failure: `${sentenceOf(answer.failure)} 点这里重试` });
    },
    again() {
      void (this.data.mode === 'one' ? this.replay() : this.compare());
    },
  },
});
