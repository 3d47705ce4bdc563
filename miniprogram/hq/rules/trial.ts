import type { Failure } from '../../contract/failures';
import type { Outcome } from '../../contract/outcome';
import type { MovesPage } from '../../contract/rules';
import type { AovCut } from '../../domain/membership/types';
import { addPage, NO_MOVES } from '../parts/sumMoves';
import type { MovesSum } from '../parts/sumMoves';

export interface TrialParts {
  /** reads one page; the cut-off is undefined on the first, then as that page answered it */
  ask: (
    after: string | null,
    cut: AovCut | null | undefined,
  ) => Promise<Outcome<MovesPage & { aovCut: AovCut | null }>>;
  onProgress: (sum: MovesSum) => void;
}

export interface Trial {
  /**
   * Reads on until the last page. Answers null when the trial is complete or was stopped, otherwise the failure that
   * interrupted it; calling again goes on with the page that failed.
   */
  resume(): Promise<Failure | null>;
  /** Drops the answers still under way: the draft they were about is gone. */
  stop(): void;
  sum(): MovesSum;
  isComplete(): boolean;
  /** the cut-off the draft goes by, once the first page is in */
  cut(): AovCut | null;
}

/**
 * A dry run of draft rules over all members, page by page, all pages by the same cut-off.
 *
 * @example const trial = startTrial({ ask, onProgress }); const failure = await trial.resume();
 */
export function startTrial(parts: TrialParts): Trial {
  let sum = NO_MOVES;
  let after: string | null = null;
  let cut: AovCut | null | undefined;
  let stopped = false;
  let complete = false;
  return {
    async resume() {
      while (!stopped && !complete) {
        const answer = await parts.ask(after, cut);
        if (stopped) return null;
        if (!answer.ok) return answer.failure;
        const page = answer.reply;
        sum = addPage(sum, page);
        after = page.next;
        if (cut === undefined) cut = page.aovCut;
        complete = page.next === null;
        parts.onProgress(sum);
      }
      return null;
    },
    stop() {
      stopped = true;
    },
    sum: () => sum,
    isComplete: () => complete,
    cut: () => cut ?? null,
  };
}
