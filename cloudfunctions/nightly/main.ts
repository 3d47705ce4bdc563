import { retierFromFacts } from '../common/flows/retier';
import { timerEntry } from '../common/entry/timer';
import { chainSettings } from '../common/store/chain';
import { countDue, dueMembers } from '../common/store/members';

const PAGE = 200;
const SECONDS_TO_WORK = 45;

/**
 * Every night: members whom the calendar alone moves by now are placed again by the facts they carry. A placed member
 * leaves the set, so the first page is always the next one: a night cut off anywhere, missed, or run twice at once ends
 * in the same state. Only members who are due are read.
 */
export const main = timerEntry('nightly', SECONDS_TO_WORK, async ({ now, today, stopAt }) => {
  const chain = await chainSettings();
  let [read, changed] = [0, 0];
  for (;;) {
    const due = await dueMembers(today, PAGE);
    read += due.length;
    const page = await retierFromFacts(due, chain, { now, today });
    changed += page.changed;
    if (due.length < PAGE && page.lost.length === 0) break;
    if (page.changed === 0 || Date.now() >= stopAt) break;
  }
  return { read, changed, left: await countDue(today) };
});
