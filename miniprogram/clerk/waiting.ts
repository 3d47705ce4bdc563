import type { OutreachContract, TaskCard } from '../contract/outreach';
import { pinWords } from '../domain/outreach/pin';
import { endsTask } from './parts/follow-up/choices';

/** What a clerk may say without a network: it is kept and sent later. Nothing of it waits for an answer. */
export type KeptAction = 'touch.record' | 'followUp.record' | 'task.snooze' | 'task.pin' | 'optOut.record';

/** An act of hers that the server has not confirmed yet. Its key makes sending it twice harmless. */
export type WaitingAct = {
  [A in KeptAction]: { action: A; ask: OutreachContract[A]['ask']; key: string; tries: number };
}[KeptAction];

const ACTIONS: readonly string[] = [
  'touch.record',
  'followUp.record',
  'task.snooze',
  'task.pin',
  'optOut.record',
] satisfies KeptAction[];
/** More than a day's work; whoever has that many waiting has another trouble than the network. */
const LONGEST = 200;

/** The queue as the phone kept it; whatever is not an act of ours (an older version's, a broken one) is left out. */
export function readWaiting(kept: unknown): WaitingAct[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter((one: unknown): one is WaitingAct => {
    if (typeof one !== 'object' || one === null) return false;
    const { action, ask, key, tries } = one as Record<string, unknown>;
    return (
      typeof action === 'string' &&
      ACTIONS.includes(action) &&
      typeof key === 'string' &&
      typeof tries === 'number' &&
      typeof ask === 'object' &&
      ask !== null &&
      typeof (ask as Record<string, unknown>)['taskId'] === 'string'
    );
  });
}

/**
 * The queue with one more act at its end; one that waits already stays where it is.
 *
 * @returns null when the queue is full
 */
export function withWaiting(queue: readonly WaitingAct[], act: WaitingAct): WaitingAct[] | null {
  if (queue.some(({ key }) => key === act.key)) return [...queue];
  return queue.length < LONGEST ? [...queue, act] : null;
}

export function withoutWaiting(queue: readonly WaitingAct[], key: string): WaitingAct[] {
  return queue.filter((act) => act.key !== key);
}

/** One more try of this act has failed. */
export function triedAgain(queue: readonly WaitingAct[], key: string): WaitingAct[] {
  return queue.map((act) => (act.key === key ? { ...act, tries: act.tries + 1 } : act));
}

/** Whether something about this task still has to be sent. */
export function isWaiting(queue: readonly WaitingAct[], taskId: string): boolean {
  return queue.some((act) => act.ask.taskId === taskId);
}

function after(card: TaskCard, act: WaitingAct): TaskCard {
  switch (act.action) {
    case 'touch.record':
      return {
        ...card,
        status: card.status === 'open' ? 'contacted' : card.status,
        stage: card.stage === 'new' ? 'contacted' : card.stage,
        daysSinceTouched: 0,
      };
    case 'followUp.record':
      return endsTask(act.ask.outcome)
        ? { ...card, status: 'closed' }
        : { ...card, dueOn: act.ask.nextContactOn ?? card.dueOn };
    case 'task.snooze':
      return { ...card, dueOn: act.ask.untilOn };
    case 'task.pin': {
      const { way, reason, note } = act.ask;
      const rest = { ...card };
      delete rest.pin;
      return way && reason
        ? { ...rest, pin: { way, why: pinWords({ reason, note }), byName: '', at: 0 } }
        : rest;
    }
    case 'optOut.record':
      return card;
  }
}

/**
 * The card as it will stand once everything that waits has been sent.
 *
 * @example expectedCard(card, [snoozeUntil('2025-03-08')]).dueOn // → '2025-03-08'
 */
export function expectedCard(card: TaskCard, queue: readonly WaitingAct[]): TaskCard {
  return queue.filter((act) => act.ask.taskId === card.taskId).reduce(after, card);
}
