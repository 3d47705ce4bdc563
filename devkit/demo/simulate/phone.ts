import type { Contracts, FunctionName } from '../../../miniprogram/contract';
import type { Outcome } from '../../../miniprogram/contract/outcome';
import type { World } from './world';

type Ask<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { ask: infer T }
  ? T
  : never;
type Reply<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { reply: infer T }
  ? T
  : never;

/** As on the clerk's phone (clerk/sending.ts): the server may take it the next time. */
const PASSING = new Set(['busy', 'server-error']);
const MOST_TRIES = 25;

/** A call that nobody would go on trying. */
export class GaveUp extends Error {}

/** Somebody's phone: what is lost or passing is tried again under the same key, as a thumb or the waiting queue does. */
export interface Phone {
  <N extends FunctionName, A extends keyof Contracts[N] & string>(
    name: N,
    action: A,
    ask: Ask<N, A>,
    key?: string,
  ): Promise<Outcome<Reply<N, A>>>;
}

/**
 * @example const said = await phoneOf(world, 'wx-c01')('outreach', 'task.list', { tab: 'today' });
 * @throws GaveUp after 25 tries
 */
export function phoneOf(world: World, openid: string): Phone {
  return async (name, action, ask, key) => {
    const event = { action, ask, ...(key === undefined ? {} : { requestKey: key }) };
    let last: unknown = null;
    for (let turn = 0; turn < MOST_TRIES; turn++) {
      try {
        const said = (await world.call(openid, name, event)) as Outcome<never>;
        if (said.ok || !PASSING.has(said.failure.code)) return said;
        last = said.failure;
      } catch (lost) {
        last = lost;
      }
    }
    throw new GaveUp(`${openid} ${action}: ${String((last as Error)?.message ?? JSON.stringify(last))}`);
  };
}

/** A reply that has to come; a refusal is the simulation's bug. */
export function got<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.failure)}`);
  return outcome.reply;
}
