import { randomUUID } from 'node:crypto';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { addParts, isFree, movePart, partById, takePart } from '../store/jobs';
import type { Collections, JobPartDoc } from '../store/documents';
import { command, table } from '../store/table';
import type { Change, Condition } from '../store/table';

/** A pass over one collection, once and for all: each document is looked at, and changed where it needs to be. */
export interface Sweep<N extends keyof Collections> {
  /** names the pass for ever: a finished one is never begun again */
  job: string;
  collection: N;
  fields?: readonly (keyof Collections[N] & string)[];
  /**
   * What changes in a document, and what must still be true of it when it does; null when nothing. Asked again about a
   * changed document it answers null.
   */
  change(doc: Collections[N]): { change: Change<Collections[N]>; where?: Condition<Collections[N]> } | null;
}

const PAGE = 200;
/** Passes that this instance saw finished; they stay so. */
const finished = new Set<string>();

function begun(job: string, now: Ms): JobPartDoc {
  const nothing = { cursor: null, total: 0, done: 0, changed: 0, moves: {}, ms: 0 };
  const free = { leaseUntil: 0, leaseKey: '', startedAt: now, finishedAt: null };
  return { _id: `${job}:0`, job, kind: 'sweep', part: 0, parts: 1, from: '', to: null, ...nothing, ...free };
}

/** The pass as it stands, begun when nobody had. One call, three when it begins. */
async function standing(job: string, now: Ms): Promise<JobPartDoc | null> {
  const found = await partById(`${job}:0`);
  if (found) return found;
  await addParts([begun(job, now)]);
  return partById(`${job}:0`);
}

/**
 * Goes on with a pass from where its cursor stands, a page at a time, until it is through or the time is up. Of several
 * callers one works; a page that was cut off is looked at again. One call when it is finished or somebody else's; each
 * page costs two and one for each document that changes.
 *
 * @returns whether it is through
 */
export async function workSweep<N extends keyof Collections>(
  sweep: Sweep<N>,
  now: Ms,
  isTimeUp: () => boolean,
): Promise<boolean> {
  if (finished.has(sweep.job)) return true;
  const found = await standing(sweep.job, now);
  if (found?.finishedAt != null) finished.add(sweep.job);
  if (!found || found.finishedAt !== null || !isFree(found, now)) return found?.finishedAt != null;
  let held = await takePart(found, randomUUID(), now);
  while (held && !isTimeUp()) {
    const docs = await table(sweep.collection).page({
      where: { _id: command().gt(held.cursor ?? '') } as Condition<Collections[N]>,
      orderBy: [['_id', 'asc']],
      limit: PAGE,
      ...(sweep.fields ? { fields: ['_id', ...sweep.fields] } : {}),
    });
    let changed = 0;
    for (const doc of docs) {
      const asked = sweep.change(doc);
      if (!asked) continue;
      const where = { _id: doc._id, ...asked.where } as Condition<Collections[N]>;
      if (await table(sweep.collection).changeIf(where, asked.change)) changed += 1;
    }
    const isThrough = docs.length < PAGE;
    const at = Date.now();
    held = await movePart(
      held,
      {
        cursor: docs.at(-1)?._id ?? held.cursor,
        done: held.done + docs.length,
        changed: held.changed + changed,
        ms: at - held.startedAt,
        ...(isThrough ? { finishedAt: at, leaseUntil: 0 } : {}),
      },
      at,
    );
    if (isThrough && held) {
      finished.add(sweep.job);
      return true;
    }
  }
  return false;
}
