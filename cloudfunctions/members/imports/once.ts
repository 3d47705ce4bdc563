import { createHash } from 'node:crypto';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { ImportVerdict } from '../../../miniprogram/contract/members';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting } from '../../common/entry/action';
import { announceImport, concludeImport, earlierImport } from '../../common/store/imports';
import { awaitPlacing } from '../../common/store/members';

/** What one turn of an import leaves: the verdict, or null when other writers kept coming between. */
export type Importing = (
  announce: (memberIds: readonly string[]) => Promise<void>,
) => Promise<ImportVerdict | null>;

/**
 * The name of one call of an import. The rows are part of it: a key used for other rows by mistake must never answer
 * for them without writing them.
 */
export function importIdOf(openid: string, requestKey: string, rows: readonly unknown[]): string {
  const content = createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
  return `${openid}:${requestKey}:${content}`;
}

/**
 * Runs an import once per person and key; repeating the call answers the verdict of the first.
 *
 * `announce` must be awaited before any row is written: it notes whose orders are about to change. A call that dies
 * leaves the note; its repetition finds it, or settling does a minute later. Two database calls around the work.
 */
export async function oncePerKey(
  { scope, requestKey, now }: Acting,
  rows: readonly unknown[],
  importing: Importing,
): Promise<Result<ImportVerdict, Failure>> {
  const id = importIdOf(scope.openid, requestKey, rows);
  const earlier = await earlierImport(id);
  if (earlier?.verdict) return done(earlier.verdict);
  let announced = false;
  const verdict = await importing((memberIds) => {
    announced = true;
    return announceImport(id, memberIds, now);
  });
  if (!verdict) return refuse({ code: 'busy' });
  // The earlier call died with its orders written or not; either way its members are looked at again.
  if (earlier) await awaitPlacing(earlier.memberIds);
  // Nothing written, nothing to conclude: the same rows give the same verdict again.
  if (announced || earlier) await concludeImport(id, verdict, now);
  return done(verdict);
}

/**
 * A dry run answers its verdict and writes nothing; a real one runs once per person and key.
 *
 * @example run: (acting, ask) => dryOrOnce(acting, ask, (announce) => importRows(acting, ask, announce))
 */
export async function dryOrOnce(
  acting: Acting,
  { rows, dryRun }: { rows: readonly unknown[]; dryRun: boolean },
  importing: Importing,
): Promise<Result<ImportVerdict, Failure>> {
  if (!dryRun) return oncePerKey(acting, rows, importing);
  const verdict = await importing(async () => {});
  return verdict ? done(verdict) : refuse({ code: 'busy' });
}
