import type { Person, Slot } from '../host';
import { draw, drawButton } from '../runtime/ui/layer';
import { api } from './api';

const PAUSE_MS = 150;

/**
 * A list of people with a search field, below the button that opened it.
 *
 * @param picked gets the chosen person; the list closes itself
 */
export function openSwitcher(
  anchor: HTMLElement,
  slot: Slot,
  current: string,
  picked: (person: Person) => void,
): void {
  if (anchor.querySelector('.switcher')) return;
  const field = draw('input', 'switcher-field');
  field.placeholder = '搜索姓名、手机尾号、门店';
  const list = draw('div', 'switcher-list');
  const panel = draw('div', 'switcher', field, list);
  const close = () => {
    panel.remove();
    document.removeEventListener('pointerdown', outside, true);
  };
  const outside = (event: Event) => {
    if (event.target instanceof Node && !anchor.contains(event.target)) close();
  };
  const choose = (person: Person) => {
    close();
    picked(person);
  };
  let latest = 0;
  const search = async () => {
    latest += 1;
    const asked = latest;
    const people = await api.people(slot, field.value.trim()).catch((cause: unknown) => String(cause));
    if (asked !== latest) return;
    if (typeof people === 'string') list.replaceChildren(draw('p', 'quiet', people));
    else if (people.length === 0) list.replaceChildren(draw('p', 'quiet', '没有找到这样的人。'));
    else list.replaceChildren(...people.map((person) => row(person, person.openid === current, choose)));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(), PAUSE_MS);
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Enter' && event.target === field) list.querySelector('button')?.click();
  });
  anchor.append(panel);
  document.addEventListener('pointerdown', outside, true);
  field.focus();
  void search();
}

function row(person: Person, on: boolean, choose: (person: Person) => void): HTMLElement {
  const button = drawButton('', on ? 'person on' : 'person', () => choose(person));
  button.append(draw('b', '', person.name), draw('span', '', person.note));
  return button;
}
