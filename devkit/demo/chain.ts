import { dayOf, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { stableHash } from '../../miniprogram/domain/kernel/stableHash';
import { factsOf } from '../../miniprogram/domain/membership/facts';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { VALUES } from '../../miniprogram/domain/membership/types';
import { refillDays } from '../../miniprogram/domain/outreach/care/raise';
import type { AovCut, ChainRhythm, MemberFacts, TierRules } from '../../miniprogram/domain/membership/types';
import { medianRankOf } from '../../miniprogram/domain/membership/aov';
import { aovCutOf, aovOf } from '../../miniprogram/domain/membership/value';
import type {
  BranchDoc,
  CareSettingsDoc,
  ChainDoc,
  MemberDoc,
  OrderDoc,
  StaffDoc,
} from '../../cloudfunctions/common/store/documents';
import { calendarOf } from './chain/calendar';
import type { Calendar } from './chain/calendar';
import { ordersOf } from './chain/orders';
import type { UnnumberedOrder } from './chain/orders';
import { peopleOf } from './chain/people';
import type { Person } from './chain/people';
import { branchDocs, careSettingsDoc, chainDoc, staffDocs } from './chain/shop';
import { diceOf } from './dice';

/** A whole chain, as documents ready to be stored. */
export interface DemoChain {
  today: Day;
  chain: ChainDoc;
  branches: BranchDoc[];
  staff: StaffDoc[];
  members: MemberDoc[];
  orders: OrderDoc[];
  careSettings: CareSettingsDoc;
}

/** Enough for every page to scroll and every tier to be peopled, few enough to load in seconds. */
const MEMBERS = 2000;

/**
 * The demo chain of one seed, as it stands on the morning of `today`: people, habits and baskets are drawn; facts,
 * tiers and the cut-off are what the core makes of the orders.
 *
 * @example generateChain(1, day('2026-03-01')).members.length // → 2000, the same 2000 at every run
 */
export function generateChain(seed: number, today: Day, members = MEMBERS): DemoChain {
  const calendar = calendarOf(today);
  const staff = staffDocs(diceOf(stableHash(`${seed} staff`)));
  const clerks = staff.flatMap(({ _id, role, branchId }) =>
    role === 'clerk' && branchId !== null ? [{ id: _id, branchId }] : [],
  );
  const clerksOf = (branchId: string) => clerks.filter((c) => c.branchId === branchId).map(({ id }) => id);
  const people = peopleOf(seed, members, calendar, clerksOf);
  const books = people.map((person) => {
    const orders = ordersOf(
      person,
      calendar,
      clerks,
      diceOf(stableHash(`${seed} orders ${person.memberNo}`)),
    );
    const visitDays = [...new Set(person.visitsAgo)].sort((a, b) => b - a).map(calendar.dayAgo);
    return { person, orders, visitDays, facts: factsOf(orders, visitDays) };
  });
  const rules = chainDoc(null).rules;
  const cut = aovCut(
    books.map(({ facts }) => facts),
    rules,
    today,
  );
  const memberDocs = books.map(({ person, facts, visitDays }) =>
    memberDoc(person, facts, visitDays, rules, cut, calendar),
  );
  return {
    today,
    chain: { ...chainDoc(cut), rhythm: rhythmOf(memberDocs, today) },
    branches: branchDocs(),
    staff,
    members: memberDocs,
    careSettings: careSettingsDoc(startOf(calendar.dayAgo(30), 9)),
    orders: numbered(books.flatMap(({ orders }) => orders)),
  };
}

function aovCut(facts: readonly MemberFacts[], rules: TierRules, today: Day): AovCut | null {
  if (rules.value.by !== 'frequency') return null;
  const aovs = facts.map(aovOf).filter((aov) => aov !== null);
  return aovCutOf(aovs, rules.value.topShare, today);
}

/** How often members of each value buy, by those who have a rhythm, as the nightly job measures it. */
function rhythmOf(members: readonly MemberDoc[], today: Day): ChainRhythm {
  const days: ChainRhythm['days'] = {};
  for (const value of VALUES) {
    const gaps = members.flatMap((one) =>
      one.value === value && one.facts.gapDays !== null ? [one.facts.gapDays] : [],
    );
    const median = gaps.sort((a, b) => b - a)[medianRankOf(gaps.length) - 1];
    if (median !== undefined) days[value] = median;
  }
  return { computedOn: today, days };
}

function memberDoc(
  person: Person,
  facts: MemberFacts,
  visitDays: Day[],
  rules: TierRules,
  cut: AovCut | null,
  calendar: Calendar,
): MemberDoc {
  const placement = placeMember(facts, rules, cut, calendar.today);
  return {
    _id: person.memberNo,
    name: person.name,
    phoneTail: person.phoneTail,
    openid: person.openid,
    birthday: person.birthday,
    childBirthday: person.childBirthday,
    place: person.place,
    homeBranchId: person.homeBranchId,
    ownerClerkId: person.isOwned ? person.clerkId : null,
    facts,
    visitDays,
    lifecycle: placement.lifecycle,
    value: placement.value,
    quiet: placement.quiet,
    placement,
    tierChangesOn: placement.changesOn ?? '9999-12-31',
    tieredAt: startOf(calendar.today),
    refillOn: refillDays(facts, rules),
    waiting: 0,
    touches: [],
    optOut:
      person.optedOutAgo === null
        ? null
        : { at: startOf(calendar.dayAgo(person.optedOutAgo), 12), source: 'member' },
    campaignId: null,
  };
}

/** The tills number what they ring up: branch, day, running number. */
function numbered(orders: readonly UnnumberedOrder[]): OrderDoc[] {
  const rung = new Map<string, number>();
  return [...orders]
    .sort((a, b) => a.createdAt - b.createdAt || (a.memberId < b.memberId ? -1 : 1))
    .map((order) => {
      const till = `${order.branchId}-${dayOf(order.createdAt).replace(/-/g, '')}`;
      const n = (rung.get(till) ?? 0) + 1;
      rung.set(till, n);
      return { _id: `pos:${till}-${String(n).padStart(4, '0')}`, ...order };
    });
}
