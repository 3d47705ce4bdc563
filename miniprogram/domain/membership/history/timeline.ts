import { dayOf, endOf } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import { placeMember } from '../place';
import type { Lifecycle, MemberFacts, Placement, Value } from '../types';
import { eventDaysOf, happeningsOf } from './happenings';
import type { BranchNames, Happening, HappeningKind } from './happenings';
import { factsOn } from './replay';
import type { History } from './replay';
import { standardOn } from './standards';
import type { KeptCut, KeptRules, Standard } from './standards';
import { firstWords, turnWords } from './turnWords';
import type { TurnCause } from './turnWords';

/** A day on which a member's lifecycle or value became another. */
export interface TierTurn {
  on: Day;
  placement: Placement;
  text: string;
}

/** One line of a member's timeline. */
export interface TimelineLine {
  at: Ms;
  on: Day;
  kind: HappeningKind | 'tier';
  text: string;
  fen?: Fen;
  tier?: { lifecycle: Lifecycle; value: Value };
}

const isSameTier = (a: Placement, b: Placement): boolean =>
  a.lifecycle === b.lifecycle && a.value === b.value;

/** Everything that stood on an evening. */
interface Evening {
  facts: MemberFacts;
  standard: Standard;
  placement: Placement;
}

const placedOn = (facts: MemberFacts, { rules, cut }: Standard, on: Day): Placement =>
  placeMember(facts, rules, cut, on);

/** What moved her: the calendar if it alone would have, then what happened, then the chain's own changes. */
function causeOf(before: Evening, now: Evening, on: Day, kinds: ReadonlySet<HappeningKind>): TurnCause {
  const isEnough = (facts: MemberFacts, standard: Standard) =>
    isSameTier(placedOn(facts, standard, on), now.placement);
  if (isEnough(before.facts, before.standard)) return { by: 'calendar' };
  if (isEnough(now.facts, before.standard)) return { by: 'event', kinds };
  const { rules } = now.standard;
  if (
    rules.version !== before.standard.rules.version &&
    isEnough(before.facts, { ...before.standard, rules })
  )
    return { by: 'rules' };
  if (isEnough(before.facts, now.standard))
    return { by: rules.version === before.standard.rules.version ? 'cut' : 'rules' };
  return kinds.size > 0 ? { by: 'event', kinds } : { by: 'rules' };
}

/**
 * Every turn of a member's tier from her first sign of life until today, oldest first. It jumps from event to event and
 * from `changesOn` to `changesOn` and never walks the days between, so a life of ten years costs as much as she did in it.
 *
 * @param versions, cuts all of them, in any order
 * @example tierTurnsOf(boughtOnceOn('2025-01-31'), versions, cuts, day('2025-08-01')).map((turn) => turn.placement.lifecycle)
 * // → ['active', 'oneOrderOnly', 'drowsy', 'dormant']
 */
export function tierTurnsOf(
  history: History,
  versions: readonly KeptRules[],
  cuts: readonly KeptCut[],
  today: Day,
): TierTurn[] {
  const eventDays = eventDaysOf(history).filter((on) => on <= today);
  const [first] = eventDays;
  if (first === undefined) return [];
  const changed = [...versions.map((one) => dayOf(one.savedAt)), ...cuts.map((one) => dayOf(one.at))];
  const hasEvents = new Set(eventDays);
  const stops = [...new Set([...eventDays, ...changed.filter((on) => on > first && on <= today)])].sort();
  const kindsOn = new Map<Day, Set<HappeningKind>>();
  for (const { on, kind } of happeningsOf(history)) kindsOn.set(on, (kindsOn.get(on) ?? new Set()).add(kind));

  const turns: TierTurn[] = [];
  let before: Evening | null = null;
  const arrive = (on: Day, facts: MemberFacts, standard: Standard): Evening => {
    const now = { facts, standard, placement: placedOn(facts, standard, on) };
    const { placement } = now;
    if (before === null) turns.push({ on, placement, text: firstWords(placement) });
    else if (!isSameTier(before.placement, placement)) {
      const cause = causeOf(before, now, on, kindsOn.get(on) ?? new Set());
      turns.push({ on, placement, text: turnWords(cause, before.placement, placement, standard) });
    }
    return now;
  };

  for (const [i, stop] of stops.entries()) {
    const facts: MemberFacts =
      before === null || hasEvents.has(stop) ? factsOn(history, stop) : (before as Evening).facts;
    let now = arrive(stop, facts, standardOn(versions, cuts, endOf(stop)));
    const next = stops[i + 1];
    for (
      let on = now.placement.changesOn;
      on !== null && on <= today && (next === undefined || on < next);
      on = now.placement.changesOn
    ) {
      before = now;
      now = arrive(on, facts, now.standard);
    }
    before = now;
  }
  return turns;
}

/**
 * A member's life with the shop, newest first: what happened, and where it or the calendar moved her. On one day the
 * calendar comes before what happened, and a turn that an event brought about stands above the event.
 *
 * @example timelineOf(history, versions, cuts, today)[0] // → { on: '2025-07-31', kind: 'tier', text: '满6个月未消费，转为沉睡', … }
 */
export function timelineOf(
  history: History,
  versions: readonly KeptRules[],
  cuts: readonly KeptCut[],
  today: Day,
  nameOf?: BranchNames,
): TimelineLine[] {
  const happened: Happening[] = happeningsOf(history, nameOf).filter(({ on }) => on <= today);
  const turned = tierTurnsOf(history, versions, cuts, today).map(({ on, placement, text }): TimelineLine => {
    const { lifecycle, value } = placement;
    return { at: endOf(on), on, kind: 'tier', text, tier: { lifecycle, value } };
  });
  // Both come oldest first, and sorting keeps what is equal in place: reversed, a turn stands above its event.
  return [...happened, ...turned].sort((a, b) => a.at - b.at).reverse();
}
