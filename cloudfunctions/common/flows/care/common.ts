import { VALUES } from '../../../../miniprogram/domain/membership/types';
import { daysFrom } from '../../../../miniprogram/domain/outreach/care/calendar';
import type { CareReason } from '../../../../miniprogram/domain/outreach/care/types';
import { membersKnownTo } from '../../store/careMembers';
import { careLoads } from '../../store/careTasks';
import type { CareContext } from './context';
import { giveCare } from './give';

/** Whom a clerk knows: her own before those she served last, and of each the high-value ones first. */
const ORDER = (['owner', 'lastServed'] as const).flatMap((by) => VALUES.map((value) => ({ by, value })));
/** Some of those read rest, have opted out or are spoken to already: so many are read for each place. */
const READ_PER_PLACE = 2;
/** A clerk most of whose members cannot be greeted is left with what was found by then. */
const MOST_READS = 9;

/**
 * Greets members whom one clerk knows, as many as her days until then hold. One call when they are full; else at most nine
 * pages, and what giving takes.
 *
 * @returns how many were read and given a task
 */
async function greetOf(
  clerkId: string,
  reason: CareReason,
  context: CareContext,
): Promise<{ read: number; given: number }> {
  const { clerkDaily } = context.settings;
  const own = (await careLoads([clerkId], reason.from, reason.until))[clerkId] ?? {};
  const places = daysFrom(reason.from, reason.until).reduce(
    (free, on) => free + Math.max(0, clerkDaily - (own[on] ?? 0)),
    0,
  );
  const looked = new Set<string>();
  let given = 0;
  let reads = 0;
  for (const { by, value } of ORDER) {
    while (given < places && reads < MOST_READS) {
      const limit = (places - given) * READ_PER_PLACE;
      const members = await membersKnownTo(clerkId, by, value, looked, limit);
      reads += 1;
      for (const { _id } of members) looked.add(_id);
      const done = await giveCare(members, () => [reason], context, places - given);
      given += done.given.length;
      if (members.length < limit) break;
    }
  }
  return { read: looked.size, given };
}

const cursorOf = (cycle: string, clerkId: string): string => `${cycle}|${clerkId}`;

/**
 * One clerk of what is everybody's: the first who is not done. Reasons in their order, clerks by id.
 *
 * @param after as the step before left it; empty = none was
 */
export async function greetKnown(
  reasons: readonly CareReason[],
  context: CareContext,
  after: string,
): Promise<{ read: number; given: number; next: string | null }> {
  const bar = after.indexOf('|');
  const [cycle, clerkDone] = bar < 0 ? ['', ''] : [after.slice(0, bar), after.slice(bar + 1)];
  const clerks = [...context.clerks.keys()].sort();
  const at = Math.max(
    0,
    reasons.findIndex((reason) => reason.cycle === cycle),
  );
  for (const [n, reason] of reasons.slice(at).entries()) {
    const clerkId = clerks.find((id) => n > 0 || reason.cycle !== cycle || id > clerkDone);
    if (clerkId === undefined) continue;
    return { ...(await greetOf(clerkId, reason, context)), next: cursorOf(reason.cycle, clerkId) };
  }
  return { read: 0, given: 0, next: null };
}
