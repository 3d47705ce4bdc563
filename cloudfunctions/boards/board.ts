import type { Board } from '../../miniprogram/contract/boards';
import type { Failure } from '../../miniprogram/contract/failures';
import { rankRows, sumCounts } from '../../miniprogram/domain/credit/board';
import { WAKE_DEFINITION } from '../../miniprogram/domain/credit/wake';
import type { Day, Ms } from '../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { newestCampaigns } from '../common/store/campaignList';
import type { CampaignTitle } from '../common/store/campaignList';
import { campaignNow } from '../common/store/remembered';
import { countCampaign } from '../common/store/tasks';
import type { CountedRow } from '../common/store/tasks';

export interface BoardAsk {
  /** null = the newest */
  campaignId: string | null;
  by: 'branchId' | 'clerkId';
  /** null = the whole chain */
  branchId: string | null;
  /** the caller's own row, shown also when it is empty; null = has none */
  ownId: string | null;
  today: Day;
  now: Ms;
  namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, { name: string }>>;
}

/** Tasks that went to nobody stand in a row of their own, so that the total is the sum of what one sees. */
const NOBODY = 'nobody';

function rowsFor(counted: readonly CountedRow[], ownId: string | null): (CountedRow & { id: string })[] {
  const rows = counted.map((row) => ({ ...row, id: row.id ?? NOBODY }));
  if (ownId === null || rows.some(({ id }) => id === ownId)) return rows;
  return [...rows, { id: ownId, ...sumCounts([]) }];
}

/** The newest campaigns and the chosen one; a named one may be older than the list. */
async function choose(
  campaignId: string | null,
  now: Ms,
): Promise<{ chosen: CampaignTitle | null; listed: CampaignTitle[] }> {
  const listed = await newestCampaigns();
  if (campaignId === null) return { chosen: listed[0] ?? null, listed };
  const chosen = listed.find(({ _id }) => _id === campaignId) ?? (await campaignNow(campaignId, now));
  return { chosen, listed };
}

/**
 * One leaderboard. Two database calls beside the caller's scope: the campaigns and one count over the campaign's tasks;
 * names are kept warm. Only treated tasks count: the holdout is for measuring, not for ranking.
 */
export async function boardOf(ask: BoardAsk): Promise<Result<Board, Failure>> {
  const { today, now, ownId } = ask;
  const { chosen, listed } = await choose(ask.campaignId, now);
  if (ask.campaignId !== null && !chosen) return refuse({ code: 'not-found', detail: '这个活动' });

  const counted = chosen ? await countCampaign(chosen._id, ask.by, ask.branchId) : [];
  const rows = chosen ? rowsFor(counted, ownId) : [];
  const names = await ask.namesOf(rows.map(({ id }) => id));
  const named = rows.map((row) => ({
    ...row,
    name: row.id === NOBODY ? '未分配' : (names.get(row.id)?.name ?? row.id),
  }));
  return done({
    today,
    campaign: chosen && {
      campaignId: chosen._id,
      name: chosen.plan.name,
      startsOn: chosen.plan.startsOn,
      endsOn: chosen.plan.endsOn,
    },
    campaigns: listed.map(({ _id, plan }) => ({ campaignId: _id, name: plan.name })),
    definition: WAKE_DEFINITION.sentence,
    rows: rankRows(named),
    ownId,
    total: sumCounts(named),
  });
}
