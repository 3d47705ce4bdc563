import { groupBy, keyBy, map, max, orderBy, partition, sortBy, uniq, uniqBy } from 'lodash-es';
import type { AssignmentPreview, BranchShare, CampaignPlan } from '../../miniprogram/contract/campaigns';
import { addDays } from '../../miniprogram/domain/kernel/day';
import type { Fen } from '../../miniprogram/domain/kernel/fen';
import { LIFECYCLES, VALUES, VALUE_WORDS } from '../../miniprogram/domain/membership/types';
import { conditionsOf, headlineOf } from '../../miniprogram/domain/offers/coupon';
import { worstOfPack } from '../../miniprogram/domain/offers/margin';
import { worstCase } from '../../miniprogram/domain/outreach/campaign/budget';
import type { AssignmentRule } from '../../miniprogram/domain/outreach/types';
import type { Entrant } from '../common/flows/entering';
import { offersOf as giftSettingsOf } from '../common/store/offerSettings';
import { marginShown } from './margin';
import type { Foreseen } from './previewing';

const RULE_WORDS: Record<AssignmentRule | 'nobody', string> = {
  owner: '专属导购',
  lastServed: '上次接待的导购',
  leastLoaded: '门店里任务最少的导购',
  nobody: '没有导购能接手',
};
const EXAMPLES = 10;

const DAYS_SHOWN = 31;

/**
 * The most a member's coupon can cost. Who gets the extra offer has not used the first one, so the dearer of the two
 * counts, not their sum.
 */
function costOf({ offer, laterOffer }: Entrant): Fen | null {
  const first = worstOfPack(offer);
  if (laterOffer === null) return first;
  const later = worstOfPack(laterOffer);
  return first === null || later === null ? null : Math.max(first, later);
}

function byDayOf(treated: readonly Entrant[], { startsOn }: CampaignPlan): AssignmentPreview['byDay'] {
  const days = groupBy(treated, ({ assignment }) => assignment.dueInDays);
  return sortBy(Object.keys(days).map(Number))
    .slice(0, DAYS_SHOWN)
    .map((inDays) => {
      const due = days[inDays] ?? [];
      const high = due.filter(({ member }) => member.value === 'high').length;
      return { on: addDays(startsOn, inDays), tasks: due.length, high };
    });
}

function branchShares(
  entrants: readonly Entrant[],
  { clerks }: Foreseen,
  { startsOn, branchBudgetsFen = {} }: CampaignPlan,
): BranchShare[] {
  const named = keyBy(clerks, 'clerkId');
  const shares = map(
    groupBy(entrants, (one) => one.assignment.branchId),
    (here, branchId): BranchShare => {
      const [treated, heldOut] = partition(here, (one) => one.arm === 'treated');
      const byClerk = groupBy(treated, (one) => one.assignment.clerkId);
      return {
        branchId,
        branchName: named[here[0]?.assignment.clerkId ?? '']?.branchName ?? branchId,
        members: here.length,
        heldOut: heldOut.length,
        worst: worstCase(
          treated.map(costOf),
          Object.hasOwn(branchBudgetsFen, branchId) ? (branchBudgetsFen[branchId] ?? null) : null,
        ),
        clerks: sortBy(Object.keys(byClerk)).map((clerkId) => ({
          clerkId,
          name: named[clerkId]?.name ?? clerkId,
          tasks: byClerk[clerkId]?.length ?? 0,
          lastDueOn: addDays(
            startsOn,
            max((byClerk[clerkId] ?? []).map((one) => one.assignment.dueInDays)) ?? 0,
          ),
        })),
      };
    },
  );
  return orderBy(shares, ['members', 'branchId'], ['desc', 'asc']);
}

/** Ten members with the reason printed, one for each clerk first, so that they are not all of one kind. */
function examplesOf(treated: readonly Entrant[], { clerks }: Foreseen): AssignmentPreview['examples'] {
  const named = keyBy(clerks, 'clerkId');
  const spread = uniq([...uniqBy(treated, (one) => one.assignment.clerkId), ...treated.slice(0, EXAMPLES)]);
  return spread.slice(0, EXAMPLES).map(({ member, assignment }) => ({
    memberName: member.name,
    clerkName: named[assignment.clerkId]?.name ?? assignment.clerkId,
    branchName: named[assignment.clerkId]?.branchName ?? assignment.branchId,
    reason: assignment.reason,
  }));
}

/** What they get: one offer for all, or by value where it differs. @example offersOf(entrants) // → '高价值 6折 无门槛；低价值 8折 无门槛' */
function offersOf(entrants: readonly Entrant[]): string {
  const texts = VALUES.flatMap((value) => {
    const rule = entrants.find(({ member }) => member.value === value)?.offer.rule;
    return rule ? [{ value, text: `${headlineOf(rule)} ${conditionsOf(rule)}` }] : [];
  });
  const [first, ...others] = uniqBy(texts, 'text');
  return first && others.length === 0
    ? first.text
    : texts.map(({ value, text }) => `${VALUE_WORDS[value]} ${text}`).join('；');
}

/** What HQ reads before it launches. */
export function previewShown(plan: CampaignPlan, foreseen: Foreseen): AssignmentPreview {
  const { entrants, busy, resting, offered, nobody, noOffer, chain, fingerprint } = foreseen;
  const treated = entrants.filter(({ arm }) => arm === 'treated');
  const count = (rule: AssignmentRule) => treated.filter(({ assignment }) => assignment.rule === rule).length;
  const rules = (['owner', 'lastServed', 'leastLoaded'] as const).map((rule) => ({
    rule,
    members: count(rule),
  }));
  return {
    fingerprint,
    audience: entrants.length,
    heldOut: entrants.length - treated.length,
    tasks: treated.length,
    busy,
    resting,
    offered,
    returnMonths: giftSettingsOf(chain).returnMonths,
    nobody,
    noOffer,
    byLifecycle: LIFECYCLES.flatMap((lifecycle) => {
      const of = entrants.filter(({ member }) => member.lifecycle === lifecycle);
      return of.length > 0 ? [{ lifecycle, members: of.length, offerText: offersOf(of) }] : [];
    }),
    byRule: [...rules, { rule: 'nobody' as const, members: nobody }]
      .filter(({ members }) => members > 0)
      .map(({ rule, members }) => ({ rule, words: RULE_WORDS[rule], members })),
    byDay: byDayOf(treated, plan),
    branches: branchShares(entrants, foreseen, plan),
    worst: worstCase(treated.map(costOf), plan.budgetFen ?? null),
    margin: marginShown(plan, chain),
    examples: examplesOf(treated, foreseen),
  };
}
