import { stepped, typedNumber } from './typed';

/**
 * A whole number with its words: one less, type it, one more. Says `change` with `{ value }`; what is no number says
 * nothing and goes back to the last one when the field is left.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    label: { type: String, value: '' },
    hint: { type: String, value: '' },
    unit: { type: String, value: '' },
    value: { type: Number, value: 0 },
    step: { type: Number, value: 1 },
    least: { type: Number, value: 1 },
    /** digits that fit */
    digits: { type: Number, value: 3 },
    removable: { type: Boolean, value: false },
  },
  data: { text: '0' },
  observers: {
    value(value: number) {
      if (typedNumber(this.data.text) !== value) this.setData({ text: String(value) });
    },
  },
  methods: {
    less() {
      this.move(-1);
    },
    more() {
      this.move(1);
    },
    move(direction: 1 | -1) {
      const { value, step, least } = this.data;
      this.tell(stepped(value, direction, step, least));
    },
    type(event: WechatMiniprogram.Input) {
      // Kept in step with what is typed: a field that WeChat believes unchanged would not be put back on leaving it.
      this.setData({ text: event.detail.value });
      const value = typedNumber(event.detail.value);
      if (value !== null) this.tell(value);
    },
    leave() {
      this.setData({ text: String(this.data.value) });
    },
    remove() {
      this.triggerEvent('remove');
    },
    tell(value: number) {
      if (value !== this.data.value) this.triggerEvent('change', { value });
    },
  },
});
