import type { OutreachContract } from '../../miniprogram/contract/outreach';
import { phoneEntry } from '../common/entry/phone';
import { recordFollowUp } from './actions/followUpRecord';
import { copyScript } from './actions/scriptCopy';
import { listTasks } from './actions/taskList';
import { openTask } from './actions/taskOpen';
import { snoozeTask } from './actions/taskSnooze';
import { recordTouch } from './actions/touchRecord';

/** 触达: the clerk's list, the customer page, words, touches and what came of them. */
export const main = phoneEntry<OutreachContract>({
  'task.list': listTasks,
  'task.open': openTask,
  'script.copy': copyScript,
  'touch.record': recordTouch,
  'followUp.record': recordFollowUp,
  'task.snooze': snoozeTask,
});
