import type { OrderEvent } from '../../start/webhook';
import { GaveUp } from './phone';
import type { World } from './world';

const MOST_TRIES = 25;

/** A till with a queue: what is lost or answered 5xx goes out again, the same words each time. */
export async function ringUp(world: World, order: OrderEvent): Promise<void> {
  let last: unknown = null;
  for (let turn = 0; turn < MOST_TRIES; turn++) {
    try {
      const status = await world.deliver(order);
      if (status === 200) return;
      if (status < 500) throw new Error(`the till was refused: ${status}`);
      last = status;
    } catch (lost) {
      if ((lost as Error).message.startsWith('the till was refused')) throw lost;
      last = lost;
    }
  }
  throw new GaveUp(`${order.event} ${order.orderNo}: ${String(last)}`);
}
