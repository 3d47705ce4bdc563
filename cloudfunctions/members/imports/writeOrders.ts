import { inFlight } from '../../common/flows/inFlight';
import { saveOrder } from '../../common/store/orders';
import { table } from '../../common/store/table';
import type { Decided } from './decided';

/**
 * Writes what was decided: new orders in one bulk, changed ones each on condition that nobody changed it meanwhile.
 *
 * @returns those that another call came before, to be read and decided again
 */
export async function writeOrders(decided: readonly Decided[]): Promise<Decided[]> {
  const adds = decided.filter(({ change }) => change.kind === 'add');
  const changes = decided.filter(({ change }) => change.kind === 'change');
  const allAdded = await table('orders').tryAddAll(
    adds.flatMap(({ change }) => (change.kind === 'add' ? [change.doc] : [])),
  );
  const isSaved = await inFlight(changes, async ({ change }) =>
    change.kind === 'change' ? saveOrder(change.read, change.doc) : true,
  );
  return [...(allAdded ? [] : adds), ...changes.filter((_, at) => !isSaved[at])];
}
