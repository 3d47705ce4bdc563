import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { SmallTest } from '../../../miniprogram/domain/outreach/scripts/smallTest';
import type { ScriptTestDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** A warm function may go by tests that are this much older. */
const REMEMBER_MS = 60_000;
let kept: { tests: readonly SmallTest[]; at: Ms } | null = null;

/** All small tests, under way or ended. There is at most one document per occasion and tone. One call. */
export function allTests(): Promise<ScriptTestDoc[]> {
  return table('scriptTests').all({}, PAGE_LIMIT);
}

/** The tests under way, at most a minute old. One call when they are not remembered. */
export async function runningTests(now: Ms): Promise<readonly SmallTest[]> {
  if (kept && now >= kept.at && now - kept.at < REMEMBER_MS) return kept.tests;
  const tests = (await allTests()).flatMap(({ trials }) =>
    trials
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id, scriptIds, share }) => ({ id, scriptIds, share })),
  );
  kept = { tests, at: now };
  return tests;
}

/** What this warm function remembers is out of date: somebody has just started or ended one here. */
export function forgetTests(): void {
  kept = null;
}

/** What came of one script in one test. */
export interface VariantCount {
  test: string;
  scriptId: string;
  sent: number;
  claimed: number;
  woken: number;
}

/**
 * Customers who were sent each script of these tests, and of those who claimed and who came back after it: each counted
 * once, by the first message. One aggregation, on the index of tests.
 */
export async function variantCounts(tests: readonly string[]): Promise<VariantCount[]> {
  if (tests.length === 0) return [];
  const _ = command();
  const $ = _.aggregate;
  const after = (field: string) => $.sum($.cond({ if: $.gt([`$task.${field}`, '$at']), then: 1, else: 0 }));
  const rows = await table('touches').aggregate<
    Omit<VariantCount, 'test' | 'scriptId'> & { _id: { test: string; scriptId: string } }
  >((from) =>
    from
      .match({ test: _.in([...tests]), undoneAt: _.exists(false) })
      .group({
        _id: { test: '$test', scriptId: '$scriptId', taskId: '$taskId' },
        at: $.min('$at'),
      })
      .lookup({ from: 'tasks', localField: '_id.taskId', foreignField: '_id', as: 'tasks' })
      .project({ at: 1, task: $.arrayElemAt(['$tasks', 0]) })
      .group({
        _id: { test: '$_id.test', scriptId: '$_id.scriptId' },
        sent: $.sum(1),
        claimed: after('claimedAt'),
        woken: after('wokenAt'),
      })
      .limit(PAGE_LIMIT),
  );
  return rows.map(({ _id, ...counts }) => ({ ..._id, ...counts }));
}
