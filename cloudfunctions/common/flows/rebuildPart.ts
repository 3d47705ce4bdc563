import { performance } from 'node:perf_hooks';
import { chainSettings } from '../store/chain';
import type { AnnouncedPage, ChainDoc, JobPartDoc } from '../store/documents';
import { movePart } from '../store/jobs';
import type { PlacedMember } from '../store/passing';
import { decided, movesOf, placeSteps, stepsOf } from './retierFacts';
import { placingOn } from './placing';
import type { Moment } from './retier';

/** Which members a part goes over, and in which order. */
export interface Stretch {
  /** the next members behind `after`, at most `limit` */
  read(after: string, limit: number): Promise<PlacedMember[]>;
  /** her place in that order, to be handed in as `after`; as text it sorts, byte by byte, as they are read */
  placeOf(member: PlacedMember): string;
  /** may the part go on under the settings as they stand now? */
  isWanted(chain: ChainDoc): boolean;
}

const PAGE = 1000;
/**
 * So many members are placed together: the more there are, the more of them take the same change, which is one write.
 * With 1000 a rebuild writes 15 times for 100 members, with 4000 five times; beyond that little is won.
 */
const WINDOW = 4 * PAGE;

const isUpTo = (place: string, end: string): boolean =>
  Buffer.compare(Buffer.from(place), Buffer.from(end)) <= 0;

function sumOf(some: Readonly<Record<string, number>>, more: Readonly<Record<string, number>>) {
  const sum: Record<string, number> = { ...some };
  for (const [move, members] of Object.entries(more)) sum[move] = (sum[move] ?? 0) + members;
  return sum;
}

/** The part with its announced page done. */
function withPageDone(part: JobPartDoc): Partial<JobPartDoc> {
  const { page } = part;
  if (!page) return {};
  return {
    cursor: page.to,
    done: part.done + page.read,
    changed: part.changed + page.changed,
    moves: sumOf(part.moves, page.moves),
    page: null,
  };
}

/** The next members to place together, `isLast` when none are behind them. One call for each 1000. */
async function windowBehind(
  stretch: Stretch,
  place: string,
): Promise<{ members: PlacedMember[]; isLast: boolean }> {
  const members: PlacedMember[] = [];
  for (let after = place; members.length < WINDOW;) {
    const page = await stretch.read(after, PAGE);
    members.push(...page);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { members, isLast: true };
    after = stretch.placeOf(last);
  }
  return { members, isLast: false };
}

/** Places whoever is left of a page that a dead worker announced; who moves had been counted then. */
async function finishPage(
  part: JobPartDoc,
  page: AnnouncedPage,
  stretch: Stretch,
  at: Moment,
): Promise<void> {
  for (let after = part.cursor ?? ''; ;) {
    const members = await stretch.read(after, PAGE);
    const left = members.filter((member) => isUpTo(stretch.placeOf(member), page.to));
    await placeSteps(await decided(left, at.today), at);
    const last = members.at(-1);
    if (!last || left.length < members.length || members.length < PAGE) return;
    after = stretch.placeOf(last);
  }
}

/**
 * Works on a part that the caller holds, until its members are through, the time is up, the part is no longer wanted or
 * the lease was lost. Six calls for 4000 members and one for each kind of change among them.
 *
 * Each lot is announced in the part before it is placed, with the figures it will come to, in the same write that
 * concludes the lot before. Cut off anywhere, the next worker finds what was under way, and neither a member nor a
 * figure is missed or taken twice.
 *
 * @returns the part as it then stands, `cursor` null when its members are through; null when it is not ours any more
 */
export async function workPart(
  held: JobPartDoc,
  stretch: Stretch,
  at: Moment,
  isTimeUp: () => boolean,
): Promise<JobPartDoc | null> {
  let since = performance.now();
  const move = async (from: JobPartDoc, change: Partial<JobPartDoc>) => {
    const worked = Math.round(performance.now() - since);
    since += worked;
    return movePart(from, { ...change, ms: from.ms + worked }, Date.now());
  };

  let part = held;
  if (part.cursor === null) return part;
  if (part.page) {
    await finishPage(part, part.page, stretch, at);
    const moved = await move(part, withPageDone(part));
    if (!moved) return null;
    part = moved;
  }
  let { members, isLast } = await windowBehind(stretch, part.cursor ?? '');
  while (members.length > 0 && !isTimeUp()) {
    // Members first, settings second: see `placeSteps`.
    const chain = await chainSettings();
    if (!stretch.isWanted(chain)) return null;
    const steps = stepsOf(members, placingOn(chain, at.today));
    const last = members.at(-1) as PlacedMember;
    const page = { to: stretch.placeOf(last), read: members.length, ...movesOf(steps) };
    const moved = await move(part, { ...withPageDone(part), page });
    if (!moved) return null;
    part = moved;
    const next = isLast ? { members: [], isLast } : windowBehind(stretch, page.to);
    [{ members, isLast }] = await Promise.all([next, placeSteps(steps, at)]);
  }
  const isThrough = members.length === 0;
  const end = isThrough ? { cursor: null } : { leaseUntil: 0 };
  return move(part, { ...withPageDone(part), ...end });
}
