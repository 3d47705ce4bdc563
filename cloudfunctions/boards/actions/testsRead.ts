import * as z from 'zod';
import type { BoardsContract } from '../../../miniprogram/contract/boards';
import { readTest, staleSentence } from '../../../miniprogram/domain/credit/report/scriptTest';
import { addDays, DAY_MS, startOf } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { scriptOutcomes } from '../../common/store/scriptOutcomes';

const LOOKED_BACK_DAYS = 90;
const FRESH_DAYS = 28;

/**
 * Reads a test of two scripts: of the tasks first touched with each, how many woke within 28 days of entry. It may be read
 * every day. And says which of the two has worn out. Two calls for each 1000 touches of a script.
 */
export const readTests: Actions<BoardsContract>['tests.read'] = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ usual: anId, tried: anId, sinceOn: aDay.optional() }),
  async run({ now, today }, { usual, tried, sinceOn }) {
    const since = startOf(sinceOn ?? addDays(today, -LOOKED_BACK_DAYS));
    const [one, other] = await Promise.all([scriptOutcomes(usual, since), scriptOutcomes(tried, since)]);
    const edge = now - FRESH_DAYS * DAY_MS;
    const stale = [
      { scriptId: usual, outcomes: one },
      { scriptId: tried, outcomes: other },
    ].flatMap(({ scriptId, outcomes }) => {
      const share = (isIn: (at: number) => boolean) => {
        const some = outcomes.filter(({ at }) => isIn(at));
        return { hits: some.filter(({ answered }) => answered).length, of: some.length };
      };
      const sentence = staleSentence({
        firstUsedAt: Math.min(...outcomes.map(({ at }) => at), now),
        recent: share((at) => at > edge),
        earlier: share((at) => at <= edge && at > edge - FRESH_DAYS * DAY_MS),
      });
      return sentence === null ? [] : [{ scriptId, sentence }];
    });
    const woken = (outcomes: typeof one) => ({
      hits: outcomes.filter((outcome) => outcome.woken).length,
      of: outcomes.length,
    });
    return done({ reading: readTest(woken(one), woken(other)), definition: 'wake.netPaid.28', stale });
  },
};
