import { database } from './cloudbase';
import type { Collections } from './documents';
import { wholeParts } from './table';
import type { Change } from './table';

/** What a transaction may do: read and change documents by their id, nothing else (see the note below). */
export interface Together {
  find<N extends keyof Collections>(name: N, id: string): Promise<Collections[N] | null>;
  change<N extends keyof Collections>(name: N, id: string, change: Change<Collections[N]>): Promise<void>;
}

type Reader = { doc(id: string): { get(): Promise<unknown>; update(change: object): Promise<unknown> } };

/**
 * Changes several documents together, or none. Only for what has to be one: each call inside costs a call, and two more
 * to begin and to end. The service runs `body` again after a conflict, so it decides from what it reads and sends
 * nothing. By id only: inside a transaction the SDK lets `where()` run outside of it without a word.
 */
export async function together<T>(body: (inside: Together) => Promise<T>): Promise<T> {
  const answer = await database().runTransaction(async (transaction: unknown) => {
    const at = (name: string, id: string) =>
      (transaction as { collection(name: string): Reader }).collection(name).doc(id);
    return body({
      async find(name, id) {
        const { data } = (await at(name, id).get()) as { data: unknown };
        return ((Array.isArray(data) ? data[0] : data) ?? null) as never;
      },
      async change(name, id, change) {
        await at(name, id).update(wholeParts(change));
      },
    });
  });
  return answer as T;
}
