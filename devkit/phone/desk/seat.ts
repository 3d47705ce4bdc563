import type { Person, Slot } from '../host';
import type { PhoneHandle } from '../runtime/boot';
import { draw, drawButton } from '../runtime/ui/layer';
import { api } from './api';
import { openSwitcher } from './switcher';

export const ROLES: Record<Slot, string> = { hq: '总部', manager: '店长', clerk: '导购', member: '会员' };

const CARD_SCENE = 1007;

/** One place at the desk: a phone, who holds it, and a switch. */
export class Seat {
  readonly element: HTMLElement;
  private readonly frame = draw('iframe', 'glass');
  private readonly name = draw('b', 'holder-name', '…');
  private readonly note = draw('span', 'holder-note');
  private holder: Person | null = null;
  private openings = 0;

  constructor(
    readonly slot: Slot,
    private readonly changed: () => void,
  ) {
    const holder = drawButton('', 'holder', () =>
      openSwitcher(head, slot, this.holder?.openid ?? '', (person) => this.sit(person)),
    );
    holder.append(draw('i', 'role', ROLES[slot]), this.name, this.note);
    holder.title = '换一个人拿这台手机';
    const again = drawButton('', 'tool tool-reload', () => this.holder && this.sit(this.holder));
    again.ariaLabel = again.title = `在${ROLES[slot]}的手机上重新打开小程序`;
    const alone = drawButton('', 'tool tool-alone', () =>
      window.open(this.frame.contentWindow?.location.href),
    );
    alone.ariaLabel = alone.title = '在新窗口里单独打开';
    const head = draw('div', 'seat-head', holder, again, alone);
    this.frame.title = `${ROLES[slot]}的手机`;
    this.element = draw('section', 'seat', head, draw('div', 'shell', this.frame));
    this.element.dataset.slot = slot;
  }

  get person(): Person | null {
    return this.holder;
  }

  /** Whether a message came from this phone. */
  owns(source: MessageEventSource | null): boolean {
    return source !== null && source === this.frame.contentWindow;
  }

  /** Gives the phone to the first person of its kind. */
  async fill(): Promise<void> {
    const [first] = await api.people(this.slot, '');
    if (first) this.sit(first);
    else this.note.textContent = '没有人可以拿这台手机';
  }

  /** Gives the phone to someone; with a path, the mini program starts from a card with that page. */
  sit(person: Person, path = ''): void {
    this.holder = person;
    this.name.textContent = person.name;
    this.note.textContent = person.note;
    this.openings += 1; // a new address each time, so that the browser starts the mini program anew
    const query = new URLSearchParams({
      slot: this.slot,
      as: person.openid,
      opening: String(this.openings),
      ...(path && { scene: String(CARD_SCENE) }),
    });
    this.frame.src = `/phone/?${query.toString()}${path ? `#${path}` : ''}`;
    this.changed();
  }

  /** Codes a camera could read on this phone now. */
  codes(): string[] {
    const phone = (this.frame.contentWindow as { huitouPhone?: PhoneHandle } | null)?.huitouPhone;
    return phone?.codes() ?? [];
  }

  tell(message: object): void {
    this.frame.contentWindow?.postMessage(message, location.origin);
  }
}
