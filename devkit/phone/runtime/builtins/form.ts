import { openCapability } from '../capability';
import { fields, fieldsWithin, htmlElement, type Builtin } from './host';

const formActions = new WeakMap<Element, { submit(): void; reset(): void }>();

const form: Builtin = {
  props: { reportSubmit: Boolean },
  mount(host) {
    const named = () => fieldsWithin(host.root).filter((f) => f.name() !== '');
    formActions.set(host.root, {
      submit: () =>
        host.emit('submit', { value: Object.fromEntries(named().map((f) => [f.name(), f.value()])) }),
      reset: () => {
        for (const field of fieldsWithin(host.root)) field.reset();
        host.emit('reset');
      },
    });
  },
};

const button: Builtin = {
  props: {
    type: { type: String, value: 'default' },
    size: { type: String, value: 'default' },
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    formType: String,
    openType: String,
    hoverClass: { type: String, value: 'button-hover' },
    hoverStopPropagation: Boolean,
    hoverStartTime: { type: Number, value: 20 },
    hoverStayTime: { type: Number, value: 70 },
    lang: String,
    sessionFrom: String,
    appParameter: String,
  },
  reflect: ['type', 'size', 'disabled', 'plain', 'loading', 'hoverClass', 'openType'],
  mount(host) {
    host.root.setAttribute('role', 'button');
    host.onTap(() => {
      if (host.flag('disabled')) return;
      const wanted = host.text('openType');
      if (wanted) openCapability(wanted, host);
      const owner = host.text('formType') ? host.root.closest('wx-form') : null;
      const actions = owner ? formActions.get(owner) : undefined;
      if (host.text('formType') === 'submit') actions?.submit();
      else if (host.text('formType') === 'reset') actions?.reset();
    });
  },
};

const slider: Builtin = {
  wxml: '',
  props: {
    name: String,
    value: Number,
    min: Number,
    max: { type: Number, value: 100 },
    step: { type: Number, value: 1 },
    showValue: Boolean,
    disabled: Boolean,
    activeColor: String,
    backgroundColor: String,
    blockSize: Number,
    blockColor: String,
  },
  mount(host) {
    const range = htmlElement('input', { type: 'range' });
    const shown = htmlElement('span');
    host.root.append(range, shown);
    const draw = () => {
      range.value = String(host.number('value'));
      shown.textContent = host.flag('showValue') ? range.value : '';
    };
    host.follow(['min', 'max', 'step', 'disabled', 'activeColor'], () => {
      range.min = String(host.number('min'));
      range.max = String(host.number('max'));
      range.step = String(host.number('step'));
      range.disabled = host.flag('disabled');
      if (host.text('activeColor')) range.style.accentColor = host.text('activeColor');
    });
    host.follow(['value', 'showValue'], draw);
    const report = (name: string) => () => {
      host.set({ value: Number(range.value) });
      host.emit(name, { value: Number(range.value) });
    };
    range.addEventListener('input', report('changing'));
    range.addEventListener('change', report('change'));
    fields.set(host.root, {
      name: () => host.text('name'),
      value: () => Number(range.value),
      reset: () => host.set({ value: host.number('min') }),
      activate: () => range.focus(),
    });
  },
};

export const formBuiltins: Record<string, Builtin> = { form, button, slider };
