import { phoneNote } from './view';
import type { PhoneAnswer } from './view';

/**
 * 登记: a name, and the phone by one tap for who wants to. WeChat's own sheet asks; what comes back is a code, which only our
 * server can exchange. Saying no leaves everything as it was.
 *
 * @fires register with `{ name, phoneCode }`; `phoneCode` is empty when she did not allow it
 * @example <register-form button="成为会员" busy="{{busy}}" bind:register="onRegister" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    head: { type: String, value: '' },
    line: { type: String, value: '' },
    button: { type: String, value: '成为会员' },
    busy: { type: Boolean, value: false },
  },
  data: { name: '', phoneCode: '', note: '' },
  methods: {
    onName(e: { detail: { value: string } }) {
      this.setData({ name: e.detail.value });
    },
    onPhone(e: { detail: PhoneAnswer }) {
      this.setData({ phoneCode: e.detail.code ?? '', note: phoneNote(e.detail) });
    },
    onSend() {
      const { name, phoneCode, busy } = this.data;
      if (busy) return;
      if (name.trim() === '') return this.setData({ note: '请填写怎么称呼您。' });
      this.triggerEvent('register', { name: name.trim(), phoneCode });
    },
  },
});
