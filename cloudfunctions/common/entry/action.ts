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
 * `Ask` starts as unknown and passes `ask` first. An expected refusal is a value; whatever is thrown is a bug. `Ahead` is
 * what is read while the caller is still being looked up; most actions read nothing ahead.
 */
export interface Action<Ask, Reply, Ahead = void> {
  /** who may ask at all; finer scope (own task, own branch) is the action's own check */
  who: readonly ScopeRole[];
  /** a write needs a requestKey, and must give the same answer when repeated with it */
  writes: boolean;
  ask: z.ZodType<Ask>;
  /**
   * Reads that follow from the ask alone, begun together with the question who is asking: one way to the database less
   * for the person who waits. Reads only, and nothing of them is said to anybody before `run` has looked at the scope.
   */
  ahead?(ask: Ask): Promise<Ahead>;
  run(acting: Acting, ask: Ask, ahead: Ahead): Promise<Result<Reply, Failure>>;
}

/** One line of a contract as an action that reads ahead. */
export type ReadingAhead<Line, Ahead> = Line extends { ask: infer Ask; reply: infer Reply }
  ? Required<Action<Ask, Reply, Ahead>>
  : never;

/** The actions of one function: one for each line of its contract, none forgotten. */
export type Actions<Contract, Ahead = void> = {
  [A in keyof Contract]: Contract[A] extends { ask: infer Ask; reply: infer Reply }
    ? Action<Ask, Reply, Ahead>
    : never;
};
