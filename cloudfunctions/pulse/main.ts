import { timerEntry } from '../common/entry/timer';
import { keepBoards } from '../common/flows/boards/keep';
import { workCampaigns } from '../common/flows/campaignClock';
import { workCare } from '../common/flows/care/night';
import { remindUnfinished } from '../common/flows/care/reminders';
import { deliverDue } from '../common/flows/delivery/deliverDue';
import { healGifts } from '../common/flows/healGifts';
import { measureBranches } from '../common/flows/measuring';
import { workNight } from '../common/flows/night';
import { isAnythingUnsettled, settle } from '../common/flows/settle';
import { stopAfter } from '../common/flows/stopwatch';
import { migrate } from '../common/migrations/migrate';
import { finishMerges } from '../common/people/merging';
import { rekey } from '../common/people/rekeying';
import { forgetOldImports, importUnderWay } from '../common/store/imports';

const SECONDS_TO_WORK = 35;
/** Messages go first, for they have their hour; but a full outbox leaves the rest of the minute to the other work. */
const SECONDS_TO_SEND = 12;

/**
 * Every minute: sends what is due of the outbox, then goes on with whatever nobody is working on, as many parts one after
 * another as the time allows. Each is safe to repeat and to overlap with itself and with the same work asked for from a phone.
 */
export const main = timerEntry('pulse', SECONDS_TO_WORK, [
  { name: 'delivered', work: ({ now }) => deliverDue(now, stopAfter(SECONDS_TO_SEND)) },
  // Campaigns take the turns whose time has come.
  { name: 'campaigns', work: workCampaigns },
  // A night that was cut off, of tiers and further down of care.
  { name: 'night', work: (at, isTimeUp) => workNight(at, isTimeUp, { begin: false }) },
  { name: 'merges', work: finishMerges },
  { name: 'gifts', work: healGifts },
  { name: 'care', work: (at, isTimeUp) => workCare(at, isTimeUp, { begin: false }) },
  // Branches nobody has measured this week.
  { name: 'measured', hourly: true, work: measureBranches },
  { name: 'imports', evenLate: true, hourly: true, work: ({ now }) => forgetOldImports(now) },
  { name: 'migrated', work: ({ now }, isTimeUp) => migrate(now, isTimeUp) },
  { name: 'rekeyed', work: ({ now }, isTimeUp) => rekey(now, isTimeUp) },
  // Members whose rows came in are placed once no import is under way; a pass over all of them goes on.
  {
    name: 'settled',
    work: async (at, isTimeUp) =>
      (await importUnderWay(at.now)) || !(await isAnythingUnsettled(at.now))
        ? null
        : (await settle(at, isTimeUp)).finished,
  },
  // After members are placed: what a look of the last minute gives reason for is known only then.
  { name: 'reminded', work: remindUnfinished },
  // Last: the boards are brought up to the tasks as all of this left them.
  { name: 'boards', work: keepBoards },
]);
