import { draw, drawButton } from '../runtime/ui/layer';
import { api } from './api';
import { Play } from './play';

const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** What the top bar sets in motion. */
export interface TopBarActions {
  moved(now: number): void;
  wasReset(now: number): void;
}

/** Title, the demo's day with its buttons (it only moves forward), and starting over. */
export class TopBar {
  readonly element: HTMLElement;
  private readonly day = draw('time', 'day', '…');
  private readonly news = draw('span', 'news');
  private readonly buttons: HTMLButtonElement[];
  private readonly play: Play;
  private ahead = 0;

  constructor(private readonly actions: TopBarActions) {
    const move = (days: number) => () => void this.run(`正在走过 ${days} 天…`, () => this.move(days));
    const back = drawButton('◀', 'day-button', () => undefined);
    back.disabled = true;
    back.title = '时间只能向前走；要回到第一天，请点「重置」';
    this.buttons = [drawButton('▶ +1 天', 'day-button', move(1)), drawButton('+7 天', 'day-button', move(7))];
    const reset = drawButton('重置', 'day-button reset', () => {
      if (confirm('把演示数据恢复到第一天?手机里存的东西也会清空。'))
        void this.run('正在重置…', () => this.reset());
    });
    this.buttons.push(reset);
    this.news.setAttribute('role', 'status');
    this.play = new Play({
      busy: (isBusy) => this.hold(isBusy),
      say: (text, isBad) => this.say(text, isBad),
      moved: (now, isOver) => {
        this.set(now);
        if (isOver) this.actions.moved(now);
      },
    });
    const clock = draw('div', 'days', back, this.day, ...this.buttons.slice(0, 2), this.play.element);
    this.element = draw('header', 'top', draw('h1', '', '回头客'), clock, this.news, reset);
    setInterval(() => this.show(), 5000);
  }

  /** Reads the demo's clock, and where its cloud can be looked at. */
  async start(): Promise<void> {
    const { now, consoleUrl } = await api.now();
    this.set(now);
    void this.play.start();
    if (!consoleUrl) return;
    const link = draw('a', 'day-button', '控制台');
    link.href = consoleUrl;
    link.target = '_blank';
    link.title = '看本地云：集合、调用、定时任务、微信消息';
    this.element.append(link);
  }

  private set(now: number): void {
    this.ahead = now - Date.now();
    this.show();
  }

  private show(): void {
    this.day.textContent = DAY.format(Date.now() + this.ahead);
  }

  private async move(days: number): Promise<string> {
    const { now, fired } = await api.moveDay(days);
    this.set(now);
    this.actions.moved(now);
    const names = [...new Set(fired)];
    return names.length > 0 ? `定时任务跑过：${names.join('、')}` : '这段时间没有定时任务';
  }

  private async reset(): Promise<string> {
    const { now } = await api.reset();
    this.set(now);
    this.actions.wasReset(now);
    return '已回到第一天';
  }

  private async run(meanwhile: string, work: () => Promise<string>): Promise<void> {
    this.hold(true);
    this.say(meanwhile, false);
    try {
      this.say(await work(), false);
    } catch (cause) {
      this.say(cause instanceof Error ? cause.message : String(cause), true);
    } finally {
      this.hold(false);
    }
  }

  /** One thing at a time happens to the days. */
  private hold(isBusy: boolean): void {
    for (const button of this.buttons) button.disabled = isBusy;
    this.play.disabled = isBusy;
  }

  private say(text: string, isBad: boolean): void {
    this.news.textContent = text;
    this.news.title = text;
    this.news.classList.toggle('bad', isBad);
  }
}
