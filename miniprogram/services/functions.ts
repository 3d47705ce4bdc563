import type { Contracts, FunctionName } from '../contract/index';
import type { Outcome } from '../contract/outcome';
import { callFunction } from '../platform/cloud';
import { tellTrouble } from './trouble';

type Ask<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { ask: infer T }
  ? T
  : never;
type Reply<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { reply: infer T }
  ? T
  : never;

function functionNamed<N extends FunctionName>(name: N) {
  return async <A extends keyof Contracts[N] & string>(
    action: A,
    ask: Ask<N, A>,
    requestKey?: string,
  ): Promise<Outcome<Reply<N, A>>> => {
    const outcome = (await callFunction(name, { action, ask, requestKey })) as Outcome<Reply<N, A>>;
    if (!outcome.ok && outcome.failure.code === 'server-error') tellTrouble('call', `${name} ${action}`);
    return outcome;
  };
}

/**
 * The cloud functions as pages call them, typed by the contract.
 *
 * @example const r = await outreach('task.list', { tab: 'today' }); if (r.ok) r.reply.cards;
 */
export const members = functionNamed('members');
export const campaigns = functionNamed('campaigns');
export const outreach = functionNamed('outreach');
export const gifts = functionNamed('gifts');
export const boards = functionNamed('boards');
