import { timerEntry } from '../common/entry/timer';
import { keepBoards } from '../common/flows/boards/keep';
import { workCampaigns } from '../common/flows/campaignClock';
import { workCare } from '../common/flows/care/night';
import { remindUnfinished } from '../common/flows/care/reminders';
import { healGifts } from '../common/flows/healGifts';
import { deliverDue } from '../common/flows/delivery/deliverDue';
import { isTimeToMeasure, measureBranches } from '../common/flows/measuring';
import { workNight } from '../common/flows/night';
import { isAnythingUnsettled, settle } from '../common/flows/settle';
import { migrate } from '../common/migrations/migrate';
import { finishMerges } from '../common/people/merging';
import { rekey } from '../common/people/rekeying';
import { forgetOldImports, importUnderWay } from '../common/store/imports';

const SECONDS_TO_WORK = 35;
/** Messages go first, for they have their hour; but a full outbox leaves the rest of the minute to the other work. */
const SECONDS_TO_SEND = 12;

/**
 * Every minute: sends what is due of the outbox, then goes on with whatever nobody is working on. Campaigns take the turns
 * whose time has come; so do merges of two numbers, a night that was cut off, of tiers or of care, and a pass over all
 * members, as many parts one after another as the time allows; branches nobody has measured this week, once an hour;
 * members whose rows came in are placed once no import is under way; an order left unpaid or a look without one reminds her
 * clerk; the boards are brought up to the tasks. Each part is
 * safe to repeat and to overlap with itself and with the same work asked for from a phone.
 */
export const main = timerEntry('pulse', SECONDS_TO_WORK, async ({ now, today, stopAt }) => {
  const isTimeUp = () => Date.now() >= stopAt;
  const sendUntil = Math.min(stopAt, Date.now() + SECONDS_TO_SEND * 1000);
  const delivered = await deliverDue(now, () => Date.now() >= sendUntil);
  const campaigns = await workCampaigns({ now, today }, isTimeUp);
  if (!isTimeUp()) await workNight({ now, today }, isTimeUp, { begin: false });
  if (!isTimeUp()) await finishMerges({ now, today });
  if (!isTimeUp()) await healGifts({ now, today }, isTimeUp);
  if (!isTimeUp()) await workCare({ now, today }, isTimeUp, { begin: false });
  if (!isTimeUp() && isTimeToMeasure(now)) await measureBranches({ now, today }, isTimeUp);
  await forgetOldImports(now);
  if (!isTimeUp()) await migrate(now, isTimeUp);
  if (!isTimeUp()) await rekey(now, isTimeUp);
  const isIdle = isTimeUp() || (await importUnderWay(now)) || !(await isAnythingUnsettled(now));
  const settled = isIdle ? null : (await settle({ now, today }, isTimeUp)).finished;
  // After members are placed: what a look of the last minute gives reason for is known only then.
  const reminded = isTimeUp() ? 0 : await remindUnfinished({ now, today }, isTimeUp);
  const boards = isTimeUp() ? null : await keepBoards({ now, today }, isTimeUp);
  return { delivered, ...campaigns, settled, reminded, boards };
});
