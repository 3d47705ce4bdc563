import type { TaskDoc } from '../common/store/documents';
import { priorityOfTask } from './card';
import type { Moment } from './card';

/** Where a task stands on the list. */
export interface Place {
  score: number;
  dueOn: string;
  taskId: string;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Most urgent first; what is equal by the earlier day, so that the order is the same at every call. */
export const byPlace = (a: Place, b: Place): number =>
  b.score - a.score || byText(a.dueOn, b.dueOn) || byText(a.taskId, b.taskId);

export const placeOf = (task: TaskDoc, moment: Moment): Place => ({
  score: priorityOfTask(task, moment).score,
  dueOn: task.dueOn,
  taskId: task._id,
});

/** A place in words, for the way on from it: it names no card, so it is right also when that card has moved away. */
export const writePlace = ({ score, dueOn, taskId }: Place): string => `${score}_${dueOn}_${taskId}`;

/** @returns null for words that name no place */
export function readPlace(words: string | null | undefined): Place | null {
  const [, score, dueOn, taskId] = /^(\d{1,6})_(\d{4}-\d\d-\d\d)_(.+)$/.exec(words ?? '') ?? [];
  return score && dueOn && taskId ? { score: Number(score), dueOn, taskId } : null;
}
