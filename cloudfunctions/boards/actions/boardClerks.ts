import * as z from 'zod';
import type { Board, BoardAsk, BoardsContract } from '../../../miniprogram/contract/boards';
import type { Failure } from '../../../miniprogram/contract/failures';
import { namedTally, rankFairly, yardstickOf } from '../../../miniprogram/domain/credit/ranking';
import { day, dayOf } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { periodWords, previousOf, spanOf } from '../../../miniprogram/domain/credit/rollup/periods';
import type { Period } from '../../../miniprogram/domain/credit/rollup/periods';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import { lineOf, NOBODY, totalOf, unitsOf } from '../../common/flows/boards/units';
import { campaignKey } from '../../common/store/boards';
import { branchOnBoards } from '../../common/store/cells';
import type { BoardPlace, CellsAndHead } from '../../common/store/cells';
import { staffNamed } from '../../common/store/remembered';
import { aBoard, meantBy } from '../asks';
import type { Meant } from '../asks';
import { chooseCampaign } from '../campaigns';
import { freshly } from '../freshly';
import { pagedBoard } from '../paged';
import { boardShown, emptyLine } from '../shown';

/** What is late has no part in a place. */
const FIRST_DAY = day('1970-01-01');

/** The board that a branch's one is compared with, and how it is called: the week, month or campaign before. */
type Before = BoardPlace & { words: string };

function placeBefore(
  { key, campaign }: Meant,
  campaigns: readonly { campaignId: string; name: string }[],
): Before | null {
  if (key === null) return null;
  if (!campaign) {
    const previous = previousOf(key as Period);
    return previous && { key: previous, campaignId: null, words: periodWords(previous) };
  }
  // The list begins with the newest.
  const at = campaigns.findIndex(({ campaignId }) => campaignId === campaign._id);
  const one = at < 0 ? undefined : campaigns[at + 1];
  return one ? { key: campaignKey(one.campaignId), campaignId: one.campaignId, words: one.name } : null;
}

/** Where each clerk of the branch stood there, ranked among the same branch. Nobody where no board was ranked. */
function placesBefore(found: CellsAndHead | null, last: Before | null): ReadonlyMap<string, number | null> {
  if (!found?.head || !last) return new Map();
  const part = last.campaignId === null ? last.key : 'all';
  const units = unitsOf(found.cells, part, (_cell, clerkId) => clerkId ?? NOBODY, FIRST_DAY);
  return new Map(rankFairly(units, found.head.yardsticks.clerk).map(({ id, place }) => [id, place]));
}

/**
 * The clerks of one branch, measured by the whole chain's tiers. The branch's cells with the board's head, and in a small
 * chain whether something waits to be counted: at most two calls beside the scope, whatever the number of branches.
 */
async function branchClerks(
  { scope, now, today }: Acting,
  ask: BoardAsk,
  branchId: string,
): Promise<Result<Board, Failure>> {
  const { chosen, campaigns } = await chooseCampaign(ask.campaignId, now);
  if (ask.campaignId !== undefined && !chosen) return refuse({ code: 'not-found', detail: '这个活动' });
  const meant = meantBy(ask, chosen, today);
  const { key, part, campaign } = meant;
  const last = placeBefore(meant, campaigns);
  const both =
    key === null
      ? null
      : await freshly(
          { now, today },
          () => branchOnBoards(branchId, { key, campaignId: campaign?._id ?? null }, last),
          (read) => read.now.head,
        );
  const found = both?.now;
  const before = placesBefore(both?.before ?? null, last);

  const lastDay = part === 'all' ? today : dayOf(spanOf(part as Period).to - 1);
  const units = unitsOf(
    found?.cells ?? [],
    part,
    (_cell, clerkId) => clerkId ?? NOBODY,
    lastDay < today ? lastDay : today,
  );
  const ownId = scope.role === 'clerk' ? scope.staff._id : null;
  const staff = await staffNamed([...units.map(({ id }) => id), ownId], now);
  const rows = rankFairly(units, found?.head?.yardsticks.clerk ?? yardstickOf(units)).map((row) => {
    const clerk = staff.get(row.id);
    const name = row.id === NOBODY ? '未分配' : (clerk?.name ?? row.id);
    return lineOf(row, name, before.get(row.id) ?? null, clerk !== undefined && !clerk.active);
  });
  const isEmpty = ownId !== null && key !== null && !rows.some(({ id }) => id === ownId);
  if (isEmpty) rows.push(emptyLine(ownId, staff.get(ownId)?.name ?? ownId));
  const { assigned, contacted, opened, claimed, redeemed, woken } = namedTally(totalOf(units));
  return done(
    boardShown(
      meant,
      found?.head ?? null,
      {
        by: 'clerk',
        campaigns,
        rows,
        units: rows.length,
        next: null,
        own: rows.find(({ id }) => id === ownId) ?? null,
        ownId,
        total: { assigned, contacted, opened, claimed, redeemed, woken },
        before: before.size > 0 ? (last?.words ?? '') : '',
      },
      today,
      scope,
    ),
  );
}

/** 导购榜: a branch's clerks for that branch; HQ sees any branch, or all clerks of the chain, a page at a time. */
export const rankClerks: Actions<BoardsContract>['board.clerks'] = {
  who: STAFF,
  writes: false,
  ask: z.strictObject({ ...aBoard, branchId: anId.optional() }),
  run(acting, { branchId, ...ask }) {
    const { scope } = acting;
    if (scope.role === 'hq') {
      return branchId === undefined
        ? pagedBoard(acting, ask, 'clerk', null)
        : branchClerks(acting, ask, branchId);
    }
    const own = branchId ?? scope.branchId;
    if (own === null || !scope.branchIds.includes(own))
      return Promise.resolve(refuse({ code: 'out-of-scope' } as const));
    return branchClerks(acting, ask, own);
  },
};
