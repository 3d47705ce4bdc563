import { DeskBusy, type Playing } from '../phone/index';
import { emptyTally } from '../demo/simulate/tally';
import type { Tally } from '../demo/simulate/tally';
import { playDays } from './playDays';
import type { StandingChain } from './playDays';

const told = ({ touched, claimed, redeemed, ordered }: Tally): string =>
  `联系 ${touched} · 领取 ${claimed} · 用券 ${redeemed} · 下单 ${ordered}`;

/** Lets one thing at a time happen to a chain's days: a play, a move of the clock, a reset. */
export class Player {
  private doing: string | null = null;
  private shown: Omit<Playing, 'told'> = { state: 'idle', played: 0, days: 0 };
  private tally: Tally = emptyTally();
  private why = '';

  constructor(
    private readonly chain: StandingChain,
    private readonly seed: number,
  ) {}

  /** How far the last play is, as of this instant. */
  get playing(): Playing {
    return { ...this.shown, told: this.shown.state === 'failed' ? this.why : told(this.tally) };
  }

  /** Begins to play; while a play is under way this is told how far it is, so that a double click plays once. */
  begin(days: number): Playing {
    if (this.shown.state === 'playing') return this.playing;
    this.shown = { state: 'playing', played: 0, days };
    this.tally = emptyTally();
    void this.alone('模拟', () => this.play(days)).catch((cause: unknown) => {
      this.why = cause instanceof Error ? cause.message : String(cause);
      this.shown = { ...this.shown, state: 'failed' };
    });
    return this.playing;
  }

  /** @throws DeskBusy while something else is under way */
  async alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.doing !== null) throw new DeskBusy(`正在${this.doing}，等它结束再${what}。`);
    this.doing = what;
    try {
      return await work();
    } finally {
      this.doing = null;
    }
  }

  private async play(days: number): Promise<void> {
    const onDay = (played: number) => {
      this.shown = { ...this.shown, played };
    };
    await playDays(this.chain, { days, seed: this.seed, onDay, tally: this.tally });
    this.shown = { state: 'idle', played: days, days };
  }
}
