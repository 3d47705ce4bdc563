import { range } from 'lodash-es';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { JobPartDoc, PassDoc } from '../store/documents';
import { addParts, forgetOtherPasses, MOST_PARTS, partsOf } from '../store/jobs';
import { countMembers } from '../store/members';
import { idAt } from '../store/passing';

/** Fewer members are one part: handing out more would take longer than the work. */
const WORTH_SPLITTING = 1000;
/** A part of that many is what a worker places together, see `rebuildPart`; smaller ones would write more often. */
const GOOD_PART = 4000;

/** @example shareOf(2500) // → { parts: 2, share: 1250 } ; shareOf(20_000) // → { parts: 5, share: 4000 } */
export function shareOf(total: number): { parts: number; share: number } {
  const least = total < WORTH_SPLITTING ? 1 : 2;
  const parts = Math.min(MOST_PARTS, Math.max(least, Math.floor(total / GOOD_PART)));
  return { parts, share: Math.max(1, Math.ceil(total / parts)) };
}

/**
 * A pass over all members as they are now, in ranges of ids that hold equally many. At most 16 calls; the n-th ids come
 * from the order of ids alone, and unlike a sample they make the parts equal and their sizes known.
 */
export async function passOver(
  { job, kind, rulesVersion }: Pick<PassDoc, 'job' | 'kind' | 'rulesVersion'>,
  now: Ms,
): Promise<PassDoc> {
  const total = await countMembers();
  const { parts, share } = shareOf(total);
  const bounds = await Promise.all(range(1, parts).map((part) => idAt(part * share)));
  return {
    job,
    kind,
    rulesVersion,
    bounds: bounds.filter((id) => id !== null),
    share,
    total,
    startedAt: now,
    finishedAt: null,
  };
}

/** Its parts, nobody having begun: the same whoever makes them. */
function freshParts(pass: PassDoc): JobPartDoc[] {
  const parts = pass.bounds.length + 1;
  return range(parts).map((part) => {
    const from = pass.bounds[part - 1] ?? '';
    const isLast = part === parts - 1;
    return {
      _id: `${pass.job}:${part}`,
      job: pass.job,
      kind: pass.kind,
      part,
      parts,
      from,
      to: pass.bounds[part] ?? null,
      cursor: from,
      total: isLast ? Math.max(0, pass.total - part * pass.share) : pass.share,
      done: 0,
      changed: 0,
      moves: {},
      page: null,
      ms: 0,
      leaseUntil: 0,
      leaseKey: '',
      startedAt: pass.startedAt,
      finishedAt: null,
    };
  });
}

/** The parts of a pass; those missing, all of them the first time, are made. One call, four the first time. */
export async function partsOfPass(pass: PassDoc): Promise<JobPartDoc[]> {
  const standing = await partsOf(pass.job);
  if (standing.length === pass.bounds.length + 1) return standing;
  await forgetOtherPasses(pass);
  await addParts(freshParts(pass));
  return partsOf(pass.job);
}
