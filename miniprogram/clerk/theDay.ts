/**
 * The day's goal as the clerk's pages last heard of it, so that the ring on the customer page needs no call of its own.
 * What she states meanwhile counts at once; the next answer of the cloud sets it right.
 */
export interface DayGoal {
  contacted: number;
  due: number;
}

let goal: DayGoal | null = null;
const counted = new Set<string>();

/** The cloud has told the goal. */
export function noteDay(told: DayGoal): void {
  goal = told;
  counted.clear();
}

/** She says she reached somebody who had not been reached today. */
export function noteContact(taskId: string): void {
  if (!goal || counted.has(taskId)) return;
  counted.add(taskId);
  goal = { contacted: goal.contacted + 1, due: Math.max(goal.due, goal.contacted + 1) };
}

/** She takes it back. */
export function takeContactBack(taskId: string): void {
  if (goal && counted.delete(taskId)) goal = { ...goal, contacted: Math.max(0, goal.contacted - 1) };
}

/** null = nobody has told it since the phone was opened. */
export function dayGoal(): DayGoal | null {
  return goal;
}

export interface DayShown {
  contacted: string;
  due: string;
  /** of the ring, 0–100 */
  percent: number;
  spoken: string;
}

/** @example dayShown({ contacted: 7, due: 20 }).percent // → 35 */
export function dayShown({ contacted, due }: DayGoal): DayShown {
  return {
    contacted: String(contacted),
    due: String(due),
    percent: due ? Math.min(100, Math.round((contacted / due) * 100)) : 0,
    spoken: due ? `今天要联系${due}位，已联系${contacted}位` : '今天没有要联系的顾客',
  };
}
