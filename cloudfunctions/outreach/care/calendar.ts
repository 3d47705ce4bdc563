import type { CareContract, CareRow } from '../../../miniprogram/contract/care';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import { daysFrom } from '../../../miniprogram/domain/outreach/care/calendar';
import { OCCASIONS } from '../../../miniprogram/domain/outreach/care/occasions';
import { careWhy } from '../../../miniprogram/domain/outreach/care/shown';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { careTasksOf } from '../../common/store/careTasks';
import type { TaskDoc } from '../../common/store/documents';
import { priorityOfTask } from '../card';

const DAYS = 14;

function rowOf({ _id, care, member, value, contactedAt }: TaskDoc, on: Day): CareRow[] {
  if (!care) return [];
  return [
    {
      taskId: _id,
      name: member.name,
      phoneTail: member.phoneTail,
      value,
      occasion: care.occasion,
      word: OCCASIONS[care.occasion].word,
      why: careWhy(care, on),
      isContacted: contactedAt !== null,
    },
  ];
}

/** 关怀日历: the clerk's care tasks by day. One database call beside the caller's scope. */
export const careCalendar: Actions<CareContract>['care.calendar'] = {
  who: ['clerk', 'manager'],
  writes: false,
  ask: nothing,
  async run({ scope, now, today }) {
    const until = addDays(today, DAYS - 1);
    const tasks = await careTasksOf(scope.staff?._id ?? '', today, until);
    const score = (task: TaskDoc): number => priorityOfTask(task, { now, today }).score;
    const sorted = [...tasks].sort((a, b) => score(b) - score(a));
    const days = daysFrom(today, until).map((on) => ({
      on,
      rows: sorted
        .filter(({ dueOn }) => dueOn === on || (on === today && dueOn < today))
        .flatMap((task) => rowOf(task, today)),
    }));
    return done({ today, days });
  },
};
