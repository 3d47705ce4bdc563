import type { Day, Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { PinReason, PinWay } from '../domain/outreach/pin';
import type { Channel, Occasion, Tone } from '../domain/outreach/types';
import type { TaskCard, TaskOpened } from './outreach';

/** A script as a clerk trains with it. */
export interface TrainedScript {
  scriptId: string;
  tone: Tone;
  occasion: Occasion;
  scenario: string;
  notFor: string;
  text: string;
  /** by herself in the last 90 days: sent, and of those changed before */
  mine: { sent: number; edited: number };
  /** in her branch, as of the last weekly count: sent, and answered within two days; null = not counted yet */
  branch: { sent: number; answered: number } | null;
  /** the words that worked best in her branch, without the customer's name; null below the least numbers */
  best: { text: string; outcome: 'woken' | 'redeemed' | 'claimed' | 'opened' } | null;
  /** what she said of it; null = nothing */
  said: { good: boolean; word: string } | null;
}

/** 我的: what the clerk did and what came of it, and her scripts. */
export interface ClerkMine {
  today: Day;
  clerkName: string;
  branchName: string;
  /** of the recall tasks that were hers and fell due in the last 90 days; `wokenFen` = what the woken spent */
  wakes: { days: number; assigned: number; contacted: number; woken: number; wokenFen: Fen };
  /** since Monday, by her own statement; a message taken back does not count */
  week: { since: Day; touches: number; byDay: { on: Day; touches: number }[]; byChannel: ChannelCount[] };
  /** in the last 90 days: messages made of a script, and of those changed before */
  words: { days: number; sent: number; edited: number };
  scripts: TrainedScript[];
}
export interface ChannelCount {
  channel: Channel;
  touches: number;
}

export interface ClerkDayContract {
  /**
   * clerk: puts a customer before or behind her place for today, with a reason; `way` null = as the rules have it. Ends by
   * itself when she is contacted or the day is over
   */
  'task.pin': {
    ask: { taskId: string; way: PinWay | null; reason: PinReason | null; note: string };
    reply: { card: TaskCard };
  };
  /**
   * clerk: the next of the day's list (today's and what is overdue), opened: one call for the walk from customer to customer.
   * `after` = `place` of the one she comes from; null = from the top
   */
  'task.next': {
    ask: { after: string | null };
    reply: {
      /** null = nobody is left for today */
      opened: TaskOpened | null;
      progress: { contacted: number; due: number };
      /** how many of the day still wait, the opened one included */
      waiting: number;
    };
  };
  /** clerk: her own figures and her scripts */
  'clerk.mine': { ask: Record<string, never>; reply: ClerkMine };
}

/** 手动调整 as the card shows it. */
export interface PinShown {
  way: PinWay;
  why: string;
  byName: string;
  at: Ms;
}
