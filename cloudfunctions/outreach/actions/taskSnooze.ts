import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { actOnTask } from '../acts';
import { cardOf } from '../card';
import { dayAhead } from '../nextDay';

/** 稍后: not today, but on that day. */
export const snoozeTask: Actions<OutreachContract>['task.snooze'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({ taskId: anId, untilOn: aDay }),
  async run(acting, { taskId, untilOn }) {
    const task = await actOnTask(acting, taskId, () => {
      const wrongDay = dayAhead('untilOn', untilOn, acting.today);
      return wrongDay ? refuse(wrongDay) : done({ dueOn: untilOn });
    });
    return task.ok ? done({ card: cardOf(task.value, acting) }) : task;
  },
};
