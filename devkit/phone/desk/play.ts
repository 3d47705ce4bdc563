import type { Playing } from '../host';
import { draw, drawButton } from '../runtime/ui/layer';
import { api } from './api';

const ASK_EVERY_MS = 700;
const CHOICES = [1, 3, 7, 14, 28];
const USUAL = 7;

/** What a play tells the bar it stands in. */
export interface PlayWatch {
  /** the buttons that may not be pressed meanwhile */
  busy(isBusy: boolean): void;
  say(text: string, isBad: boolean): void;
  /** the clock as the server has it, and whether all days are played */
  moved(now: number, isOver: boolean): void;
}

/** @example playWords({ state: 'playing', played: 2, days: 7, told: '联系 40' }) // → '正在模拟：2/7 天 · 联系 40' */
export function playWords({ state, played, days, told }: Playing): string {
  if (state === 'playing') return `正在模拟：${played}/${days} 天 · ${told}`;
  if (state === 'failed')
    return `模拟停在第 ${Math.min(played + 1, days)} 天：${told} 可以再点一次，从明天接着演。`;
  return days === 0 ? '' : `模拟了 ${days} 天 · ${told}`;
}

/** 「模拟」: plays days with everybody in them, shows how far it is, and goes on showing it when the page is opened anew. */
export class Play {
  readonly element: HTMLElement;
  private readonly days = draw('select', 'day-button');
  private readonly button: HTMLButtonElement;
  private readonly bar = draw('progress', 'play-bar');
  private isWatching = false;

  constructor(private readonly watch: PlayWatch) {
    for (const n of CHOICES) this.days.append(new Option(`${n} 天`, String(n), n === USUAL, n === USUAL));
    this.days.ariaLabel = '模拟几天';
    this.button = drawButton('模拟', 'day-button', () => void this.begin());
    this.button.title = '导购联系、会员领券到店、退款退订，真实地演几天';
    this.bar.ariaLabel = '模拟的进度';
    this.bar.hidden = true;
    this.element = draw('div', 'play', this.days, this.button, this.bar);
    this.element.hidden = true;
  }

  /** Finds out whether days can be played here, and whether some are being played just now. */
  async start(): Promise<void> {
    const { playing } = await api.playing();
    this.element.hidden = playing === null;
    if (playing?.state === 'playing') await this.follow(playing);
  }

  set disabled(is: boolean) {
    this.days.disabled = this.button.disabled = is;
  }

  private async begin(): Promise<void> {
    if (this.isWatching) return;
    this.isWatching = true;
    this.watch.busy(true);
    this.watch.say('正在准备…', false);
    try {
      await this.follow((await api.simulate(Number(this.days.value))).playing);
    } catch (cause) {
      this.fail(cause);
    }
  }

  private async follow(first: Playing): Promise<void> {
    this.isWatching = true;
    this.watch.busy(true);
    this.bar.hidden = false;
    try {
      let playing: Playing | null = first;
      let now = Number.NaN;
      while (playing?.state === 'playing') {
        this.bar.max = playing.days;
        this.bar.value = playing.played;
        this.watch.say(playWords(playing), false);
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
        ({ playing, now } = await api.playing());
        this.watch.moved(now, false);
      }
      this.end();
      if (playing) this.watch.say(playWords(playing), playing.state === 'failed');
      this.watch.moved(now, true);
    } catch (cause) {
      this.fail(cause);
    }
  }

  private fail(cause: unknown): void {
    this.end();
    this.watch.say(cause instanceof Error ? cause.message : String(cause), true);
  }

  private end(): void {
    this.isWatching = false;
    this.bar.hidden = true;
    this.watch.busy(false);
  }
}
