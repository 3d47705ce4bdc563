import type { CampaignReport } from '../../../../miniprogram/contract/boards';
import { definedRate } from '../../../../miniprogram/domain/credit/definitions';
import {
  funnelOf,
  habitsOf,
  largestOf,
  REST,
  roundedEstimate,
  slicesOf,
  trendOf,
  wakeReadings,
} from '../../../../miniprogram/domain/credit/report/figures';
import { armsOf, liftFor } from '../../../../miniprogram/domain/credit/report/lift';
import { stepOf } from '../../../../miniprogram/domain/credit/rollup/cell';
import type { Tally } from '../../../../miniprogram/domain/credit/rollup/cell';
import { sumCells, tallySum } from '../../../../miniprogram/domain/credit/rollup/sum';
import { wilson } from '../../../../miniprogram/domain/credit/statistics/proportion';
import { WAKE_DEFINITION } from '../../../../miniprogram/domain/credit/wake';
import { addDays } from '../../../../miniprogram/domain/kernel/day';
import type { BranchDoc, CampaignDoc, CellDoc } from '../../store/documents';
import { scriptTitles } from '../../store/scriptTitles';
import type { Moment } from '../retier';

/** So many rows a report shows of anything that could be many. */
const SHOWN = 12;
const SCRIPTS_SHOWN = 7;

/** As they are, the rest of them last however many it is. */
const inOrder = (rows: readonly { key: string; n: Tally }[]) => {
  const slices = slicesOf(rows);
  return [...slices.filter(({ key }) => key !== REST), ...slices.filter(({ key }) => key === REST)];
};

/**
 * A campaign's report over some of its cells: all of them for headquarters, one for a branch. Strata are tier × branch, as
 * each cell is a branch. At most one call, for the scripts' words.
 */
export async function reportOver(
  campaign: CampaignDoc,
  cells: readonly CellDoc[],
  { now, today }: Moment,
  branches: ReadonlyMap<string, Pick<BranchDoc, 'name'>>,
  branchId = '',
): Promise<CampaignReport> {
  const { plan } = campaign;
  const sum = sumCells(cells);
  const n = tallySum(cells.flatMap(({ by }) => by.all ?? []));
  const late = cells
    .flatMap(({ undone }) => undone)
    .reduce((all, one) => all + (one.dueOn <= today ? one.n : 0), 0);
  const strata = cells.flatMap(({ tiers }) => tiers);
  const lift = liftFor(strata, plan.holdout);
  const { rows: scripts, others } = largestOf(sum.scripts, SCRIPTS_SHOWN);
  const titles = await scriptTitles(scripts.flatMap(({ key }) => (key === REST ? [] : [key])));
  const titleOf = (key: string) => (key === REST ? `其余 ${others} 条话术` : (titles.get(key) ?? key));
  const { treated, heldOut } = lift;
  return {
    campaignId: campaign._id,
    name: plan.name,
    startsOn: plan.startsOn,
    endsOn: plan.endsOn,
    status: campaign.status,
    branchId,
    funnel: funnelOf(n),
    execution: definedRate('execution', stepOf(n, 'contacted'), stepOf(n, 'contacted') + late),
    completion: definedRate('completion', stepOf(n, 'concluded'), stepOf(n, 'assigned')),
    wakes: wakeReadings(sum.tiers),
    lift: { ...lift, estimate: roundedEstimate(lift.estimate), plain: roundedEstimate(lift.plain) },
    byTier: sum.tiers.map((tier) => {
      const arms = armsOf(tier, 'netPaid', 28);
      return { tier: tier.tier, ...arms, interval: roundedEstimate(wilson(arms.treated)) };
    }),
    byScript: inOrder(scripts).map((slice) => ({ ...slice, label: titleOf(slice.key) })),
    byOffer: slicesOf(sum.offers).slice(0, SHOWN),
    byBranch: branchId === '' ? branchRows(cells, branches) : [],
    habits: habitsOf(sum.money.treated),
    money: sum.money,
    trend: trendOf(sum.days, treated.of, heldOut.of).slice(-60),
    unripe: sum.days
      .filter(({ on }) => addDays(on, WAKE_DEFINITION.withinDays) > today)
      .reduce((all, { entered }) => all + entered, 0),
    countedAt: now,
  };
}

/** The largest branches; the whole of them stands on the leaderboard. */
function branchRows(
  cells: readonly CellDoc[],
  branches: ReadonlyMap<string, Pick<BranchDoc, 'name'>>,
): CampaignReport['byBranch'] {
  const rows = cells.map(({ branchId, by }) => ({ key: branchId ?? '', n: tallySum(by.all ?? []) }));
  return slicesOf(rows)
    .slice(0, 10)
    .map(({ key, n, interval }) => ({
      id: key,
      name: key === '' ? '未分配' : (branches.get(key)?.name ?? key),
      n,
      interval,
    }));
}
