import type { ShareCard } from '../runtime/phone';
import { draw, drawButton } from '../runtime/ui/layer';

/** What tapping a card does. */
export interface ChatActions {
  open(card: ShareCard): void;
  openAsFriend(card: ShareCard): void;
}

const EMPTY = '导购在手机上复制话术、转发礼包卡，就会来到这里。';

/** The chat between clerk and member: drafts become messages when sent, shared cards arrive at once. */
export class Chat {
  readonly element: HTMLElement;
  private readonly title = draw('b', '', '微信聊天');
  private readonly log = draw('div', 'chat-log');
  private readonly draft = draw('textarea', 'chat-draft');
  private readonly logs = new Map<string, HTMLElement[]>();
  private shown = '';

  constructor(private readonly actions: ChatActions) {
    this.draft.placeholder = '复制的话术会粘贴在这里';
    this.draft.rows = 3;
    const send = drawButton('发送', 'chat-send', () => this.send());
    const sync = () => (send.disabled = this.draft.value.trim() === '');
    this.draft.addEventListener('input', sync);
    this.draft.addEventListener('filled', sync);
    this.draft.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
    });
    sync();
    this.element = draw(
      'section',
      'chat',
      draw('header', 'chat-head', this.title),
      this.log,
      draw('footer', 'chat-foot', this.draft, send),
    );
    this.render();
  }

  /** Shows the chat of this clerk. */
  between(clerk: { openid: string; name: string } | null, member: { name: string } | null): void {
    this.shown = clerk?.openid ?? '';
    this.title.textContent = `${clerk?.name ?? '导购'} → ${member?.name ?? '会员'}`;
    this.render();
  }

  /** A copied script, not sent yet. */
  paste(text: string): void {
    this.draft.value = text;
    this.draft.dispatchEvent(new Event('filled'));
    this.draft.classList.remove('fresh');
    requestAnimationFrame(() => this.draft.classList.add('fresh'));
  }

  /** A shared card; it is in the chat as soon as it was shared. */
  receive(card: ShareCard, mine: boolean): void {
    const picture = card.imageUrl
      ? draw('img', 'card-picture')
      : draw('div', 'card-picture card-blank', '回头客');
    if (picture instanceof HTMLImageElement) {
      picture.src = card.imageUrl;
      picture.alt = '';
    }
    const open = drawButton('', 'card', () => this.actions.open(card));
    open.append(draw('span', 'card-title', card.title), picture, draw('span', 'card-foot', '小程序'));
    open.title = '会员打开';
    const friend = drawButton('朋友打开', 'card-friend', () => this.actions.openAsFriend(card));
    this.add(draw('div', mine ? 'line mine' : 'line', open, friend));
  }

  /** A remark of the desk between the messages. */
  remark(text: string): void {
    this.add(draw('p', 'remark', text));
  }

  clear(): void {
    this.logs.clear();
    this.draft.value = '';
    this.draft.dispatchEvent(new Event('filled'));
    this.render();
  }

  private send(): void {
    const text = this.draft.value.trim();
    if (!text) return;
    this.add(draw('div', 'line mine', draw('p', 'bubble', text)));
    this.draft.value = '';
    this.draft.dispatchEvent(new Event('filled'));
  }

  private add(line: HTMLElement): void {
    this.logs.set(this.shown, [...(this.logs.get(this.shown) ?? []), line]);
    this.render();
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: 'smooth' });
  }

  private render(): void {
    const lines = this.logs.get(this.shown) ?? [];
    this.log.replaceChildren(...(lines.length > 0 ? lines : [draw('p', 'remark', EMPTY)]));
  }
}
