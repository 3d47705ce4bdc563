import type { Board, BoardAsk } from '../../miniprogram/contract/boards';
import type { Failure } from '../../miniprogram/contract/failures';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import type { Acting } from '../common/entry/action';
import { PAGE_ROWS, readBoard } from '../common/store/boards';
import type { BoardScope } from '../common/store/documents';
import { meantBy } from './asks';
import { chooseCampaign } from './campaigns';
import { freshly } from './freshly';
import { boardShown, emptyLine, totalOf } from './shown';

/** Whose row is pinned, and how it is called when it stands on no page. */
export interface Pinned {
  id: string;
  name(): Promise<string>;
}

/**
 * A page of a chain-wide board. One call beside the caller's scope, whatever the number of branches: the page with the
 * board's head and the page of one's own row. In a small chain one more, whether something waits to be counted; the
 * campaigns are kept warm.
 */
export async function pagedBoard(
  { scope, now, today }: Acting,
  ask: BoardAsk,
  by: BoardScope,
  pinned: Pinned | null,
): Promise<Result<Board, Failure>> {
  const { chosen, campaigns } = await chooseCampaign(ask.campaignId, now);
  if (ask.campaignId !== undefined && !chosen) return refuse({ code: 'not-found', detail: '这个活动' });
  const meant = meantBy(ask, chosen, today);
  const page = Number(ask.after ?? 0);
  const ownId = pinned?.id ?? null;
  const { key } = meant;
  const found =
    key === null
      ? null
      : await freshly(
          { now, today },
          () => readBoard(key, by, page, ownId),
          ({ head }) => head,
        );
  const rows = found?.page?.rows ?? [];
  const own = found?.ownPage?.rows.find(({ id }) => id === ownId) ?? null;
  const units = found?.head?.units[by] ?? 0;
  const isLast = rows.length < PAGE_ROWS || (page + 1) * PAGE_ROWS >= units;
  return done(
    boardShown(
      meant,
      found?.head ?? null,
      {
        by,
        campaigns,
        rows,
        units,
        next: isLast ? null : String(page + 1),
        own: own ?? (pinned && key !== null ? emptyLine(pinned.id, await pinned.name()) : null),
        ownId,
        total: totalOf(found?.head ?? null),
        before: found?.head?.before ?? '',
      },
      today,
      scope,
    ),
  );
}
