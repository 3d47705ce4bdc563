import { sentenceOf } from '../contract/failures';
import type { Failure } from '../contract/failures';
import type { OutreachContract, TaskCard } from '../contract/outreach';
import type { Outcome } from '../contract/outcome';
import { keep, kept } from '../platform/storage';
import { outreach } from '../services/functions';
import { noteChange } from './changes';
import { expectedCard, isWaiting, readWaiting, triedAgain, withoutWaiting, withWaiting } from './waiting';
import type { KeptAction, WaitingAct } from './waiting';

const NAME = 'clerk.waiting';
/** A server that stumbles this often over one act will not take it: the others must not wait behind it. */
const MOST_TRIES = 5;
/** A call may be lost though the network stands. */
const TRY_AGAIN_MS = 20_000;

type Reply<A extends KeptAction> = OutreachContract[A]['reply'];
type Said = Outcome<{ card: TaskCard } | OutreachContract['optOut.record']['reply']>;

/**
 * What came of an act: the server's answer, or kept on the phone until there is a network. `tryIn` says in how many
 * milliseconds sending is worth a try even if the phone tells of no change: at once behind acts that wait already.
 */
export type Performed<A extends KeptAction> = Outcome<Reply<A>> | { ok: 'kept'; tryIn: number };

/** What came of sending what had waited. */
export interface Caught {
  sent: number;
  /** sentences of what the server refused; it is dropped */
  refused: string[];
}

const queue = (): WaitingAct[] => readWaiting(kept(NAME));
const save = (acts: readonly WaitingAct[]): void => keep(NAME, acts.length > 0 ? acts : undefined);
const isLost = ({ code }: Failure): boolean => code === 'network-lost';
/** The server may take it the next time. */
const isPassing = ({ code }: Failure): boolean => code === 'busy' || code === 'server-error';

const send = (act: WaitingAct): Promise<Said> => {
  switch (act.action) {
    case 'touch.record':
      return outreach(act.action, act.ask, act.key);
    case 'followUp.record':
      return outreach(act.action, act.ask, act.key);
    case 'task.snooze':
      return outreach(act.action, act.ask, act.key);
    case 'task.pin':
      return outreach(act.action, act.ask, act.key);
    case 'optOut.record':
      return outreach(act.action, act.ask, act.key);
  }
};

let underWay: Promise<Caught> | null = null;

async function sendAll(): Promise<Caught> {
  const caught: Caught = { sent: 0, refused: [] };
  for (let act = queue()[0]; act; act = queue()[0]) {
    const said = await send(act);
    if (!said.ok && isLost(said.failure)) return caught;
    if (!said.ok && isPassing(said.failure) && act.tries + 1 < MOST_TRIES) {
      save(triedAgain(queue(), act.key));
      return caught;
    }
    save(withoutWaiting(queue(), act.key));
    if (said.ok) {
      caught.sent += 1;
      if ('card' in said.reply) noteChange(said.reply.card);
    } else caught.refused.push(`${subjectOf(act)}没有记上：${sentenceOf(said.failure)}`);
  }
  return caught;
}

const SUBJECTS: Readonly<Record<KeptAction, string>> = {
  'touch.record': '断网时记的“已发送”',
  'followUp.record': '断网时记的跟进结果',
  'task.snooze': '断网时设的“稍后”',
  'task.pin': '断网时调的顺序',
  'optOut.record': '断网时记的“不要再发”',
};
const subjectOf = (act: WaitingAct): string => SUBJECTS[act.action];

/** Sends what waits, oldest first, one after another. Two callers at the same time share one run. */
export function sendWaiting(): Promise<Caught> {
  if (queue().length === 0) return Promise.resolve({ sent: 0, refused: [] });
  underWay ??= sendAll().finally(() => {
    underWay = null;
  });
  return underWay;
}

/**
 * Does an act of the clerk. Without a network it is kept on the phone and sent later under the same key; behind acts that
 * wait already it takes its place, so that they arrive in the order she made them.
 */
export async function perform<A extends KeptAction>(
  action: A,
  ask: OutreachContract[A]['ask'],
  key: string,
): Promise<Performed<A>> {
  const act = { action, ask, key, tries: 0 } as WaitingAct;
  const waits = queue();
  if (waits.length === 0) {
    const said = (await send(act)) as Outcome<Reply<A>>;
    if (said.ok || !isLost(said.failure)) return said;
  }
  const longer = withWaiting(queue(), act);
  if (!longer) return { ok: false, failure: { code: 'network-lost' } };
  save(longer);
  return { ok: 'kept', tryIn: waits.length === 0 ? TRY_AGAIN_MS : 0 };
}

/** The card as it will stand once what waits has been sent, and whether anything of it waits. */
export function foreseen(card: TaskCard): { card: TaskCard; waits: boolean } {
  const acts = queue();
  return { card: expectedCard(card, acts), waits: isWaiting(acts, card.taskId) };
}
