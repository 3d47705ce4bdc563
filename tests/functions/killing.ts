import { dice } from '../../devkit/cloud/faults/dice';
import type { Chain } from './chain';

/**
 * `GIFT_AWAITS=1,2,3`: the how manyth thing a function waits for is the last it lives to see: a read, a write, a commit, or
 * being called. `test:long` tries each of them; the suite one, in the middle.
 */
export const AWAITS: readonly number[] = (process.env['GIFT_AWAITS'] ?? '7').split(',').map(Number);

/** A seed with which a rule of this probability strikes at the n-th call it is about, and at none before. */
function seedStrikingAt(nth: number, probability: number): number {
  for (let seed = 0; ; seed++) {
    const roll = dice(seed, 0);
    let call = 1;
    while (roll() >= probability) call++;
    if (call === nth) return seed;
  }
}

/**
 * Runs `work` and kills the function at its n-th write: `error` before it is done, `dropReply` after. Either way the
 * function never hears of it and dies.
 *
 * @param action which kind of write is counted; `*` = everything it waits for, reads too
 * @returns whether there was such a write
 */
export async function killedAt(
  chain: Chain,
  name: string,
  write: number,
  kind: 'error' | 'dropReply',
  work: () => Promise<unknown>,
  action = 'database.modifyDocument',
): Promise<boolean> {
  // One in n: so a seed that waits for the n-th call is found soon, however large n is.
  const probability = 1 / write;
  chain.cloud.faults.set(
    [{ action, function: name, kind, probability, times: 1 }],
    seedStrikingAt(write, probability),
  );
  await work().catch(() => null);
  const struck = chain.cloud.faults.log().length > 0;
  chain.cloud.faults.clear();
  return struck;
}
