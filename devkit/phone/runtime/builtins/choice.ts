import { fields, htmlElement, type Builtin, type BuiltinHost } from './host';

interface Choice {
  value(): string;
  checked(): boolean;
  clear(): void;
}

const choices = new WeakMap<Element, Choice>();

function mountChoice(host: BuiltinHost, type: 'checkbox' | 'radio', groupTag: string | null): void {
  const element = htmlElement('input', { type });
  host.root.prepend(element);
  host.follow(['checked', 'disabled', 'color'], () => {
    element.checked = host.flag('checked');
    element.disabled = host.flag('disabled');
    if (host.text('color')) element.style.accentColor = host.text('color');
  });
  const group = () => (groupTag ? host.root.closest(groupTag) : null);
  element.addEventListener('change', () => {
    host.set({ checked: element.checked });
    const owner = group();
    if (owner) groups.get(owner)?.(host.root);
    else host.emit('change', { value: element.checked });
  });
  choices.set(host.root, {
    value: () => host.text('value'),
    checked: () => host.flag('checked'),
    clear: () => host.set({ checked: false }),
  });
  fields.set(host.root, {
    name: () => (groupTag ? '' : host.text('name')),
    value: () => host.flag('checked'),
    reset: () => host.set({ checked: false }),
    activate: () => element.click(),
  });
}

/** What a group does when one of its choices was tapped. */
const groups = new WeakMap<Element, (changed: Element) => void>();

function choiceGroup(itemTag: string, many: boolean): Builtin {
  return {
    props: { name: String },
    mount(host) {
      const items = () =>
        [...host.root.querySelectorAll(itemTag)].flatMap((e) => {
          const choice = choices.get(e);
          return choice ? [{ element: e, choice }] : [];
        });
      const value = () => {
        const chosen = items()
          .filter((i) => i.choice.checked())
          .map((i) => i.choice.value());
        return many ? chosen : (chosen[0] ?? '');
      };
      groups.set(host.root, (changed) => {
        if (!many) for (const i of items()) if (i.element !== changed && i.choice.checked()) i.choice.clear();
        host.emit('change', { value: value() });
      });
      fields.set(host.root, {
        name: () => host.text('name'),
        value,
        reset: () => items().forEach((i) => i.choice.clear()),
        activate: () => undefined,
      });
    },
  };
}

const choiceProps = { name: String, value: String, checked: Boolean, disabled: Boolean, color: String };

const label: Builtin = {
  props: { for: String },
  mount(host) {
    host.root.addEventListener('click', (event) => {
      if (event.target instanceof HTMLInputElement) return; // the choice itself was tapped
      const wanted = host.text('for');
      const target = wanted
        ? host.root.closest('.page')?.querySelector(`#${CSS.escape(wanted)}`)
        : [...host.root.querySelectorAll('*')].find((e) => fields.has(e) && !groups.has(e));
      if (target) fields.get(target)?.activate();
    });
  },
};

export const choiceBuiltins: Record<string, Builtin> = {
  switch: {
    wxml: '',
    props: { ...choiceProps, type: { type: String, value: 'switch' } },
    mount: (host) => mountChoice(host, 'checkbox', null),
  },
  checkbox: { props: choiceProps, mount: (host) => mountChoice(host, 'checkbox', 'wx-checkbox-group') },
  radio: { props: choiceProps, mount: (host) => mountChoice(host, 'radio', 'wx-radio-group') },
  'checkbox-group': choiceGroup('wx-checkbox', true),
  'radio-group': choiceGroup('wx-radio', false),
  label,
};
