import type { z } from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Scope, ScopeRole } from './scope';

/** What an action is given besides the ask. Time, ids and identity come from here and from nowhere else. */
export interface Acting<S extends Scope = Scope> {
  scope: S;
  now: Ms;
  today: Day;
  /** names the person's act; present whenever the action `writes` */
  requestKey: string;
  /** an unguessable token of `length` letters and digits */
  newToken(length: number): string;
}

/**
 * One thing a function can be asked to do.
 *
 * `Ask` starts as unknown and passes `ask` first. An expected refusal is a value; whatever is thrown is a bug.
 */
export interface Action<Ask, Reply> {
  /** who may ask at all; finer scope (own task, own branch) is the action's own check */
  who: readonly ScopeRole[];
  /** a write needs a requestKey, and must give the same answer when repeated with it */
  writes: boolean;
  ask: z.ZodType<Ask>;
  run(acting: Acting, ask: Ask): Promise<Result<Reply, Failure>>;
}

/** The actions of one function: one for each line of its contract, none forgotten. */
export type Actions<Contract> = {
  [A in keyof Contract]: Contract[A] extends { ask: infer Ask; reply: infer Reply }
    ? Action<Ask, Reply>
    : never;
};
