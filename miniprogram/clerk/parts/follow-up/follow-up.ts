import { dayOf } from '../../../domain/kernel/day';
import type { FollowUpOutcome, LapseReason } from '../../../domain/outreach/types';
import { phoneNow } from '../../../platform/clock';
import {
  asksReason,
  endsTask,
  nextDays,
  OUTCOME_CHOICES,
  outcomeNamed,
  REASON_CHOICES,
  reasonNamed,
  usualNext,
} from './choices';
import type { FollowUpForm } from './choices';

/**
 * The one form about what came of a touch: outcome, why she stopped, a note, when to ask again.
 * Events: `submit` with a `FollowUpForm`, `close`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    show: { type: Boolean, value: false },
    /** the customer's name */
    name: { type: String, value: '' },
    /** what is asked, after her name */
    question: { type: String, value: '，聊得怎么样？' },
    /** the outcome chosen from the start; empty = none */
    first: { type: String, value: '' },
    busy: { type: Boolean, value: false },
    /** why the last try was refused */
    refusal: { type: String, value: '' },
  },
  data: {
    outcomes: OUTCOME_CHOICES,
    reasons: REASON_CHOICES,
    days: nextDays(dayOf(0)),
    outcome: null as FollowUpOutcome | null,
    reason: null as LapseReason | null,
    asksReason: false,
    ends: false,
    next: 0,
    note: '',
  },
  observers: {
    show(show: boolean) {
      if (!show) return;
      this.setData({ days: nextDays(dayOf(phoneNow())), reason: null, note: '' });
      this.take(outcomeNamed(this.data.first));
    },
  },
  methods: {
    take(outcome: FollowUpOutcome | null) {
      this.setData({
        outcome,
        asksReason: asksReason(outcome),
        ends: endsTask(outcome),
        next: outcome ? usualNext(outcome) : 1,
      });
    },
    onOutcome(event: WechatMiniprogram.TouchEvent) {
      this.take(outcomeNamed(String(event.currentTarget.dataset['id'])));
    },
    onReason(event: WechatMiniprogram.TouchEvent) {
      const reason = reasonNamed(String(event.currentTarget.dataset['id']));
      this.setData({ reason: reason === this.data.reason ? null : reason });
    },
    onDay(event: WechatMiniprogram.TouchEvent) {
      this.setData({ next: Number(event.currentTarget.dataset['n']) });
    },
    onNote(event: WechatMiniprogram.Input) {
      this.setData({ note: event.detail.value });
    },
    onSubmit() {
      const { outcome, reason, note, days, next, busy } = this.data;
      if (!outcome || busy) return;
      const form: FollowUpForm = {
        outcome,
        lapseReason: asksReason(outcome) ? reason : null,
        note: note.trim(),
        nextContactOn: endsTask(outcome) ? null : (days[next]?.on ?? null),
      };
      this.triggerEvent('submit', form);
    },
    onClose() {
      this.triggerEvent('close');
    },
  },
});
