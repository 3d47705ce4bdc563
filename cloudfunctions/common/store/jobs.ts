import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { JobPartDoc, PassDoc } from './documents';
import { command, table } from './table';

/** Whoever works on a part holds it this long from each page on; functions are stopped earlier. */
const LEASE_MS = 60_000;
/** A pass is split into at most so many parts. */
export const MOST_PARTS = 16;

/** A job of one part, nothing of it done. */
export function wholeJob(job: string, kind: JobPartDoc['kind'], now: Ms): JobPartDoc {
  return {
    _id: `${job}:0`,
    job,
    kind,
    part: 0,
    parts: 1,
    from: '',
    to: null,
    cursor: '',
    total: 0,
    done: 0,
    changed: 0,
    moves: {},
    page: null,
    ms: 0,
    leaseUntil: 0,
    leaseKey: '',
    startedAt: now,
    finishedAt: null,
  };
}

/** The parts of a job, in order. One call. */
export async function partsOf(job: string): Promise<JobPartDoc[]> {
  const parts = await table('jobs').page({ where: { job }, limit: MOST_PARTS });
  return parts.sort((a, b) => a.part - b.part);
}

/** One call. */
export function partById(id: string): Promise<JobPartDoc | null> {
  return table('jobs').find(id);
}

/** Adds those that do not stand. One call when none does. */
export function addParts(parts: readonly JobPartDoc[]): Promise<void> {
  return table('jobs').addMissing(parts);
}

/** Parts of passes that this one replaces: whoever still works on one finds it gone and stops. One call. */
export function forgetOtherPasses({ job }: PassDoc): Promise<number> {
  return table('jobs').removeAll({ kind: command().in(['rebuild', 'cut']), job: command().neq(job) });
}

/** May somebody take it? */
export function isFree(part: JobPartDoc, now: Ms): boolean {
  return part.finishedAt === null && part.leaseUntil <= now;
}

/** Takes a free part as it was read. One call. @returns null when somebody else was faster */
export async function takePart(
  read: JobPartDoc,
  leaseKey: string,
  now: Ms,
  anew: Partial<JobPartDoc> = {},
): Promise<JobPartDoc | null> {
  const held = { ...anew, leaseKey, leaseUntil: now + LEASE_MS };
  const where = { _id: read._id, leaseKey: read.leaseKey, leaseUntil: read.leaseUntil };
  return (await table('jobs').changeIf(where, held)) ? { ...read, ...held } : null;
}

/** Writes what was done and holds the part on. One call. @returns null when the lease was lost: stop then */
export async function movePart(
  held: JobPartDoc,
  change: Partial<JobPartDoc>,
  now: Ms,
): Promise<JobPartDoc | null> {
  const next = { leaseUntil: now + LEASE_MS, ...change };
  const where = { _id: held._id, leaseKey: held.leaseKey, finishedAt: null };
  return (await table('jobs').changeIf(where, next)) ? { ...held, ...next } : null;
}

/** Parts of whatever work that nobody has finished, longest free first. One call. */
export function unfinishedParts(): Promise<JobPartDoc[]> {
  return table('jobs').page({
    where: { finishedAt: null },
    orderBy: [['leaseUntil', 'asc']],
    limit: 2 * MOST_PARTS,
  });
}
