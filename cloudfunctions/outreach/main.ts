import type { OutreachContract } from '../../miniprogram/contract/outreach';
import { phoneEntry } from '../common/entry/phone';
import { clerkMine } from './actions/clerkMine';
import { recordFollowUp } from './actions/followUpRecord';
import { recordOptOut } from './actions/optOutRecord';
import { copyScript } from './actions/scriptCopy';
import { listTasks } from './actions/taskList';
import { nextTask } from './actions/taskNext';
import { openTask } from './actions/taskOpen';
import { pinTask } from './actions/taskPin';
import { snoozeTask } from './actions/taskSnooze';
import { beginTouch } from './actions/touchBegin';
import { recordTouch } from './actions/touchRecord';
import { undoTouch } from './actions/touchUndo';
import { branchActions } from './branch/actions';
import { careActions } from './care/actions';
import { scriptActions } from './scripts/actions';

/** 触达: the clerk's list, the customer page, words, touches and what came of them. */
export const main = phoneEntry<OutreachContract>({
  'task.list': listTasks,
  'task.open': openTask,
  'script.copy': copyScript,
  'touch.begin': beginTouch,
  'touch.record': recordTouch,
  'touch.undo': undoTouch,
  'followUp.record': recordFollowUp,
  'task.snooze': snoozeTask,
  'task.pin': pinTask,
  'task.next': nextTask,
  'clerk.mine': clerkMine,
  'optOut.record': recordOptOut,
  ...branchActions,
  ...scriptActions,
  ...careActions,
});
