import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { lintDraft } from '../../../miniprogram/domain/outreach/scripts/lint';
import { renderScript } from '../../../miniprogram/domain/outreach/scripts/render';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { reaches } from '../reach';
import { taskWithMember } from '../../common/store/tasks';
import { ledgerOf } from '../../common/store/touches';
import { contactRefusal, isOver, promiseOf } from '../contact';
import { blanksOf, voiceOf } from '../words';

/**
 * Hands out the words for copying. The same gate as every other way of reaching her: opt-out, quiet hours, cap and
 * rest are asked first, and a draft that must not be sent does not leave.
 */
export const copyScript: Actions<OutreachContract>['script.copy'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: false,
  ask: z.strictObject({ taskId: anId, scriptId: anId, draft: someText(1000).nullable() }),
  async run({ scope, now, today }, { taskId, scriptId, draft }) {
    const found = await taskWithMember(taskId);
    if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
    const { task, member } = found;
    if (!reaches(scope, task)) return refuse({ code: 'out-of-scope' });
    if (isOver(task)) return refuse({ code: 'task-closed' });
    const script = STARTER_SCRIPTS.find(({ id }) => id === scriptId);
    if (!script) return refuse({ code: 'not-found', detail: '这条话术' });
    const refusal = contactRefusal(member, ledgerOf(member, []), script.purpose, now);
    if (refusal) return refuse(refusal);

    // Her edited text may still hold blanks, by hand or by habit: they are filled or refused like the script's own.
    const values = blanksOf(task, await voiceOf(task, now), { now, today });
    const { text, missing } = renderScript(draft?.trim() || script.text, values);
    if (missing.length > 0) return refuse({ code: 'script-blank-missing', detail: missing.join('、') });

    const { validHours } = promiseOf(task, now);
    const marks = lintDraft(text, { validHours, stockLeft: null, placesLeft: null });
    const blocking = marks.filter((mark) => mark.blocks);
    if (blocking.length > 0) {
      return refuse({
        code: 'script-risky',
        detail: [...new Set(blocking.map(({ word }) => word))].join('、'),
      });
    }
    return done({ text, marks });
  },
};
