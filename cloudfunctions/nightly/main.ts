import { timerEntry } from '../common/entry/timer';
import { rebuildBoards } from '../common/flows/boards/keep';
import { workCare } from '../common/flows/care/night';
import { remindOfEndings } from '../common/flows/endingReminders';
import { measureBranches } from '../common/flows/measuring';
import { workNight } from '../common/flows/night';
import { lookForGaming } from '../common/flows/raiseFlags';
import { unfinishedCampaigns } from '../common/store/campaigns';
import { forgetOldTroubles } from '../common/store/troubles';

const SECONDS_TO_WORK = 45;

/**
 * Every night: places again the members whom the calendar alone moves by now. Once a week the average-order-value cut-off
 * is computed anew; whom it moves follows by the pulse timer, and so does what a cut-off night left. Then care tasks whose day
 * has come are given, members whose points or level end soon are reminded, the boards are counted anew from the rows, and
 * branches are measured anew once a week. What was done is kept in `runs`; what the time does not allow is left to the pulse.
 * Last it looks for what looks like gaming, for the managers.
 */
export const main = timerEntry('nightly', SECONDS_TO_WORK, [
  {
    name: 'night',
    async work(at, isTimeUp) {
      const night = await workNight(at, isTimeUp, { begin: true });
      // It was an earlier one that had been left half-way: tonight's comes after it.
      return night?.isResumed && !isTimeUp() ? workNight(at, isTimeUp, { begin: true }) : night;
    },
  },
  // Care comes after tiers, which choose the words; out of time it is begun at least, and pulse goes on with it.
  {
    name: 'care',
    evenLate: true,
    work: (at, isTimeUp) => workCare(at, isTimeUp, { begin: true }),
  },
  { name: 'endings', work: remindOfEndings },
  { name: 'boards', evenLate: true, work: rebuildBoards },
  // What is left of the time goes to branches whose measures are a week old; the pulse measures the rest.
  { name: 'measured', work: measureBranches },
  { name: 'troubles', evenLate: true, work: ({ today }) => forgetOldTroubles(today) },
  {
    name: 'gaming',
    work: async ({ now }) =>
      lookForGaming(
        (await unfinishedCampaigns()).map(({ _id }) => _id),
        now,
      ),
  },
]);
