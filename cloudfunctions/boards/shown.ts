import type { Board, BoardLine } from '../../miniprogram/contract/boards';
import { definitionOf } from '../../miniprogram/domain/credit/definitions';
import { namedTally, rankFairly, yardstickOf } from '../../miniprogram/domain/credit/ranking';
import type { RankedUnit } from '../../miniprogram/domain/credit/ranking';
import { emptyTally } from '../../miniprogram/domain/credit/rollup/cell';
import { WAKE_DEFINITION } from '../../miniprogram/domain/credit/wake';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { lineOf } from '../common/flows/boards/units';
import type { BoardHeadDoc } from '../common/store/documents';
import type { Scope } from '../common/entry/scope';
import type { Meant } from './asks';
import { mayExport } from './who';

/** What a period's rates are counted by, in one sentence. */
export function definitionFor({ period }: Meant): string {
  if (period.kind === 'campaign') return WAKE_DEFINITION.sentence;
  const { numerator, denominator } = definitionOf('wake.inPeriod');
  return `${numerator}，除以${denominator}。`;
}

/** The row of somebody who was given nothing here. */
export function emptyLine(id: string, name: string): BoardLine {
  const unit: RankedUnit = { id, tiers: [], late: 0 };
  const [row] = rankFairly([unit], yardstickOf([]));
  if (!row) throw new Error('one unit makes one row');
  return lineOf(row, name, null, false);
}

/** What a board shows besides its rows. */
export function boardShown(
  meant: Meant,
  head: BoardHeadDoc | null,
  rest: Pick<Board, 'by' | 'campaigns' | 'rows' | 'units' | 'next' | 'own' | 'ownId' | 'total' | 'before'>,
  today: Day,
  scope: Scope,
): Board {
  const { campaign, period } = meant;
  return {
    today,
    period,
    campaign: campaign && {
      campaignId: campaign._id,
      name: campaign.plan.name,
      startsOn: campaign.plan.startsOn,
      endsOn: campaign.plan.endsOn,
    },
    definition: definitionFor(meant),
    countedAt: head?.rankedAt ?? null,
    // A manager takes away her branch's row, and nothing of the other boards.
    ...(mayExport(scope) && (scope.role === 'hq' || rest.by === 'branch') ? { mayExport: true } : {}),
    ...rest,
  };
}

/** The chain's sums as a board shows them. */
export function totalOf(head: BoardHeadDoc | null): Board['total'] {
  const { assigned, contacted, opened, claimed, redeemed, woken } = namedTally(head?.total ?? emptyTally());
  return { assigned, contacted, opened, claimed, redeemed, woken };
}
