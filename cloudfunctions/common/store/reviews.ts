import type { ReviewDoc } from './documents';
import { table } from './table';

/** @example reviewIdOf({ branchId: 'B1', campaignId: 'spring', topic: 'reason:price' }) // → 'B1:spring:reason:price' */
export const reviewIdOf = ({
  branchId,
  campaignId,
  topic,
}: Pick<ReviewDoc, 'branchId' | 'campaignId' | 'topic'>): string => `${branchId}:${campaignId}:${topic}`;

/** What a branch has agreed on, the earliest due last. At most 50. One call. */
export function reviewsOf(branchId: string): Promise<ReviewDoc[]> {
  return table('reviews').page({ where: { branchId }, orderBy: [['dueOn', 'desc']], limit: 50 });
}

/** One call. */
export function reviewById(id: string): Promise<ReviewDoc | null> {
  return table('reviews').find(id);
}

/** Writes a review as decided on what was read. One call. @returns false when somebody wrote it meanwhile */
export function saveReview(read: ReviewDoc | null, next: ReviewDoc): Promise<boolean> {
  if (!read) return table('reviews').addNew(next);
  const { _id, ...rest } = next;
  return table('reviews').changeIf({ _id, turn: read.turn }, { ...rest, turn: read.turn + 1 });
}
