import { chunk } from 'lodash-es';
import { taskNumbers } from '../../store/cells';
import { PAGE_LIMIT } from '../../store/table';

/** Branches of one part: the cells of so many are read and written by one call each. */
const MOST_BRANCHES = 250;

/**
 * Branches of a campaign in parts, in the order given, each of which has fewer tasks than a page holds: whatever a part
 * needs is then read by one call for each collection. A branch that fills a page is a part of its own. One call for each
 * 1000 branches.
 *
 * @example [...countedTogether('spring', ['B1', 'B2'])] // → [['B1', 'B2']], having 400 and 300 tasks
 */
export async function* countedTogether<Id extends string | null>(
  campaignId: string,
  branchIds: readonly Id[],
): AsyncGenerator<Id[]> {
  for (const some of chunk(branchIds, PAGE_LIMIT)) {
    const named = some.filter((id) => id !== null);
    const numbers = named.length > 1 ? await taskNumbers(campaignId, named) : new Map<string, number>();
    let [part, tasks]: [Id[], number] = [[], 0];
    for (const id of some) {
      const own = id === null ? PAGE_LIMIT : (numbers.get(id) ?? 0);
      if (part.length > 0 && (tasks + own >= PAGE_LIMIT || part.length === MOST_BRANCHES)) {
        yield part;
        [part, tasks] = [[], 0];
      }
      part.push(id);
      tasks += own;
    }
    if (part.length > 0) yield part;
  }
}
