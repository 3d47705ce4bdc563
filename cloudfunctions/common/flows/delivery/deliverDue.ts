import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { OutboxDoc } from '../../store/documents';
import { dueMessages, stuckMessages } from '../../store/outbox';
import { stumble } from './endings';
import type { Delivered, Ending } from './endings';
import { heal } from './heal';
import { deliver } from './oneTry';
import { recipients } from './recipients';

const PAGE = 50;

/** One message that throws never stops the others, and never comes back before its time. */
async function eachByItself(message: OutboxDoc, now: Ms, act: () => Promise<Ending>): Promise<Ending> {
  try {
    return await act();
  } catch (error) {
    console.error(JSON.stringify({ outbox: message._id, error: String((error as Error).stack ?? error) }));
    return stumble(message, now).catch(() => null);
  }
}

/**
 * Sends what is due, page by page, each message for itself and once a run. Safe to repeat, to be cut off anywhere and to
 * overlap: a message is moved only from the state it was read in.
 *
 * @returns what became of the messages this run had in hand
 */
export async function deliverDue(now: Ms, isTimeUp: () => boolean): Promise<Delivered> {
  const done: Delivered = { sent: 0, later: 0, dead: 0, dropped: 0 };
  /** @returns how many of the page moved */
  const each = async (page: readonly OutboxDoc[], act: typeof heal): Promise<number> => {
    let moved = 0;
    const memberFor = page.length > 0 ? await recipients(page) : () => undefined;
    for (const message of page) {
      if (isTimeUp()) break;
      const ending = await eachByItself(message, now, () => act(message, memberFor(message.memberId), now));
      if (ending === null) continue;
      done[ending] += 1;
      moved += 1;
    }
    return moved;
  };
  await each(await stuckMessages(now, PAGE), heal);
  // A page of which nothing moved is another run's.
  while (!isTimeUp() && (await each(await dueMessages(now, PAGE), deliver)) > 0);
  return done;
}
