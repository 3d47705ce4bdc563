import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import { lintWith } from '../../../miniprogram/domain/outreach/scripts/lint';
import { renderScript } from '../../../miniprogram/domain/outreach/scripts/render';
import type { WordLists } from '../../../miniprogram/domain/outreach/scripts/words';
import type { BlankValues, LintMark, Purpose, Script } from '../../../miniprogram/domain/outreach/types';
import type { Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import type { TaskDoc } from '../../common/store/documents';
import { chainNow } from '../../common/store/remembered';
import { chainWords, scriptLibrary } from '../../common/store/scripts';
import type { TaskAndMember } from '../../common/store/tasks';
import { promiseOf } from '../contact';
import { passGate } from '../gate';
import { reasonsOf } from '../knowledge';
import { blanksOf, voiceOf } from '../words';

/** The text with its blanks filled, and what the linter says of it; refused when it must not be sent as it is. */
function words(
  text: string,
  values: BlankValues,
  task: TaskDoc,
  lists: WordLists,
  now: Ms,
): Result<{ text: string; marks: LintMark[] }, Failure> {
  const filled = renderScript(text, values);
  if (filled.missing.length > 0) {
    return refuse({ code: 'script-blank-missing', detail: filled.missing.join('、') });
  }
  const { validHours } = promiseOf(task, now);
  const marks = lintWith(lists, filled.text, { validHours, stockLeft: null, placesLeft: null });
  const risky = new Set(marks.filter((mark) => mark.blocks).map(({ word }) => word));
  if (risky.size > 0) return refuse({ code: 'script-risky', detail: [...risky].join('、') });
  return done({ text: filled.text, marks });
}

/**
 * Hands out the words for copying. The same gate as every other way of reaching her: opt-out, quiet hours, cap and
 * rest are asked first, a draft that must not be sent does not leave, and the contact is held for the clerk until she
 * says what became of it. Three database calls: her scope, the task with its member, the hold; scripts and words are kept
 * warm for a minute.
 */
export const copyScript: Actions<OutreachContract>['script.copy'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({ taskId: anId, scriptId: anId, draft: someText(1000).nullable() }),
  async run(acting, { taskId, scriptId, draft }) {
    const { now, today } = acting;
    const scriptFor = async ({ task }: TaskAndMember): Promise<Result<Script, Failure>> => {
      const script = (await scriptLibrary(task.branchId, now)).find(({ id }) => id === scriptId);
      return script ? done(script) : refuse({ code: 'not-found', detail: '这条话术' });
    };
    const purposeOf = async (found: TaskAndMember): Promise<Result<Purpose, Failure>> => {
      const script = await scriptFor(found);
      return script.ok ? done(script.value.purpose) : script;
    };
    const passed = await passGate(acting, { taskId, channel: 'copy', purposeOf }, async (found) => {
      const { task, member } = found;
      const script = await scriptFor(found);
      if (!script.ok) return script;
      // Her edited text may still hold blanks, by hand or by habit: they are filled or refused like the script's own.
      const [voice, chain] = await Promise.all([voiceOf(task, now), chainNow(now)]);
      const reasons = reasonsOf(member, chain?.rules ?? rulesOf('retail', 1), today);
      const values = blanksOf(task, voice, reasons, { now, today });
      return words(draft?.trim() || script.value.text, values, task, await chainWords(now), now);
    });
    if (!passed.ok) return passed;
    const { handed, heldUntil } = passed.value;
    return done({ ...handed, heldUntil });
  },
};
