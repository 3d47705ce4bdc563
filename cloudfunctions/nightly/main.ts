import { timerEntry } from '../common/entry/timer';
import { lookForGaming } from '../common/flows/raiseFlags';
import { measureBranches } from '../common/flows/measuring';
import { workNight } from '../common/flows/night';
import { stopAfter } from '../common/flows/stopwatch';
import { unfinishedCampaigns } from '../common/store/campaigns';

const SECONDS_TO_WORK = 45;

/**
 * Every night: places again the members whom the calendar alone moves by now. Once a week the average-order-value cut-off
 * is computed anew; whom it moves follows by the pulse timer, and so does what a cut-off night left. What was done is
 * kept in `runs`. What looks like gaming is kept for the managers, and branches are measured anew once a week.
 */
export const main = timerEntry('nightly', SECONDS_TO_WORK, async ({ now, today }) => {
  const isTimeUp = stopAfter(SECONDS_TO_WORK);
  const night = await workNight({ now, today }, isTimeUp, { begin: true });
  if (!isTimeUp())
    await lookForGaming(
      (await unfinishedCampaigns()).map(({ _id }) => _id),
      now,
    );
  // It was an earlier one that had been left half-way: tonight's comes after it.
  const last =
    night?.isResumed && !isTimeUp() ? await workNight({ now, today }, isTimeUp, { begin: true }) : night;
  // What is left of the time goes to branches whose measures are a week old; the pulse measures the rest.
  await measureBranches({ now, today }, isTimeUp);
  return last;
});
