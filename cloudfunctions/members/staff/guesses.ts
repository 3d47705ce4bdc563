import type { Failure } from '../../../miniprogram/contract/failures';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { command, table } from '../../common/store/table';

const MOST_WRONG = 10;
const WITHIN_MS = 3_600_000;

/** How often a try looks again when another one of hers came between. */
const TURNS = 4;

/**
 * May this account try once more? The try counts as wrong from here on, before anything is looked at, so that a hundred
 * tries at once are no more than ten. A right one forgets them by `forgetGuesses`. One call, three for the first.
 *
 * @param what names the secret that is guessed at
 */
export async function mayGuess(
  what: 'code' | 'secret',
  openid: string,
  now: Ms,
): Promise<Result<null, Failure>> {
  const _id = `${what}:${openid}`;
  const guesses = table('guesses');
  const hourAgo = now - WITHIN_MS;
  const mayCount = { _id, since: command().gt(hourAgo), wrong: command().lt(MOST_WRONG) };
  for (let turn = 0; turn < TURNS; turn++) {
    if (await guesses.changeIf(mayCount, { wrong: command().inc(1) })) return done(null);
    const earlier = await guesses.find(_id);
    if (earlier && earlier.since > hourAgo && earlier.wrong >= MOST_WRONG) {
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
export async function forgetGuesses(what: 'code' | 'secret', openid: string): Promise<void> {
  await table('guesses').removeAll({ _id: `${what}:${openid}` });
}
