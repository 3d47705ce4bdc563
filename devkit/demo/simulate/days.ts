import { addDays, dayOf, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { runningCampaign } from './campaign';
import type { Running } from './campaign';
import { clerkRound } from './clerk';
import { HOURS, inLanes, Play } from './play';
import type { PartOfDay } from './play';
import { planUnasked } from './regulars';
import { emptyTally } from './tally';
import type { Bought } from './tape';
import type { Tally } from './tally';
import { truthOf } from './truth';
import type { Truth } from './truth';
import type { Cast, World } from './world';

/** A laptop has few cores, and each further instance of a function is loaded and warmed up for itself. */
const LANES = 2;

export interface Simulated {
  truth: Truth;
  tally: Tally;
  tape: readonly Bought[];
  campaignId: string | null;
  /** the first and the last day that was played */
  from: Day;
  to: Day;
}

export interface SimulateOptions {
  days: number;
  seed: number;
  /** told after each day, which goes on when it is done */
  onDay?: (played: number, tally: Tally) => void | Promise<void>;
  /** what is true otherwise than the seed would have it */
  truth?: Partial<Omit<Truth, 'seed'>>;
  /** what people did is counted into it as it happens; missing = a fresh one */
  tally?: Tally;
  /** share of members held out of the campaigns it launches; missing = as the product drafts them */
  holdout?: number;
}

async function playDay(play: Play, today: Day): Promise<void> {
  const { world, cast } = play;
  const at = async (part: PartOfDay) => {
    const instant = startOf(today, HOURS[part]);
    // What a minute's timer would find at noon it finds in the evening; nobody looks at a board in between.
    if (instant > world.now())
      await world.moveTo(instant, { timers: part === 'clerks' || part === 'evening' });
  };
  await at('clerks');
  await inLanes(
    cast.clerks.map((clerk) => () => clerkRound(play, clerk, today)),
    LANES,
  );
  for (const part of ['members', 'shops', 'evening'] as const) {
    await at(part);
    await inLanes(play.due(today, part), LANES);
  }
}

/**
 * Plays days through the real functions, as phones and tills would: clerks write, members look, claim, come and bring
 * back, nights pass. The first day is today while the clerks' hour has not passed, else tomorrow. Whoever does what is decided
 * by the seed alone, so a chain that begins alike ends alike, whatever is lost on the way and tried again.
 *
 * @returns what was true, and what people did
 */
export async function simulate(
  world: World,
  cast: Cast,
  { days, seed, onDay, truth: given = {}, holdout, tally = emptyTally() }: SimulateOptions,
): Promise<Simulated> {
  const clerkIds = cast.clerks.map(({ clerkId }) => clerkId);
  const truth = { ...truthOf(seed, clerkIds), ...given };
  const today = dayOf(world.now());
  const from = world.now() <= startOf(today, HOURS.members) ? today : addDays(today, 1);
  if (startOf(from, HOURS.clerks) > world.now()) await world.moveTo(startOf(from, HOURS.clerks));
  const play = new Play(world, cast, truth, tally, from);
  const headquarters = {
    hq: play.phone(cast.hqOpenid),
    approver: cast.approverOpenid === null ? null : play.phone(cast.approverOpenid),
    holdout,
  };
  let running: Running | null = null;
  planUnasked(play, from, days);
  for (let n = 0; n < days; n++) {
    const on = addDays(from, n);
    if (startOf(on, HOURS.clerks) > world.now()) await world.moveTo(startOf(on, HOURS.clerks));
    // Nobody looks for another one while it runs; one that ended makes room for the next.
    if (running === null || running.endsOn < on)
      running = (await runningCampaign(headquarters, world, `launch-${seed}-${on}`)) ?? running;
    await playDay(play, on);
    await onDay?.(n + 1, play.tally);
  }
  return {
    truth,
    tally: play.tally,
    tape: play.tape,
    campaignId: running?.campaignId ?? null,
    from,
    to: addDays(from, days - 1),
  };
}
