import * as z from 'zod';
import type { BoardsContract } from '../../../miniprogram/contract/boards';
import { readTest, staleSentence } from '../../../miniprogram/domain/credit/report/scriptTest';
import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { scriptOutcomes } from '../../common/store/scriptOutcomes';
import { scriptUse } from '../../common/store/scriptUse';

const LOOKED_BACK_DAYS = 90;

/**
 * Reads a test of two scripts: of the tasks first touched with each, how many woke within 28 days of entry. It may be read
 * every day. And says which of the two has worn out. One call for both, and two for each 1000 touches of a script.
 */
export const readTests: Actions<BoardsContract>['tests.read'] = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ usual: anId, tried: anId, sinceOn: aDay.optional() }),
  async run({ now, today }, { usual, tried, sinceOn }) {
    const since = startOf(sinceOn ?? addDays(today, -LOOKED_BACK_DAYS));
    const [one, other, use] = await Promise.all([
      scriptOutcomes(usual, since),
      scriptOutcomes(tried, since),
      scriptUse([usual, tried], null, now),
    ]);
    const stale = [usual, tried].flatMap((scriptId) => {
      const sentence = staleSentence(use.get(scriptId)?.byTier ?? []);
      return sentence === null ? [] : [{ scriptId, sentence }];
    });
    const woken = (outcomes: typeof one) => ({
      hits: outcomes.filter((outcome) => outcome.woken).length,
      of: outcomes.length,
    });
    return done({ reading: readTest(woken(one), woken(other)), definition: 'wake.netPaid.28', stale });
  },
};
