import { stableHash } from '../kernel/stableHash';

/** A shard (分片) is worth having when it holds this many pieces; below that, members would meet empty ones. */
const PIECES_A_SHARD = 50;
const MOST_SHARDS = 32;

/**
 * How a stock is split, so that members who claim in the same instant do not all wait for one document. Shards differ by
 * at most one piece.
 *
 * @example shardsOf(101) // → [34, 34, 33]
 */
export function shardsOf(stock: number): number[] {
  const shards = Math.max(1, Math.min(MOST_SHARDS, Math.ceil(stock / PIECES_A_SHARD)));
  const each = Math.floor(stock / shards);
  return Array.from({ length: shards }, (_, at) => each + (at < stock % shards ? 1 : 0));
}

/**
 * The order in which one claim tries the shards: her own first, then the others, another order for each claim, so that
 * the last pieces are not all asked of one shard. The same claim always has the same order.
 */
export function shardOrder(claim: string, shards: number): number[] {
  return Array.from({ length: shards }, (_, at) => ({ at, rank: stableHash(`${claim}\u0000${at}`) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ at }) => at);
}
