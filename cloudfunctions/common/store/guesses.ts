import type { Failure } from '../../../miniprogram/contract/failures';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { command, table } from './table';

/** What may be guessed at, and how often within an hour one account or place may be wrong. */
const MOST_WRONG = {
  code: 10,
  secret: 10,
  word: 12,
  branchWord: 60,
  link: 30,
  export: 20,
  trouble: 10,
} as const;
export type Guessed = keyof typeof MOST_WRONG;
const WITHIN_MS = 3_600_000;

/** How often a try looks again when another one of hers came between. */
const TURNS = 4;

/**
 * May this account try once more? The try counts as wrong from here on, before anything is looked at, so that a hundred
 * tries at once are no more than ten. A right one forgets them by `forgetGuesses`. One call, three for the first.
 *
 * @param what names the secret that is guessed at
 */
export async function mayGuess(what: Guessed, who: string, now: Ms): Promise<Result<null, Failure>> {
  const _id = `${what}:${who}`;
  const guesses = table('guesses');
  const hourAgo = now - WITHIN_MS;
  const mayCount = { _id, since: command().gt(hourAgo), wrong: command().lt(MOST_WRONG[what]) };
  for (let turn = 0; turn < TURNS; turn++) {
    if (await guesses.changeIf(mayCount, { wrong: command().inc(1) })) return done(null);
    const earlier = await guesses.find(_id);
    if (earlier && earlier.since > hourAgo && earlier.wrong >= MOST_WRONG[what]) {
      return refuse({ code: 'too-many-guesses', nextAllowedAt: earlier.since + WITHIN_MS });
    }
    if (earlier && earlier.since > hourAgo) continue;
    const isBegun = earlier
      ? await guesses.changeIf({ _id, since: earlier.since }, { since: now, wrong: 1 })
      : await guesses.addNew({ _id, since: now, wrong: 1 });
    if (isBegun) return done(null);
  }
  return refuse({ code: 'busy' });
}

/** One call. */
export async function forgetGuesses(what: Guessed, who: string): Promise<void> {
  await table('guesses').removeAll({ _id: `${what}:${who}` });
}

/** A right one after all: it does not count. One call. */
export async function guessedRight(what: Guessed, who: string): Promise<void> {
  await table('guesses').changeIf(
    { _id: `${what}:${who}`, wrong: command().gt(0) },
    { wrong: command().inc(-1) },
  );
}

/**
 * The same rule for what costs something and cannot be wrong: every time counts, and whoever asks too often in an hour is told when
 * to come back. One call, three for the first.
 */
export async function mayAsk(what: Guessed, who: string, now: Ms): Promise<Result<null, Failure>> {
  const may = await mayGuess(what, who, now);
  return may.ok || may.failure.code === 'busy' ? may : refuse({ ...may.failure, code: 'too-often' });
}
