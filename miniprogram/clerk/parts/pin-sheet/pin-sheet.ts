import { pinFault } from '../../../domain/outreach/pin';
import type { PinReason, PinWay } from '../../../domain/outreach/pin';
import { reasonChoices } from './view';
import type { PinForm } from './view';

/**
 * 手动调整: before or behind the place the rules gave her, with a reason; or as the rules have it again.
 * Events: `submit` with a `PinForm`, `close`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    show: { type: Boolean, value: false },
    name: { type: String, value: '' },
    /** 'up' or 'down' as it stands; '' = as the rules have it */
    pinned: { type: String, value: '' },
    busy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  data: {
    way: 'up' as PinWay,
    reasons: reasonChoices('up'),
    reason: '' as PinReason | '',
    note: '',
    /** why it cannot be kept yet; '' = it can */
    fault: '先选一个原因',
  },
  observers: {
    show(show: boolean) {
      if (show) this.take('up');
    },
  },
  methods: {
    take(way: PinWay) {
      this.setData({ way, reasons: reasonChoices(way), reason: '', note: '' });
      this.check();
    },
    check() {
      const { way, reason, note } = this.data;
      const fault = reason === '' ? '先选一个原因' : (pinFault({ way, reason, note }) ?? '');
      this.setData({ fault });
    },
    onWay(event: WechatMiniprogram.TouchEvent) {
      this.take(event.currentTarget.dataset['way'] === 'down' ? 'down' : 'up');
    },
    onReason(event: WechatMiniprogram.TouchEvent) {
      const id = String(event.currentTarget.dataset['id']);
      this.setData({ reason: this.data.reasons.find((one) => one.id === id)?.id ?? '' });
      this.check();
    },
    onNote(event: WechatMiniprogram.Input) {
      this.setData({ note: event.detail.value });
      this.check();
    },
    onSubmit() {
      const { way, reason, note, fault, busy } = this.data;
      if (fault || busy || reason === '') return;
      const form: PinForm = { way, reason, note: note.trim() };
      this.triggerEvent('submit', form);
    },
    onAsRules() {
      if (this.data.busy) return;
      const form: PinForm = { way: null, reason: null, note: '' };
      this.triggerEvent('submit', form);
    },
    onClose() {
      this.triggerEvent('close');
    },
  },
});
