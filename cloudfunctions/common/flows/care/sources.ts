import { isEqual } from 'lodash-es';
import { addDays } from '../../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../../miniprogram/domain/kernel/day';
import { bornOn, daysFrom } from '../../../../miniprogram/domain/outreach/care/calendar';
import {
  commonReasons,
  personalReasons,
  refillDays,
  REFILL_LATE_DAYS,
} from '../../../../miniprogram/domain/outreach/care/raise';
import type { SeenComing } from '../../../../miniprogram/domain/outreach/care/settings';
import { festivalsFrom } from '../../calendar/festivals';
import { careMembersBorn, careMembersOn, membersToRefill, saveRefillDays } from '../../store/careMembers';
import type { CareMember } from '../../store/careMembers';
import type { CareReach } from '../../store/documents';
import type { MemberDay } from '../../store/memberDays';
import { placeRead, placeText } from '../dayPlace';
import { inFlight } from '../inFlight';
import { greetKnown } from './common';
import type { CareContext } from './context';
import { giveCare } from './give';

/** A page of a source: how many were read and given a task; `next` null = the source is through. */
export interface SourcePage {
  read: number;
  given: number;
  next: string | null;
}
export type Source = (context: CareContext, reach: CareReach, after: string) => Promise<SourcePage>;

const PAGE = 200;
/** Most of these are only read; when all of them change, it is still some seconds between two looks at the time. */
const REFILL_PAGE = 500;
const THROUGH: SourcePage = { read: 0, given: 0, next: null };

/** How long categories last, as text that two readings can be compared by. */
const cyclesOf = ({ chain }: CareContext): string =>
  JSON.stringify(Object.entries(chain.rules.cycles ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Once, and whenever the rules of how long categories last have changed: every member's refill days anew, by id. */
const refillsAnew: Source = async (context, { cycles }, after) => {
  if (cycles === cyclesOf(context)) return THROUGH;
  const members = await membersToRefill(after, REFILL_PAGE);
  const { rules } = context.chain;
  const changed = members
    .map((member) => ({ member, days: refillDays(member.facts, rules) }))
    .filter(({ member, days }) => !isEqual(member.refillOn ?? [], days));
  await inFlight(changed, ({ member, days }) => saveRefillDays(member, days));
  const last = members.at(-1);
  return { read: 0, given: 0, next: last && members.length === REFILL_PAGE ? last._id : null };
};

const reasonsOf = ({ chain, settings, at }: CareContext) => {
  const { rules } = chain;
  return ({ birthday, facts, loyalty }: CareMember) =>
    personalReasons({ birthday, facts, loyalty: loyalty ?? null }, rules, settings, at.today);
};

/** A page of members, each given what she is due; all that is hers is looked at together, so that the strongest reason wins. */
async function givePage(
  members: readonly CareMember[],
  context: CareContext,
  next: string | null,
): Promise<SourcePage> {
  const { given } = await giveCare(members, reasonsOf(context), context);
  return { read: members.length, given: given.length, next };
}

type Reached = keyof CareReach['reached'];

/** Members by a day of theirs, day by day, each day by id. */
const byDay =
  (kind: Reached & SeenComing, field: MemberDay, late = 0): Source =>
  async (context, reach, after) => {
    const days = context.settings.off.includes(kind) ? [] : unseen(kind, context, reach, late);
    const place = placeRead(after);
    const [on, then] = days.filter((each) => place === null || each >= place.on);
    if (on === undefined) return THROUGH;
    const members = await careMembersOn(field, { on, after: place?.on === on ? place.id : '', limit: PAGE });
    const last = members.at(-1);
    if (last && members.length === PAGE) return givePage(members, context, placeText(on, last._id));
    return givePage(members, context, then === undefined ? null : placeText(then, ''));
  };

/** The days of a kind that no night has looked at yet, `late` days back where that still makes sense. */
function unseen(
  kind: Reached & SeenComing,
  { settings, at }: CareContext,
  { reached }: CareReach,
  late = 0,
): Day[] {
  const first = addDays(at.today, -late);
  const seen = reached[kind];
  const from = seen !== undefined && seen >= first ? addDays(seen, 1) : first;
  return daysFrom(from, addDays(at.today, settings.daysAhead[kind]));
}

/** A birthday that a file told yesterday for tomorrow is not missed: so all coming days are looked at each night. */
const birthdays: Source = async (context, _reach, after) => {
  const { settings, at } = context;
  if (settings.off.includes('birthday')) return THROUGH;
  const born = bornOn(daysFrom(at.today, addDays(at.today, settings.daysAhead.birthday)));
  const members = await careMembersBorn(born, placeRead(after), PAGE);
  const last = members.length === PAGE ? members.at(-1) : undefined;
  return givePage(members, context, last?.birthday ? placeText(last.birthday, last._id) : null);
};

/**
 * A recurring day or a festival, clerk by clerk, every night until it is there: whoever was away or had a full day may have
 * room by then, and who has been greeted is not greeted twice. `after` = the reason and the clerk that are done.
 */
const common =
  (kind: 'memberDay' | 'festival'): Source =>
  async (context, _reach, after) => {
    const { settings, at } = context;
    const festivals = festivalsFrom(at.today, addDays(at.today, settings.daysAhead.festival));
    const coming = commonReasons(settings, festivals, at.today);
    return greetKnown(
      coming.filter(({ occasion }) => occasion === kind),
      context,
      after,
    );
  };

/** Where a night looks, in this order: what is hers alone before what is everybody's. */
export const SOURCES: readonly Source[] = [
  refillsAnew,
  birthdays,
  byDay('level', 'loyalty.levelUntil'),
  byDay('points', 'loyalty.expiring.on'),
  byDay('refill', 'refillOn', REFILL_LATE_DAYS),
  common('memberDay'),
  common('festival'),
];

/** How far the nights have come after this one. */
export function reachOf(context: CareContext): CareReach {
  const { settings, at } = context;
  const kinds: Reached[] = ['level', 'points', 'refill'];
  // What is switched off is looked at when it is switched on again, as far as it still makes sense.
  const on = kinds.filter((kind) => !settings.off.includes(kind));
  return {
    reached: Object.fromEntries(on.map((kind) => [kind, addDays(at.today, settings.daysAhead[kind])])),
    cycles: cyclesOf(context),
  };
}
