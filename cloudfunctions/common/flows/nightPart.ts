import { randomUUID } from 'node:crypto';
import { omit } from 'lodash-es';
import type { JobPartDoc } from '../store/documents';
import { addParts, isFree, partById, takePart } from '../store/jobs';

/**
 * Takes one night's work of a name: an unfinished one whose worker died is gone on with, else a fresh one begins, where it may.
 * Of several callers one gets it. One or two calls, three for the very first night.
 *
 * @param fresh the work as it begins, `startedAt` being now
 * @param mayBegin whether a fresh one may begin after the last, which is finished; null = there was none
 * @param carried what of the last one a fresh one takes over
 * @returns null when somebody is at it, or there is nothing to go on with
 */
export async function takeNightPart(
  fresh: JobPartDoc,
  mayBegin: (last: JobPartDoc | null) => boolean,
  carried: readonly (keyof JobPartDoc)[] = [],
): Promise<JobPartDoc | null> {
  const now = fresh.startedAt;
  const last = await partById(fresh._id);
  if (last?.finishedAt === null) return isFree(last, now) ? takePart(last, randomUUID(), now) : null;
  if (!mayBegin(last)) return null;
  if (last) return takePart(last, randomUUID(), now, omit(fresh, ['_id', ...carried]));
  await addParts([fresh]);
  return takeNightPart(fresh, mayBegin, carried);
}
