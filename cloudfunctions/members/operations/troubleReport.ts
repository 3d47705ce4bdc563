import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done } from '../../../miniprogram/domain/kernel/result';
import { fingerprintOf, scrubbed } from '../../../miniprogram/domain/kernel/trouble';
import type { Actions } from '../../common/entry/action';
import { mayAsk } from '../../common/store/guesses';
import { addTrouble } from '../../common/store/troubles';

/**
 * Something went wrong on a phone. Ten an hour from each; scrubbed here again, since nothing of what is sent is believed; counted
 * by what was said and not by who said it. A report that is sent twice may count twice: it is a hint, not a book. Two calls beside the
 * caller's scope, some more for the first of its kind on a day.
 */
export const troubleReport: Actions<OperationsContract>['trouble.report'] = {
  who: ['hq', 'manager', 'clerk', 'person'],
  writes: true,
  ask: z.strictObject({
    kind: z.enum(['error', 'rejection', 'call']),
    text: z.string().min(1).max(2000),
    page: z
      .string()
      .max(80)
      .regex(/^[A-Za-z/-]*$/),
  }),
  async run({ scope, now, today }, { kind, text: said, page }) {
    const text = scrubbed(said);
    if (text === '' || !(await mayAsk('trouble', scope.openid, now)).ok) return done({ kept: false });
    const _id = `${today}:${fingerprintOf(kind, text)}`;
    await addTrouble({ _id, on: today, kind, text, page, count: 1, firstAt: now, lastAt: now });
    return done({ kept: true });
  },
};
