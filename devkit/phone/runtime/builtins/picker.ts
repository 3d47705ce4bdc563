import { draw, drawButton, openLayer } from '../ui/layer';
import { fields, htmlElement, type Builtin, type BuiltinHost } from './host';

/** What is written in a row: the item itself or its `range-key`. */
function rowText(item: unknown, key: string): string {
  if (key && typeof item === 'object' && item !== null)
    return String((item as Record<string, unknown>)[key] ?? '');
  return String(item ?? '');
}

/** One column of rows of which one is chosen. */
function column(rows: string[], chosen: number, changed: (index: number) => void): HTMLElement {
  const list = draw('div', 'picker-column');
  rows.forEach((row, i) => {
    const button = drawButton(row, i === chosen ? 'on' : '', () => {
      for (const other of list.children) other.classList.toggle('on', other === button);
      changed(i);
    });
    list.append(button);
  });
  requestAnimationFrame(() => list.querySelector('.on')?.scrollIntoView({ block: 'center' }));
  return list;
}

function openPicker(host: BuiltinHost): void {
  const mode = host.text('mode');
  let close = () => undefined as void;
  const finish = (value: unknown) => {
    close();
    host.set({ value });
    host.emit('change', { value });
  };
  const cancel = () => {
    close();
    host.emit('cancel');
  };
  const body =
    mode === 'multiSelector'
      ? columnsBody(host)
      : mode === 'selector'
        ? listBody(host)
        : timeBody(host, mode);
  if (!body) {
    console.warn(`浏览器手机没有实现 <picker mode="${mode}">。`);
    return;
  }
  const bar = draw(
    'div',
    'picker-bar',
    drawButton('取消', '', cancel),
    draw('span', '', host.text('headerText')),
    drawButton('确定', 'primary', () => finish(body.value())),
  );
  close = openLayer('sheet', [bar, body.element], () => host.emit('cancel')).close;
}

interface PickerBody {
  element: HTMLElement;
  value(): unknown;
}

function listBody(host: BuiltinHost): PickerBody {
  const rows = (host.value('range') as unknown[]).map((item) => rowText(item, host.text('rangeKey')));
  let chosen = Number(host.value('value')) || 0;
  return {
    element: draw(
      'div',
      'picker-columns',
      column(rows, chosen, (i) => (chosen = i)),
    ),
    value: () => chosen,
  };
}

function columnsBody(host: BuiltinHost): PickerBody {
  const chosen = [...((host.value('value') as number[] | null) ?? [])];
  const box = draw('div', 'picker-columns');
  const render = () =>
    box.replaceChildren(
      ...(host.value('range') as unknown[][]).map((items, at) =>
        column(
          items.map((item) => rowText(item, host.text('rangeKey'))),
          chosen[at] ?? 0,
          (value) => {
            chosen[at] = value;
            host.emit('columnchange', { column: at, value });
          },
        ),
      ),
    );
  render();
  host.follow(['range'], render);
  return {
    element: box,
    value: () => (host.value('range') as unknown[][]).map((_, at) => chosen[at] ?? 0),
  };
}

function timeBody(host: BuiltinHost, mode: string): PickerBody | null {
  if (mode !== 'date' && mode !== 'time') return null;
  const type = mode === 'time' ? 'time' : host.text('fields') === 'month' ? 'month' : 'date';
  const input = htmlElement('input', { type, class: 'picker-native' });
  input.min = host.text('start');
  input.max = host.text('end');
  input.value = String(host.value('value') ?? '');
  return { element: input, value: () => input.value };
}

const picker: Builtin = {
  props: {
    name: String,
    mode: { type: String, value: 'selector' },
    range: { type: Array, value: [] },
    rangeKey: String,
    value: null,
    start: String,
    end: String,
    fields: { type: String, value: 'day' },
    headerText: String,
    disabled: Boolean,
  },
  mount(host) {
    host.onTap(() => {
      if (!host.flag('disabled')) openPicker(host);
    });
    fields.set(host.root, {
      name: () => host.text('name'),
      value: () => host.value('value'),
      reset: () => host.set({ value: null }),
      activate: () => openPicker(host),
    });
  },
};

const columnIndexes = new WeakMap<Element, () => number>();

/** Rows one under another that snap to the middle line. */
const pickerViewColumn: Builtin = {
  mount(host) {
    const box = host.root;
    const rowHeight = () =>
      (box.firstElementChild instanceof HTMLElement ? box.firstElementChild.offsetHeight : 0) || 34;
    columnIndexes.set(box, () => Math.round(box.scrollTop / rowHeight()));
    let timer: ReturnType<typeof setTimeout> | undefined;
    box.addEventListener('scroll', () => {
      clearTimeout(timer);
      timer = setTimeout(() => box.dispatchEvent(new CustomEvent('picked', { bubbles: true })), 120);
    });
    box.addEventListener('aim', (event) => {
      box.scrollTop = Number((event as CustomEvent).detail) * rowHeight();
    });
  },
};

const pickerView: Builtin = {
  props: {
    name: String,
    value: { type: Array, value: [] },
    indicatorStyle: String,
    indicatorClass: String,
    maskStyle: String,
    maskClass: String,
    immediateChange: Boolean,
  },
  mount(host) {
    const columns = () => [...host.root.querySelectorAll('wx-picker-view-column')];
    const current = () => columns().map((c) => columnIndexes.get(c)?.() ?? 0);
    host.follow(['value'], () => {
      const wanted = (host.value('value') as number[] | null) ?? [];
      requestAnimationFrame(() =>
        columns().forEach((c, i) => c.dispatchEvent(new CustomEvent('aim', { detail: wanted[i] ?? 0 }))),
      );
    });
    host.root.addEventListener('picked', () => {
      const value = current();
      if (String(value) === String(host.value('value'))) return;
      host.set({ value });
      host.emit('change', { value });
    });
    fields.set(host.root, {
      name: () => host.text('name'),
      value: current,
      reset: () => host.set({ value: [] }),
      activate: () => undefined,
    });
  },
};

export const pickerBuiltins: Record<string, Builtin> = {
  picker,
  'picker-view': pickerView,
  'picker-view-column': pickerViewColumn,
};
