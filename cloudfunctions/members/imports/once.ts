import type { Failure } from '../../../miniprogram/contract/failures';
import type { ImportVerdict } from '../../../miniprogram/contract/members';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting } from '../../common/entry/action';
import { announceImport, concludeImport, verdictOf } from '../../common/store/imports';

/** What one turn of an import leaves: the verdict, or null when other writers kept coming between. */
export type Importing = (announce: (memberIds: readonly string[]) => Promise<void>) => Promise<ImportVerdict | null>;

/**
 * Runs an import once per person and key; repeating the call answers the verdict of the first.
 *
 * `announce` must be awaited before any row is written: it notes whose orders are about to change. A call that dies
 * leaves the note, and settling finds it. Two database calls around the work.
 */
export async function oncePerKey(
  { scope, requestKey, now }: Acting,
  importing: Importing,
): Promise<Result<ImportVerdict, Failure>> {
  const id = `${scope.openid}:${requestKey}`;
  const earlier = await verdictOf(id);
  if (earlier) return done(earlier);
  let announced = false;
  const verdict = await importing((memberIds) => {
    announced = true;
    return announceImport(id, memberIds, now);
  });
  if (!verdict) return refuse({ code: 'busy' });
  // Nothing written, nothing to conclude: the same rows give the same verdict again.
  if (announced) await concludeImport(id, verdict, now);
  return done(verdict);
}
