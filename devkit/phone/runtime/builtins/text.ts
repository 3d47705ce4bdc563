import { fields, htmlElement, type Builtin, type BuiltinHost } from './host';

const shared = {
  name: String,
  value: { type: null, value: '' },
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: String,
  disabled: Boolean,
  maxlength: { type: Number, value: 140 },
  focus: Boolean,
  autoFocus: Boolean,
  cursorSpacing: Number,
  cursor: { type: Number, value: -1 },
  adjustPosition: { type: Boolean, value: true },
  holdKeyboard: Boolean,
  confirmType: { type: String, value: 'done' },
  confirmHold: Boolean,
  selectionStart: { type: Number, value: -1 },
  selectionEnd: { type: Number, value: -1 },
} as const;

/** Keeps the element and the component's `value` the same, whichever changes, and reports to the page. */
function mountText(
  host: BuiltinHost,
  element: HTMLInputElement | HTMLTextAreaElement,
  grow: () => void,
): void {
  host.root.append(element);
  const detail = () => ({ value: element.value, cursor: element.selectionStart ?? element.value.length });
  host.follow(['value'], () => {
    const wanted = String(host.value('value') ?? '');
    if (element.value !== wanted) element.value = wanted;
    grow();
  });
  host.follow(['placeholder', 'disabled', 'maxlength'], () => {
    element.placeholder = host.text('placeholder');
    element.disabled = host.flag('disabled');
    const limit = host.number('maxlength');
    if (limit >= 0) element.maxLength = limit;
    else element.removeAttribute('maxlength');
  });
  host.follow(['placeholderStyle'], () => {
    const color = /(?:^|;)\s*color:\s*([^;]+)/.exec(host.text('placeholderStyle'))?.[1];
    if (color) element.style.setProperty('--placeholder', color);
  });
  host.follow(['focus', 'autoFocus'], () => {
    if (host.flag('focus') || host.flag('autoFocus')) requestAnimationFrame(() => element.focus());
  });
  element.addEventListener('input', () => {
    host.set({ value: element.value });
    grow();
    host.emit('input', detail());
  });
  element.addEventListener('focus', () => host.emit('focus', { ...detail(), height: 0 }));
  element.addEventListener('blur', () => host.emit('blur', detail()));
  fields.set(host.root, {
    name: () => host.text('name'),
    value: () => element.value,
    reset: () => host.set({ value: '' }),
    activate: () => element.focus(),
  });
}

const INPUT_MODES: Record<string, string> = {
  number: 'numeric',
  digit: 'decimal',
  idcard: 'text',
  tel: 'tel',
};

const input: Builtin = {
  wxml: '',
  props: { ...shared, type: { type: String, value: 'text' }, password: Boolean },
  mount(host) {
    const element = htmlElement('input', { autocomplete: 'off' });
    mountText(host, element, () => undefined);
    host.follow(['type', 'password'], () => {
      element.type = host.flag('password') || host.text('type') === 'safe-password' ? 'password' : 'text';
      element.inputMode = INPUT_MODES[host.text('type')] ?? 'text';
    });
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      host.emit('confirm', { value: element.value });
      if (!host.flag('confirmHold')) element.blur();
    });
  },
};

const textarea: Builtin = {
  wxml: '',
  props: {
    ...shared,
    autoHeight: Boolean,
    fixed: Boolean,
    showConfirmBar: { type: Boolean, value: true },
    disableDefaultPadding: Boolean,
  },
  reflect: ['autoHeight'],
  mount(host) {
    const element = htmlElement('textarea', { rows: '1' });
    let lines = 0;
    const grow = () => {
      if (!host.flag('autoHeight')) return;
      element.style.height = 'auto';
      const height = element.scrollHeight;
      element.style.height = `${height}px`;
      const lineHeight = Number.parseFloat(getComputedStyle(element).lineHeight) || 20;
      const count = Math.max(1, Math.round(height / lineHeight));
      if (count !== lines) host.emit('linechange', { height, lineCount: (lines = count) });
    };
    mountText(host, element, grow);
    requestAnimationFrame(grow);
    element.addEventListener('keydown', (event) => {
      const sends = host.text('confirmType') !== 'return' && host.text('confirmType') !== 'done';
      if (event.key === 'Enter' && sends && !event.isComposing)
        host.emit('confirm', { value: element.value });
    });
  },
};

export const textBuiltins: Record<string, Builtin> = { input, textarea };
