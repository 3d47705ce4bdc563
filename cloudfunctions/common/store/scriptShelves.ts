import type { ScriptDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** A kept script for lists: its judgements are counted where they lie, for every clerk leaves one. */
export type ListedScript = Omit<ScriptDoc, 'feedback' | 'versions' | 'acts'> & { good: number; bad: number };

/** An id as a field's name: dots and dollars would mean something there. */
export const fieldOf = (staffId: string): string =>
  encodeURIComponent(staffId).replace(/[.!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

/** What one member of staff said of a script. */
export interface Said {
  good: boolean;
  word: string;
}

/** All that one member of staff said of scripts, by script. One call over the shelf, which is a few hundred at most. */
export async function saidBy(staffId: string): Promise<ReadonlyMap<string, Said>> {
  const field = fieldOf(staffId);
  const docs = await table('scripts').page({
    where: {
      'owner.kind': command().in(['starter', 'hq', 'branch']),
      [`feedback.${field}`]: command().in([true, false]),
    },
    limit: PAGE_LIMIT,
    fields: [`feedback.${field}`, `said.${field}`],
  });
  return new Map(
    docs.map(({ _id, feedback, said }) => [
      _id,
      { good: feedback[field] ?? false, word: said?.[field] ?? '' },
    ]),
  );
}

/**
 * What the chain did with scripts: its own and those it changed, and the branch's or all branches' own; at most 1000, the
 * newest. One call.
 *
 * @param branch 'all' = of every branch; null = of none
 */
export function keptScripts(branch: string | null): Promise<ListedScript[]> {
  const _ = command();
  const $ = _.aggregate;
  const ofChain = { 'owner.kind': _.in(['starter', 'hq']) };
  const where =
    branch === 'all'
      ? {}
      : branch === null
        ? ofChain
        : _.or([ofChain, { 'owner.kind': 'branch', 'owner.branchId': branch }]);
  const said = (word: boolean) =>
    $.size(
      $.filter({
        input: $.objectToArray($.ifNull(['$feedback', {}])),
        as: 'one',
        cond: $.eq(['$$one.v', word]),
      }),
    );
  return table('scripts').aggregate((from) =>
    from
      .match(where)
      .sort({ savedAt: -1, _id: 1 })
      .limit(PAGE_LIMIT)
      .project({
        owner: 1,
        script: 1,
        version: 1,
        active: 1,
        savedAt: 1,
        savedBy: 1,
        said: 1,
        good: said(true),
        bad: said(false),
      }),
  );
}
