import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { SurveyDoc } from '../store/documents';
import { command, table } from '../store/table';
import { refreshLoyalty } from './loyalty';

/**
 * Does what an answer owes: her points under a key of their own, the task's mark, her balance. Safe to repeat anywhere; the
 * debt is struck out last, and stays for the sweeper where others kept coming between. Some nine calls, none when nothing is owed.
 */
export async function settleSurvey(survey: SurveyDoc, now: Ms): Promise<void> {
  const { _id: taskId, memberId, points, expiresOn = null, reason, at, owes } = survey;
  if (owes !== 1) return;
  if (points !== undefined) {
    await table('points').addNew({ _id: `survey:${taskId}`, memberId, points, at, expiresOn, why: 'survey' });
  }
  await table('tasks').changeIf({ _id: taskId }, { surveyed: { reason, at } });
  if (await refreshLoyalty(memberId, now))
    await table('surveys').changeIf({ _id: taskId, owes: 1 }, { owes: command().remove() });
}

/** Answers whose points are owed, the first of them. One call. */
export function owingSurveys(limit: number): Promise<SurveyDoc[]> {
  return table('surveys').page({ where: { owes: 1 }, limit });
}
