import type { Collections } from '../store/documents';
import type { Change } from '../store/table';

interface MigrationPart<N extends keyof Collections = keyof Collections> {
  /** 1, 2, 3 …: never changed and never reused once it was on main */
  number: number;
  /** what it does, in a few words */
  name: string;
  collection: N;
  /** fields of each document that `change` looks at; the whole one when missing */
  fields?: readonly (keyof Collections[N] & string)[];
  /**
   * What changes in a document; null when it is as it should be. Asked again for a page that was cut off, so the answer
   * for a changed document is null.
   */
  change(doc: Collections[N]): Change<Collections[N]> | null;
}

/**
 * One numbered step of the data's shape.
 *
 * `widen` adds what new code reads and old code looks past; `narrow` takes away what only old code reads, and names the
 * widening step that it `completes`: deployment refuses it while code from before that step still runs.
 */
export type MigrationStep<N extends keyof Collections = keyof Collections> =
  (MigrationPart<N> & { way: 'widen' }) | (MigrationPart<N> & { way: 'narrow'; completes: number });

/** Keeps a step's own collection known to the compiler. @example step<'tasks'>({ number: 1, … }) */
export function step<N extends keyof Collections>(one: MigrationStep<N>): MigrationStep {
  return one as unknown as MigrationStep;
}
